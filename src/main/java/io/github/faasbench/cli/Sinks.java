package io.github.faasbench.cli;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.io.IOException;
import java.util.List;

/** Hands records to several, one after the other. */
record Sinks(List<RecordSink> sinks) implements RecordSink {

  @Override
  public void accept(Invocation invocation) throws IOException {
    for (int i = 0; i < sinks.size(); i++) {
      sinks.get(i).accept(invocation);
    }
  }

  @Override
  public void expected(Invocation invocation, double expectedSeconds, double tookSeconds)
      throws IOException {
    for (RecordSink sink : sinks) {
      sink.expected(invocation, expectedSeconds, tookSeconds);
    }
  }

  @Override
  public void cellEnded() throws IOException {
    for (RecordSink sink : sinks) {
      sink.cellEnded();
    }
  }

  @Override
  public void close() throws IOException {
    // Whoever opened them closes them.
  }
}
