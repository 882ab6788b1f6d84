package io.github.faasbench.policy;

/**
 * What becomes of containers: how long an idle one stays, which goes first when memory runs short,
 * and when one is loaded ahead of a call. Pure, as a {@link SchedulingPolicy} is.
 */
public interface KeepAlivePolicy {

  /** Whether it ever keeps a container; if not, calls run in containers that end with them. */
  default boolean keeps() {
    return true;
  }

  /** How many containers of each function are loaded before the first call. */
  default int atStart() {
    return 0;
  }

  /**
   * An invocation arrived; lets policies learn.
   *
   * @param idleNanos how long its function had had no call, from the end of the last one; -1: it
   *     had one, or never had any
   */
  default void arrived(String function, long idleNanos, long nowNanos) {}

  /** A call begins in a container; lets policies learn. */
  default void used(ContainerView container, long nowNanos) {}

  /** A container serves no call any more, or was loaded ahead of one: it has no use yet. */
  Verdict idle(ContainerView container, long nowNanos);

  /**
   * Of a node's idle containers the one that is worth least makes room; of equals, the one that has
   * been idle for longest.
   */
  default double worth(ContainerView container) {
    return 0;
  }

  /**
   * A container is gone.
   *
   * @param evicted whether it made room for another one
   */
  default void gone(ContainerView container, boolean evicted) {}

  /**
   * A verdict on a container.
   *
   * @param keepUntilNanos the last moment, on the loop's clock, at which it is still there; before
   *     now: remove at once; {@link Long#MAX_VALUE}: keep until evicted
   * @param loadAtNanos when another one is loaded in its place, unless the function has one there
   *     by then; {@link Long#MAX_VALUE}: never
   */
  record Verdict(long keepUntilNanos, long loadAtNanos) {

    /** It stays as long as nothing else needs its memory. */
    public static final Verdict KEEP = new Verdict(Long.MAX_VALUE, Long.MAX_VALUE);

    /** It goes at once. */
    public static final Verdict REMOVE = new Verdict(Long.MIN_VALUE, Long.MAX_VALUE);

    /** It stays until then, and nothing is loaded in its place. */
    public static Verdict until(long nanos) {
      return new Verdict(nanos, Long.MAX_VALUE);
    }

    /** It goes at once, and another one is loaded then. */
    public static Verdict loadAt(long nanos) {
      return new Verdict(Long.MIN_VALUE, nanos);
    }
  }
}
