package io.github.faasbench.experiment;

import java.time.Duration;

/** Writes values the way the experiment file takes them. */
public final class Units {

  private Units() {}

  /** A duration in the largest unit that shows it whole ({@code 90s}, {@code 10m}); others as is. */
  public static String show(Object value) {
    return value instanceof Duration duration ? duration(duration) : String.valueOf(value);
  }

  private static String duration(Duration duration) {
    long micros = duration.toNanos() / 1_000;
    if (micros == 0) {
      return "0s";
    }
    if (micros % 3_600_000_000L == 0) {
      return micros / 3_600_000_000L + "h";
    }
    if (micros % 60_000_000L == 0) {
      return micros / 60_000_000L + "m";
    }
    if (micros % 1_000_000L == 0) {
      return micros / 1_000_000L + "s";
    }
    return micros % 1_000L == 0 ? micros / 1_000L + "ms" : micros + "us";
  }
}
