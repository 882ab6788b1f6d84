package io.github.faasbench.cli;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.io.IOException;

/** Hands records to the CSV and then to the summary. */
record BothSinks(RecordSink csv, RecordSink summary) implements RecordSink {

  @Override
  public void accept(Invocation invocation) throws IOException {
    csv.accept(invocation);
    summary.accept(invocation);
  }

  @Override
  public void cellEnded() throws IOException {
    csv.cellEnded();
    summary.cellEnded();
  }

  @Override
  public void close() throws IOException {
    // Whoever opened them closes them.
  }
}
