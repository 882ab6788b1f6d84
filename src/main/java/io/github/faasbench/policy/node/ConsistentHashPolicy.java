package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;

/**
 * Gives each function a node by consistent hashing, and goes on clockwise from there to the first
 * eligible node that stays within the bound: with the new call, no more than the bound times the
 * average, rounded up (Mirrokni, Thorup and Zadimoghaddam, "Consistent hashing with bounded loads",
 * SODA 2018). The average is exact, not cut to a whole number first. Without a bound it is plain
 * consistent hashing (Karger et al., STOC 1997).
 */
public final class ConsistentHashPolicy implements SchedulingPolicy {

  private final double bound;
  private final int points;
  private Ring ring;

  /**
   * @param bound how many times the average load, at least 1; infinite: no bound
   * @param points of each node on the ring
   */
  public ConsistentHashPolicy(double bound, int points) {
    this.bound = bound;
    this.points = points;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    NodeView least = cluster.least(Signal.IN_FLIGHT);
    if (least == null) {
      return Decision.NO_NODE;
    }
    double most = Math.ceil(bound * (cluster.inFlight() + 1) / cluster.all().eligibleCount());
    if (least.inFlight() + 1 > most) {
      return Spill.ELSEWHERE;
    }
    int place = ring.offered(cluster, ring.place(request.function()));
    while (cluster.node(ring.node(place)).inFlight() + 1 > most) {
      place = ring.offered(cluster, ring.next(place));
    }
    return new Decision.Run(cluster.node(ring.node(place)));
  }

  @Override
  public void nodesChanged(ClusterView cluster) {
    ring = new Ring(cluster, points);
  }
}
