package io.github.faasbench.policy;

/**
 * Chooses the node of a call. Called on the gateway's thread only. Pure: views and time come in, a
 * decision goes out; no clock, no thread, no input or output, no random generator but the one given
 * at construction. It keeps no reference to a view.
 */
public interface SchedulingPolicy {

  Needs needs();

  Decision choose(Request request, ClusterView cluster, long nowNanos);

  /** A call, or an attempt that another one follows, ended; lets policies learn. */
  default void ended(Ended call, long nowNanos) {}

  /**
   * How long the policy expects the call to take from its choice to its end, asked right after it
   * chose a node; NaN: it does not predict, or not yet.
   */
  default double expectedNanos(Request request) {
    return Double.NaN;
  }

  /** A call of an earlier run, told before the first {@link #nodesChanged}; lets policies learn. */
  default void remember(Past call) {}

  /** A container of the function became idle on the node; for pull-based policies. */
  default void idle(String function, NodeView node, long nowNanos) {}

  /** An idle container of the function is gone from the node. */
  default void evicted(String function, NodeView node, long nowNanos) {}

  /** The list of nodes is new, or one of them has come or gone: {@link ClusterView#size}. */
  default void nodesChanged(ClusterView cluster) {}

  /**
   * A call of an earlier run.
   *
   * @param node the node's name
   * @param inFlight calls there before it
   * @param tookNanos from the choice of the node to its end
   */
  record Past(Request request, String node, String mode, int inFlight, long tookNanos) {}

  /**
   * A call that ended, or an attempt of it that another one follows.
   *
   * @param mode as in the CSV: {@code cold}, {@code pre-warmed}, {@code warmed}, {@code paused},
   *     {@code resident}
   * @param latencyNanos from arrival, or from the end of the attempt before, to the end seen at the
   *     gateway
   * @param execNanos the function's process; -1 when not measured
   */
  record Ended(
      Request request,
      NodeView node,
      String mode,
      boolean succeeded,
      long latencyNanos,
      long execNanos) {}
}
