package io.github.faasbench.metrics;

import java.time.Instant;

/**
 * One invocation, as it stands in the CSV: one row. Durations in seconds; NaN, -1 or an empty text
 * mean not measured, and are empty cells. The columns are described in {@link Column}.
 */
public record Invocation(
    String experiment,
    String run,
    String cell,
    int repetition,
    long invocation,
    String function,
    String image,
    String policy,
    String warming,
    String keepAlive,
    String workload,
    String backend,
    String mode,
    String node,
    int attempts,
    Outcome outcome,
    int exitCode,
    String error,
    Instant arrivedAt,
    double latencySeconds,
    double lagSeconds,
    double queueSeconds,
    double selectSeconds,
    double pullSeconds,
    double startSeconds,
    double execSeconds,
    double transportSeconds,
    long pulledBytes,
    int layersPresent,
    double cleanupSeconds,
    double cpuPercent,
    double ramPercent,
    double loadAgeSeconds,
    int inFlight) {

  /** How an invocation ended. */
  public enum Outcome {
    OK,
    FAILED,
    TIMEOUT,
    REJECTED,
    LOST;

    /** As in the CSV. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
