package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Invocation;
import java.util.Locale;

/** The parts that a call's latency is made of, in the order in which they happen. */
public enum Phase {
  QUEUE,
  SELECT,
  PULL,
  START,
  EXEC,
  TRANSPORT;

  /** Seconds of the call; NaN: not measured. */
  public double of(Invocation invocation) {
    return switch (this) {
      case QUEUE -> invocation.queueSeconds();
      case SELECT -> invocation.selectSeconds();
      case PULL -> invocation.pullSeconds();
      case START -> invocation.startSeconds();
      case EXEC -> invocation.execSeconds();
      case TRANSPORT -> invocation.transportSeconds();
    };
  }

  /** As in the CSV, without the unit. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
