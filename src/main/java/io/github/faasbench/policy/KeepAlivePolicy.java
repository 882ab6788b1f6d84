package io.github.faasbench.policy;

/** What becomes of a container after an invocation. */
public interface KeepAlivePolicy {

  /** Whether it ever keeps a container; if not, calls run in containers that end with them. */
  default boolean keeps() {
    return true;
  }

  /**
   * A container serves no call any more, or was loaded ahead of one.
   *
   * @param firstIdleNanos when that was so for the first time
   */
  Verdict ended(String function, NodeView node, long firstIdleNanos, long nowNanos);

  /** An invocation arrived; lets policies learn. */
  default void arrived(String function, long nowNanos) {}

  /** When the function is next worth loading ahead of a call; {@link Long#MAX_VALUE}: never. */
  default long loadAtNanos(String function, long nowNanos) {
    return Long.MAX_VALUE;
  }

  /**
   * A verdict.
   *
   * @param keepUntilNanos the last moment, on the loop's clock, at which it is still there; before
   *     now: remove at once; {@link Long#MAX_VALUE}: keep until evicted
   */
  record Verdict(long keepUntilNanos) {}
}
