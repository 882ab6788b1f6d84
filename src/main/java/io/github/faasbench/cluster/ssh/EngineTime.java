package io.github.faasbench.cluster.ssh;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The engine's time stamps. */
final class EngineTime {
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

  /** From one to the other in nanoseconds; -1 when one is missing. */
  static long between(Instant from, Instant to) {
    return from == null || to == null ? -1 : Duration.between(from, to).toNanos();
  }
}
