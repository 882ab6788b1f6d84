package io.github.faasbench.gateway;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * All nodes of a cell, indexed for what policies ask. An order by a signal is kept only from the
 * moment a policy first asks for it.
 */
final class ClusterIndex implements ClusterView {

  private final List<NodeState> nodes;
  private final NodeState[] byRank;
  private final RankSet eligible;
  private final Tournament[] least = new Tournament[Signal.values().length];
  private final Tournament[] most = new Tournament[Signal.values().length];

  /** The nodes in the order of registration; all eligible at first. */
  ClusterIndex(List<NodeState> nodes) {
    this.nodes = new ArrayList<>(nodes);
    byRank = new NodeState[nodes.size()];
    eligible = new RankSet(nodes.size());
    for (NodeState node : nodes) {
      byRank[node.rank()] = node;
      eligible.set(node.rank(), true);
    }
  }

  List<NodeState> nodes() {
    return nodes;
  }

  void eligible(NodeState node, boolean isEligible) {
    if (eligible.contains(node.rank()) != isEligible) {
      eligible.set(node.rank(), isEligible);
      for (Signal signal : Signal.values()) {
        changed(node, signal);
      }
    }
  }

  /** The node's value of that signal is new. */
  void changed(NodeState node, Signal signal) {
    if (least[signal.ordinal()] != null) {
      least[signal.ordinal()].set(node.index(), key(node, signal, 1));
    }
    if (most[signal.ordinal()] != null) {
      most[signal.ordinal()].set(node.index(), key(node, signal, -1));
    }
  }

  @Override
  public int size() {
    return nodes.size();
  }

  @Override
  public NodeView least(Signal signal) {
    return winner(least, signal, 1);
  }

  @Override
  public NodeView most(Signal signal) {
    return winner(most, signal, -1);
  }

  @Override
  public NodeView nextEligible(int cursor) {
    int rank = eligible.next(cursor);
    if (rank < 0) {
      rank = eligible.next(0);
    }
    return rank < 0 ? null : byRank[rank];
  }

  @Override
  public NodeView node(int index) {
    return nodes.get(index);
  }

  @Override
  public boolean eligible(int index) {
    return eligible.contains(nodes.get(index).rank());
  }

  private NodeView winner(Tournament[] orders, Signal signal, int sign) {
    Tournament order = orders[signal.ordinal()];
    if (order == null) {
      order = new Tournament(nodes.size());
      for (NodeState node : nodes) {
        order.set(node.index(), key(node, signal, sign));
      }
      orders[signal.ordinal()] = order;
    }
    int index = order.winner();
    return index < 0 ? null : nodes.get(index);
  }

  private double key(NodeState node, Signal signal, int sign) {
    return eligible.contains(node.rank()) ? sign * node.signal(signal) : Double.NaN;
  }
}
