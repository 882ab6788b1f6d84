package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import java.util.random.RandomGenerator;

/**
 * Draws d distinct eligible nodes and takes the one of them with the fewest calls in flight; ties
 * go to the node drawn first. The power of two choices (Mitzenmacher, IEEE TPDS 12(10), 2001),
 * drawn without replacement as in Finagle's P2C. With d at or above the number of eligible nodes it
 * is join-shortest-queue.
 */
public final class PowerOfDPolicy implements SchedulingPolicy {

  private final int d;
  private final RandomGenerator random;

  /** Places drawn for this decision, in ascending order. */
  private int[] drawn = {};

  /**
   * @param d how many nodes are looked at, at least 1
   */
  public PowerOfDPolicy(int d, RandomGenerator random) {
    this.d = d;
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    int nodes = cluster.eligibleCount();
    int draws = Math.min(d, nodes);
    if (drawn.length < draws) {
      drawn = new int[draws];
    }
    NodeView best = null;
    for (int draw = 0; draw < draws; draw++) {
      NodeView node = cluster.eligibleAt(another(draw, random.nextInt(nodes - draw)));
      if (best == null || node.inFlight() < best.inFlight()) {
        best = node;
      }
    }
    return Decision.runOn(best);
  }

  /** The place with that number among those not drawn yet; it is then one of the drawn. */
  private int another(int before, int number) {
    int place = number;
    int at = 0;
    while (at < before && drawn[at] <= place) {
      place++;
      at++;
    }
    System.arraycopy(drawn, at, drawn, at + 1, before - at);
    drawn[at] = place;
    return place;
  }
}
