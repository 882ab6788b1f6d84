package io.github.faasbench.gateway;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Signal;
import java.util.function.Predicate;

/**
 * Part of a cluster, for one decision: the few nodes that hold a container or an image of the
 * function, or all but those that this decision found not eligible. Asking costs O(n).
 */
final class SubsetView implements ClusterView {

  private final ClusterIndex all;
  private final Predicate<NodeState> member;

  SubsetView(ClusterIndex all, Predicate<NodeState> member) {
    this.all = all;
    this.member = member;
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public NodeView least(Signal signal) {
    return best(signal, 1);
  }

  @Override
  public NodeView most(Signal signal) {
    return best(signal, -1);
  }

  @Override
  public NodeView nextEligible(int cursor) {
    NodeState first = null;
    NodeState next = null;
    for (NodeState node : all.nodes()) {
      if (eligible(node.index())) {
        first = first == null || node.rank() < first.rank() ? node : first;
        boolean after = node.rank() >= cursor;
        next = after && (next == null || node.rank() < next.rank()) ? node : next;
      }
    }
    return next == null ? first : next;
  }

  @Override
  public NodeView node(int index) {
    return all.node(index);
  }

  @Override
  public boolean eligible(int index) {
    return all.eligible(index) && member.test(all.nodes().get(index));
  }

  private NodeView best(Signal signal, int sign) {
    NodeState best = null;
    for (NodeState node : all.nodes()) {
      boolean candidate = eligible(node.index()) && !Double.isNaN(node.signal(signal));
      if (candidate && (best == null || sign * node.signal(signal) < sign * best.signal(signal))) {
        best = node;
      }
    }
    return best;
  }
}
