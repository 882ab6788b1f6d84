package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Node;
import io.github.faasbench.gateway.Selection.Warmth;
import io.github.faasbench.policy.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The registry of a cell's nodes, and the sets of them that policies choose from. */
final class ClusterIndex {

  private final List<NodeState> nodes;
  private final NodeState[] byRank;
  private final NodeSet all;
  private final List<NodeSet> sets = new ArrayList<>();
  private final List<NodeSet> ordered = new ArrayList<>();
  private List<NodeState> present;
  private List<NodeState> inUse;
  private int inFlight;

  /** The nodes in the order of registration. */
  ClusterIndex(List<NodeState> nodes) {
    this.nodes = List.copyOf(nodes);
    present = this.nodes;
    inUse = this.nodes;
    byRank = new NodeState[nodes.size()];
    nodes.forEach(node -> byRank[node.rank()] = node);
    all = newSet(Warmth.COLD);
    nodes.forEach(all::add);
  }

  /** Of these nodes, as the experiment file describes them. */
  static ClusterIndex of(List<Node> nodes, GatewaySettings settings) {
    List<Node> byName = new ArrayList<>(nodes);
    byName.sort(Comparator.comparing(Node::name));
    Map<String, Integer> ranks = new HashMap<>();
    byName.forEach(node -> ranks.put(node.name(), ranks.size()));
    Map<String, Integer> engines = new HashMap<>();
    Map<String, Host> hosts = new HashMap<>();
    List<NodeState> states = new ArrayList<>();
    for (Node node : nodes) {
      String engine = settings.engineOf().getOrDefault(node.name(), node.name());
      var state =
          new NodeState(
              node,
              states.size(),
              ranks.get(node.name()),
              engines.computeIfAbsent(engine, name -> engines.size()),
              settings.weights().getOrDefault(node.name(), 1.0),
              settings.cpus().getOrDefault(node.name(), Double.NaN),
              settings.slots().getOrDefault(node.name(), Integer.MAX_VALUE));
      state.memoryBytes = settings.memories().getOrDefault(node.name(), 0L);
      if (!node.host().isEmpty()) {
        state.host = hosts.computeIfAbsent(node.host(), name -> new Host());
      }
      states.add(state);
    }
    return new ClusterIndex(states);
  }

  int size() {
    return byRank.length;
  }

  List<NodeState> nodes() {
    return nodes;
  }

  /** By place in the order of registration; null: -1. */
  NodeState node(int place) {
    return place < 0 ? null : nodes.get(place);
  }

  NodeState byRank(int rank) {
    return byRank[rank];
  }

  /** Those that are in the cluster now, in the order of registration. */
  List<NodeState> present() {
    return present;
  }

  /** Those of them that are not set aside: whom a decision asks. */
  List<NodeState> inUse() {
    return inUse;
  }

  /** All nodes. */
  NodeSet all() {
    return all;
  }

  /** An empty set of nodes that are so warm, kept up to date. */
  NodeSet newSet(Warmth warmth) {
    var set = new NodeSet(this, warmth);
    sets.add(set);
    return set;
  }

  /** By what is known of its load the node may be chosen, or may not. */
  void eligible(NodeState node, boolean fits) {
    node.fits = fits;
    offer(node);
  }

  /**
   * The node has come, or is no longer there. It keeps its place and its rank, so that what
   * policies know by either stays true; it is just never eligible.
   */
  void presence(NodeState node, Presence presence) {
    node.presence = presence;
    present = nodes.stream().filter(NodeState::isPresent).toList();
    listInUse();
    offer(node);
  }

  /** The node is set aside, since it fails; or no longer. */
  void aside(NodeState node, boolean aside) {
    node.trouble.aside = aside;
    listInUse();
    offer(node);
  }

  private void listInUse() {
    inUse = present.stream().filter(node -> !node.isAside()).toList();
  }

  private void offer(NodeState node) {
    boolean isEligible = node.fits && node.isPresent() && !node.isAside();
    if (node.eligible != isEligible) {
      node.eligible = isEligible;
      for (NodeSet set : sets) {
        set.eligibilityChanged(node);
      }
    }
  }

  /** Calls in flight on all nodes. */
  int inFlight() {
    return inFlight;
  }

  /** So many calls more are in flight there. */
  void inFlight(NodeState node, int change) {
    node.inFlight += change;
    inFlight += change;
    changed(node, Signal.IN_FLIGHT);
    changed(node, Signal.FULL);
    changed(node, Signal.PACKING);
  }

  /** The node's value of that signal is new. */
  void changed(NodeState node, Signal signal) {
    for (int i = 0; i < ordered.size(); i++) {
      ordered.get(i).changed(node, signal);
    }
  }

  /** The set keeps orders from now on. */
  void keepInOrder(NodeSet set) {
    ordered.add(set);
  }
}
