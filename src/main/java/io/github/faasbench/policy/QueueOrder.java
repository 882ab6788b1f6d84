package io.github.faasbench.policy;

import io.github.faasbench.policy.SchedulingPolicy.Ended;

/**
 * Which waiting call goes first: the one with the smallest key, ties by arrival. Calls of one
 * function go in the order in which they came; the order decides between functions. Pure, as a
 * {@link SchedulingPolicy} is.
 */
public interface QueueOrder {

  /**
   * Smaller goes first.
   *
   * @param warm whether a container of its function has a place free now
   */
  double key(Request request, boolean warm, long nowNanos);

  /** A call ended; lets orders learn. */
  default void ended(Ended call) {}
}
