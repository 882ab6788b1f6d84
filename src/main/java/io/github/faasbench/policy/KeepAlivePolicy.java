package io.github.faasbench.policy;

/** What becomes of a container after an invocation. */
public interface KeepAlivePolicy {

  /** Whether it ever keeps a container; if not, calls run in containers that end with them. */
  default boolean keeps() {
    return true;
  }

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
