package io.github.faasbench.policy;

/** What becomes of a container after an invocation. */
public interface KeepAlivePolicy {

  Verdict ended(String function, NodeView node, long nowNanos);

  /** An invocation arrived; lets policies learn. */
  default void arrived(String function, long nowNanos) {}

  /** When the function is next worth loading ahead of a call; {@link Long#MAX_VALUE}: never. */
  default long loadAtNanos(String function, long nowNanos) {
    return Long.MAX_VALUE;
  }

  /**
   * A verdict.
   *
   * @param keepUntilNanos on the loop's clock; at or before now: remove at once; {@link
   *     Long#MAX_VALUE}: keep until evicted
   */
  record Verdict(long keepUntilNanos) {}
}
