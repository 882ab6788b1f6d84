package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;

/**
 * Takes the eligible node with the largest CPU percent, read now on all nodes at once, so that load
 * gathers on few nodes on purpose; ties go to the node registered first (thesis 5.3.3).
 */
public final class MostUsedPolicy implements SchedulingPolicy {

  @Override
  public Needs needs() {
    return Needs.ALL;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    return Decision.runOn(cluster.most(Signal.CPU));
  }
}
