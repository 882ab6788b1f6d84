package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Invocation;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The parts that a call's latency is made of, in the order in which they happen. */
public enum Phase {
  QUEUE(Invocation::queueSeconds),
  SELECT(Invocation::selectSeconds),
  PULL(Invocation::pullSeconds),
  START(Invocation::startSeconds),
  EXEC(Invocation::execSeconds),
  TRANSPORT(Invocation::transportSeconds);

  private final ToDoubleFunction<Invocation> seconds;

  Phase(ToDoubleFunction<Invocation> seconds) {
    this.seconds = seconds;
  }

  /** Seconds of the call; NaN: not measured. */
  public double of(Invocation invocation) {
    return seconds.applyAsDouble(invocation);
  }

  /** As in the CSV, without the unit. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
