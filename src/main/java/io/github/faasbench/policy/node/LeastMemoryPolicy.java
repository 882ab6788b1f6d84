package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;

/**
 * Takes the eligible node with the smallest memory percent, read now on all nodes at once; ties go
 * to the node registered first. Ilúvatar's least loaded by MemPct.
 */
public final class LeastMemoryPolicy implements SchedulingPolicy {

  @Override
  public Needs needs() {
    return Needs.ALL;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    return Decision.runOn(cluster.least(Signal.RAM));
  }
}
