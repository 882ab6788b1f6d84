package io.github.faasbench.metrics;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/**
 * One invocation, as it stands in the CSV: one row. Durations in seconds; NaN, -1 or an empty text
 * mean not measured, and are empty cells. The columns are described in {@link Column}.
 *
 * @param arrivedAtNanos when the request was due or made, in nanoseconds since
 *     1970-01-01T00:00:00Z; {@link #NO_TIME} only where another tool's CSV tells none
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
    long arrivedAtNanos,
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
    int inFlight,
    int hostContainers,
    String varied,
    String workflow,
    long payloadBytes,
    Period period) {

  /** Instead of a moment. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** Not an {@link Instant} for each of millions of calls. */
  private static final long SECOND = 1_000_000_000L;

  /** With what version 0.1 recorded: of what came later nothing is known. */
  public Invocation(
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
      long arrivedAtNanos,
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
    this(
        experiment,
        run,
        cell,
        repetition,
        invocation,
        function,
        image,
        policy,
        warming,
        keepAlive,
        workload,
        backend,
        mode,
        node,
        attempts,
        outcome,
        exitCode,
        error,
        arrivedAtNanos,
        latencySeconds,
        lagSeconds,
        queueSeconds,
        selectSeconds,
        pullSeconds,
        startSeconds,
        execSeconds,
        transportSeconds,
        pulledBytes,
        layersPresent,
        cleanupSeconds,
        cpuPercent,
        ramPercent,
        loadAgeSeconds,
        inFlight,
        -1,
        "",
        "",
        -1,
        Period.NONE);
  }

  /** The same call with what came after version 0.1. */
  public Invocation with(
      int newHostContainers,
      String newVaried,
      String newWorkflow,
      long newPayloadBytes,
      Period newPeriod) {
    return new Invocation(
        experiment,
        run,
        cell,
        repetition,
        invocation,
        function,
        image,
        policy,
        warming,
        keepAlive,
        workload,
        backend,
        mode,
        node,
        attempts,
        outcome,
        exitCode,
        error,
        arrivedAtNanos,
        latencySeconds,
        lagSeconds,
        queueSeconds,
        selectSeconds,
        pullSeconds,
        startSeconds,
        execSeconds,
        transportSeconds,
        pulledBytes,
        layersPresent,
        cleanupSeconds,
        cpuPercent,
        ramPercent,
        loadAgeSeconds,
        inFlight,
        newHostContainers,
        newVaried,
        newWorkflow,
        newPayloadBytes,
        newPeriod);
  }

  /** The same call in that part of its cell. */
  public Invocation withPeriod(Period newPeriod) {
    return with(hostContainers, varied, workflow, payloadBytes, newPeriod);
  }

  /** When the request was due or made; null: not known. */
  public Instant arrivedAt() {
    return arrivedAtNanos == NO_TIME ? null : Instant.ofEpochSecond(0, arrivedAtNanos);
  }

  /**
   * Nanoseconds since 1970.
   *
   * @throws DateTimeException it lies more than 292 years from there
   */
  public static long nanosOf(Instant instant) {
    try {
      return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    } catch (ArithmeticException e) {
      throw new DateTimeException("farther than 292 years from 1970: " + instant, e);
    }
  }

  /**
   * Latency minus the sum of its parts (queue, select, pull, start, exec, transport), in seconds;
   * parts that were not measured count as nothing, as they do where there was no such phase. More
   * than a millisecond either way is a failed check. NaN when there is no latency.
   */
  public double phaseError() {
    double sum = known(queueSeconds) + known(selectSeconds) + known(pullSeconds);
    sum = sum + known(startSeconds) + known(execSeconds) + known(transportSeconds);
    return latencySeconds - sum;
  }

  private static double known(double part) {
    return Double.isNaN(part) ? 0 : part;
  }

  /** True for a call that figures leave out, where that was decided at the call. */
  public boolean inWarmUp() {
    return period == Period.WARM_UP;
  }

  /** True where the parts don't add up to the latency within 1 ms, or the rest is negative. */
  public boolean phasesFail() {
    return Math.abs(phaseError()) > 0.001 || transportSeconds < 0;
  }

  /** True for a cold call whose node already had the image or layers of it: not wholly cold. */
  public boolean coldInNameOnly() {
    return mode.equals("cold") && (layersPresent > 0 || pulledBytes == 0);
  }

  /** In which part of its cell a call was due, where the file decides that at the call. */
  public enum Period {
    /** The file sets no warm-up, or one that is found when the rows are analysed. */
    NONE(""),
    WARM_UP("warm-up"),
    MEASURED("measured");

    private final String text;

    Period(String text) {
      this.text = text;
    }

    /** As in the CSV. */
    public String text() {
      return text;
    }
  }

  /** How an invocation ended. */
  public enum Outcome {
    OK,
    FAILED,
    TIMEOUT,
    REJECTED,
    LOST;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As in the CSV. */
    public String text() {
      return text;
    }
  }
}
