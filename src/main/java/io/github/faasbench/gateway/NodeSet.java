package io.github.faasbench.gateway;

import io.github.faasbench.gateway.Selection.Warmth;
import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Signal;
import java.util.random.RandomGenerator;

/**
 * Some of a cluster's nodes, indexed for what policies ask; the eligible ones among them are
 * offered. Few nodes are looked at one by one; for more, an order by a signal is kept from the
 * moment a policy first asks for it.
 */
final class NodeSet implements ClusterView {

  /** Up to here, looking at all costs no more than keeping an order. */
  private static final int FEW = 8;

  private final ClusterIndex index;
  private final Warmth warmth;
  private final RankSet members;
  private final RankSet offered;
  private final Tournament[] least = new Tournament[Signal.values().length];
  private final Tournament[] most = new Tournament[Signal.values().length];

  /** Whether the index tells of new values. */
  private boolean ordered;

  /** The set of all nodes that this one has a part of; null: that of the index. */
  private NodeSet whole;

  /** An empty set of nodes that are so warm. */
  NodeSet(ClusterIndex index, Warmth warmth) {
    this(index, warmth, new RankSet(index.size()), new RankSet(index.size()));
  }

  private NodeSet(ClusterIndex index, Warmth warmth, RankSet members, RankSet offered) {
    this.index = index;
    this.warmth = warmth;
    this.members = members;
    this.offered = offered;
  }

  boolean contains(NodeState node) {
    return members.contains(node.rank());
  }

  boolean isEmpty() {
    return members.count() == 0;
  }

  /** How many nodes are in it, whether calls may go there or not. */
  int members() {
    return members.count();
  }

  void add(NodeState node) {
    members.set(node.rank(), true);
    eligibilityChanged(node);
  }

  void remove(NodeState node) {
    members.set(node.rank(), false);
    eligibilityChanged(node);
  }

  /** This set without some of its nodes, for one decision: it does not follow changes. */
  NodeSet without(Iterable<NodeState> nodes) {
    var rest = new NodeSet(index, warmth, members.copy(), offered.copy());
    rest.ordered = true; // by itself: the index must not keep it
    nodes.forEach(rest::remove);
    rest.whole = this == index.all() ? rest : index.all().without(nodes);
    return rest;
  }

  void eligibilityChanged(NodeState node) {
    boolean offer = node.eligible && contains(node);
    if (offered.contains(node.rank()) != offer) {
      offered.set(node.rank(), offer);
      if (ordered) {
        for (Signal signal : Signal.values()) {
          changed(node, signal);
        }
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
    return index.size();
  }

  @Override
  public int present() {
    return index.present().size();
  }

  @Override
  public int eligibleCount() {
    return offered.count();
  }

  @Override
  public NodeView eligibleAt(int k) {
    return index.byRank(offered.nth(k));
  }

  @Override
  public NodeView least(Signal signal) {
    return isFew() ? scan(signal, 1) : index.node(order(least, signal, 1).winner());
  }

  @Override
  public NodeView least(Signal signal, RandomGenerator ties) {
    return isFew() ? scan(signal, ties) : index.node(order(least, signal, 1).winner(ties));
  }

  @Override
  public NodeView most(Signal signal) {
    return isFew() ? scan(signal, -1) : index.node(order(most, signal, -1).winner());
  }

  @Override
  public NodeView nextEligible(int cursor) {
    int rank = offered.next(cursor);
    if (rank < 0) {
      rank = offered.next(0);
    }
    return rank < 0 ? null : index.byRank(rank);
  }

  @Override
  public NodeView node(int place) {
    return index.node(place);
  }

  @Override
  public boolean eligible(int place) {
    return offered.contains(index.node(place).rank());
  }

  @Override
  public int inFlight() {
    return index.inFlight();
  }

  @Override
  public ClusterView all() {
    return whole == null ? index.all() : whole;
  }

  @Override
  public String mode() {
    return warmth.mode;
  }

  private boolean isFew() {
    return offered.count() <= FEW;
  }

  private NodeState scan(Signal signal, int sign) {
    NodeState best = null;
    double smallest = Double.NaN;
    for (int rank = offered.next(0); rank >= 0; rank = offered.next(rank + 1)) {
      NodeState node = index.byRank(rank);
      double value = sign * node.signal(signal);
      boolean first = best == null && !Double.isNaN(value);
      if (first || value < smallest || value == smallest && node.index() < best.index()) {
        best = node;
        smallest = value;
      }
    }
    return best;
  }

  private NodeState scan(Signal signal, RandomGenerator random) {
    double smallest = Double.NaN;
    int ties = 0;
    for (int rank = offered.next(0); rank >= 0; rank = offered.next(rank + 1)) {
      double value = index.byRank(rank).signal(signal);
      if (value == smallest) {
        ties++;
      } else if (value < smallest || ties == 0 && !Double.isNaN(value)) {
        smallest = value;
        ties = 1;
      }
    }
    if (ties == 0) {
      return null;
    }
    int left = ties == 1 ? 0 : random.nextInt(ties);
    for (int rank = offered.next(0); ; rank = offered.next(rank + 1)) {
      NodeState node = index.byRank(rank);
      if (node.signal(signal) == smallest && left-- == 0) {
        return node;
      }
    }
  }

  private Tournament order(Tournament[] orders, Signal signal, int sign) {
    // A function that is warm everywhere shares the order of all nodes.
    if (this != index.all() && members.count() == index.size()) {
      NodeSet all = index.all();
      return all.order(sign > 0 ? all.least : all.most, signal, sign);
    }
    if (orders[signal.ordinal()] == null) {
      var order = new Tournament(index.size());
      orders[signal.ordinal()] = order;
      for (int rank = offered.next(0); rank >= 0; rank = offered.next(rank + 1)) {
        NodeState node = index.byRank(rank);
        order.set(node.index(), key(node, signal, sign));
      }
      if (!ordered) {
        ordered = true;
        index.keepInOrder(this);
      }
    }
    return orders[signal.ordinal()];
  }

  private double key(NodeState node, Signal signal, int sign) {
    return offered.contains(node.rank()) ? sign * node.signal(signal) : Double.NaN;
  }
}
