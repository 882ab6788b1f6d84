package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;

/**
 * Keeps a function's calls together: from its home, a hash of its name, it goes on in equal steps
 * to the first eligible node with a slot (else: a core) free; when there is none, to the first
 * eligible one. DSLab's LocalityBasedScheduler; that warm nodes come before others is the gateway's
 * chain.
 */
public final class LocalityPolicy implements SchedulingPolicy {

  private final int step;

  /**
   * @param step how many nodes further, as registered; when it has a divisor in common with their
   *     number, 1 is taken instead, or some would never be visited
   */
  public LocalityPolicy(int step) {
    this.step = step;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    NodeView free = cluster.least(Signal.FULL);
    if (free == null) {
      return Decision.NO_NODE;
    }
    boolean full = Spill.isFull(free);
    if (full && !Spill.isFull(cluster.all().least(Signal.FULL))) {
      return Spill.ELSEWHERE;
    }
    int nodes = cluster.size();
    int by = HomeInvokerPolicy.gcd(step, nodes) == 1 ? step : 1;
    int index = Math.floorMod(Ring.hash(request.function()), nodes);
    while (!cluster.eligible(index) || !full && Spill.isFull(cluster.node(index))) {
      index = (index + by) % nodes;
    }
    return new Decision.Run(cluster.node(index));
  }
}
