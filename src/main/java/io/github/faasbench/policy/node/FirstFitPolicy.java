package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;

/**
 * Takes the first eligible node, in the order of registration, that has a slot free, so that calls
 * are packed on few nodes; when none has, there is no node for the call, and {@code whenNoNode}
 * decides what becomes of it. First fit of bin packing; DSLab's BasicScheduler, which sends what
 * fits nowhere to the first node instead.
 */
public final class FirstFitPolicy implements SchedulingPolicy {

  private static final Decision FULL = new Decision.Reject("no eligible node has a slot free");

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    NodeView first = cluster.least(Signal.FULL);
    return first != null && Spill.isFull(first) ? FULL : Decision.runOn(first);
  }
}
