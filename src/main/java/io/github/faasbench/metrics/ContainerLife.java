package io.github.faasbench.metrics;

import java.time.Instant;
import java.util.Locale;

/**
 * The life of a container that waited for calls. One that a call made for itself alone has none: it
 * lives as long as the call.
 *
 * @param function whose calls it serves
 * @param container its name
 * @param createdAt when it was asked for: from then to {@code readyAt} its image was pulled and it
 *     started
 * @param firstUsedAt when its first call began; null: none did
 * @param uses calls that began inside
 * @param busySeconds with a call inside
 * @param idleSeconds ready, without one
 * @param memoryBytes as its function's model says; 0: not known
 */
public record ContainerLife(
    Cell cell,
    String function,
    String node,
    String container,
    MadeBy madeBy,
    Instant createdAt,
    Instant readyAt,
    Instant firstUsedAt,
    long uses,
    double busySeconds,
    double idleSeconds,
    long memoryBytes,
    Instant endedAt,
    End end) {

  private static final double MEBIBYTE = 1 << 20;

  /** Where it lived: columns of {@code metrics.csv}. */
  public record Cell(
      String experiment,
      String run,
      String cell,
      int repetition,
      String policy,
      String warming,
      String keepAlive,
      String workload) {}

  /** Who had it made. */
  public enum MadeBy {
    /** A call that found none. */
    CALL,
    /** Warming, before the load. */
    WARMING,
    /** The keep-alive policy, ahead of a call. */
    POLICY;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As in the CSV. */
    public String text() {
      return text;
    }
  }

  /** Why it ended. */
  public enum End {
    /** The keep-alive policy's time for it was over. */
    EXPIRED,
    /** It made room for another one. */
    EVICTED,
    /** It was killed, since a call inside took too long, or a call inside was lost. */
    LOST,
    /** Its node was drained. */
    DRAINED,
    /** It was there when the load ended, and is counted until then. */
    CELL_END;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As in the CSV. */
    public String text() {
      return text;
    }
  }

  /** The memory that it held while it had nothing to do, over time; NaN: not known. */
  public double idleMebibyteSeconds() {
    return memoryBytes == 0 ? Double.NaN : idleSeconds * (memoryBytes / MEBIBYTE);
  }

  /** Loaded ahead of a call that came. */
  public boolean preWarmUsed() {
    return madeBy == MadeBy.POLICY && uses > 0;
  }

  /** Loaded ahead of a call that never came. */
  public boolean preWarmWasted() {
    return madeBy == MadeBy.POLICY && uses == 0;
  }
}
