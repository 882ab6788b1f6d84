package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Takes the nodes in turn, by name, each as often as its {@code weight} says and its turns spread
 * evenly. A node that is not eligible misses its turn; it is not made up for. Stride scheduling
 * (Waldspurger and Weihl, MIT/LCS/TM-528, 1995), as in Envoy's weighted round robin: the next turn
 * of a node comes 1 / weight after its last.
 */
public final class WeightedRoundRobinPolicy implements SchedulingPolicy {

  private final List<Turn> turns = new ArrayList<>();
  private final PriorityQueue<Turn> queue =
      new PriorityQueue<>(Comparator.<Turn>comparingDouble(t -> t.at).thenComparing(t -> t.rank));
  private double now;

  /** A node's next turn. */
  private static final class Turn {
    final int node;
    final int rank;
    final double stride;
    double at;

    Turn(NodeView node) {
      this.node = node.index();
      rank = node.rank();
      stride = 1 / node.weight();
      at = stride / 2;
    }
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    int offered = cluster.eligibleCount();
    if (offered == 0) {
      return Decision.NO_NODE;
    }
    boolean few = offered * 8 < cluster.size(); // so that hardly anybody misses a turn
    Turn turn = few ? firstOf(cluster) : queue.poll();
    while (!few && !cluster.eligible(turn.node)) {
      take(turn);
      turn = queue.poll();
    }
    take(turn);
    return new Decision.Run(cluster.node(turn.node));
  }

  /** Of the few nodes offered; the others' turns stay where they are. */
  private Turn firstOf(ClusterView cluster) {
    Turn first = null;
    int left = cluster.eligibleCount();
    for (int cursor = 0; left > 0; left--) {
      NodeView node = cluster.nextEligible(cursor);
      Turn turn = turns.get(node.index());
      if (first == null || turn.at < first.at) {
        first = turn;
      }
      cursor = node.rank() + 1;
    }
    queue.remove(first);
    return first;
  }

  private void take(Turn turn) {
    now = Math.max(now, turn.at);
    turn.at = now + turn.stride;
    queue.add(turn);
  }

  @Override
  public void nodesChanged(ClusterView cluster) {
    now = 0;
    turns.clear();
    queue.clear();
    for (int index = 0; index < cluster.size(); index++) {
      turns.add(new Turn(cluster.node(index)));
    }
    queue.addAll(turns);
  }
}
