package io.github.faasbench.cli;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.io.IOException;

/**
 * Hands records to the CSV, where there is one, and then to the summary.
 *
 * @param csv may be null
 */
record BothSinks(RecordSink csv, RecordSink summary) implements RecordSink {

  @Override
  public void accept(Invocation invocation) throws IOException {
    if (csv != null) {
      csv.accept(invocation);
    }
    summary.accept(invocation);
  }

  @Override
  public void cellEnded() throws IOException {
    if (csv != null) {
      csv.cellEnded();
    }
    summary.cellEnded();
  }

  @Override
  public void close() throws IOException {
    // Whoever opened them closes them.
  }
}
