package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;

/**
 * Takes the nodes in turn, in the order of their names. The cursor moves past nodes that are not
 * eligible, and starts again when the list of nodes changes (thesis 5.3.1).
 */
public final class RoundRobinPolicy implements SchedulingPolicy {

  private int cursor;

  @Override
  public Needs needs() {
    return Needs.CHOSEN;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    NodeView next = cluster.nextEligible(cursor);
    if (next != null) {
      cursor = next.rank() + 1;
    }
    return Decision.runOn(next);
  }

  @Override
  public void nodesChanged(ClusterView cluster) {
    cursor = 0;
  }
}
