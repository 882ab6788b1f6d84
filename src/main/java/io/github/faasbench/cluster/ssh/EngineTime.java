package io.github.faasbench.cluster.ssh;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The engine's time stamps of a container.
 *
 * <p>The engine notes StartedAt when its call to start the process has returned, somewhat after the
 * process began (measured with Docker 20.10: 2 to 10 ms, more on a throttled node), while
 * FinishedAt is when the process was seen to end. So the start is overstated and the process's time
 * understated by the same; their sum is exact. A process that ended within that span has no
 * measurable time of its own.
 */
final class EngineTime {
  /** Longer is no measurement: a stamp is wrong. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Two clocks need not run alike: so much, and a thousandth, is no jump. */
  private static final long SLACK_NANOS = 10_000_000;

  private EngineTime() {}

  /** The instant of {@code 2026-11-24T05:40:06.123456789Z}; null when it is unset or no time. */
  static Instant parse(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return instant.getEpochSecond() <= 0 ? null : instant; // year 1 is the engine's "never"
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * The start, and the process's time, -1 when it is not measured.
   *
   * @param jumped neither is, since the stamps contradict what the gateway saw
   */
  record Phases(long startNanos, long execNanos, boolean jumped) {
    static final Phases UNKNOWN = new Phases(-1, -1, false);

    /**
     * By the moment from which the start counts and the engine's two stamps.
     *
     * @param spanNanos from before the first moment to after the last one, by the gateway's clock
     */
    static Phases of(Instant from, Instant startedAt, Instant finishedAt, long spanNanos) {
      long exec = between(startedAt, finishedAt);
      boolean early = startedAt != null && finishedAt != null && exec < 0;
      long start = between(from, early ? finishedAt : startedAt);
      exec = early ? -1 : exec;
      boolean known = from != null && startedAt != null;
      return known && (start < 0 || !fits(start + Math.max(0, exec), spanNanos))
          ? new Phases(-1, -1, true)
          : new Phases(start, exec, false);
    }
  }

  /**
   * Whether a time by the node's clock can be true: it happened within a span of the gateway's
   * clock, which never jumps. A jump by less than the span has to spare can't be seen.
   */
  static boolean fits(long nanos, long spanNanos) {
    return nanos >= 0 && nanos <= spanNanos + SLACK_NANOS + spanNanos / 1_000;
  }

  /** From one to the other in nanoseconds; -1 when one is missing, or is no moment of our time. */
  static long between(Instant from, Instant to) {
    if (from == null || to == null) {
      return -1;
    }
    Duration between = Duration.between(from, to);
    return between.abs().compareTo(LONGEST) > 0 ? -1 : between.toNanos();
  }
}
