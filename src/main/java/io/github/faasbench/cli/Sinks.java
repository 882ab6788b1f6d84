package io.github.faasbench.cli;

import io.github.faasbench.metrics.Attempt;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.NodeEvent;
import io.github.faasbench.metrics.RecordSink;
import java.io.IOException;
import java.util.List;

/**
 * Hands records to several, one after the other.
 *
 * @param sinks told of everything
 * @param companions told of everything but the calls themselves, which come by the million
 */
record Sinks(List<RecordSink> sinks, List<RecordSink> companions) implements RecordSink {

  Sinks(List<RecordSink> sinks) {
    this(sinks, List.of());
  }

  @Override
  public void accept(Invocation invocation) throws IOException {
    for (int i = 0; i < sinks.size(); i++) {
      sinks.get(i).accept(invocation);
    }
  }

  @Override
  public void expected(Invocation invocation, double expectedSeconds, double tookSeconds)
      throws IOException {
    each(sink -> sink.expected(invocation, expectedSeconds, tookSeconds));
  }

  @Override
  public void attempts(Invocation invocation, List<Attempt> attempts) throws IOException {
    each(sink -> sink.attempts(invocation, attempts));
  }

  @Override
  public void ended(ContainerLife life) throws IOException {
    each(sink -> sink.ended(life));
  }

  @Override
  public void event(NodeEvent event) throws IOException {
    each(sink -> sink.event(event));
  }

  @Override
  public void cellEnded() throws IOException {
    each(RecordSink::cellEnded);
  }

  @Override
  public void close() throws IOException {
    // Whoever opened them closes them.
  }

  private interface Step {
    void with(RecordSink sink) throws IOException;
  }

  private void each(Step step) throws IOException {
    for (RecordSink sink : sinks) {
      step.with(sink);
    }
    for (RecordSink sink : companions) {
      step.with(sink);
    }
  }
}
