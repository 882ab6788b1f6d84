package io.github.faasbench.gateway;

import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.cluster.sim.SimLoop;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.SchedulingPolicy.Ended;
import io.github.faasbench.policy.Signal;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Nodes by themselves, to ask a policy about: no calls run, they are counted. */
final class PolicyBench {

  final List<NodeState> nodes = new ArrayList<>();
  final ClusterIndex index;
  private long requests;

  PolicyBench(int size, int slots) {
    this(size, slots, node -> 1);
  }

  /** Registered in the order of their names. */
  PolicyBench(int size, int slots, IntToDoubleFunction weight) {
    var loop = new SimLoop();
    for (int i = 0; i < size; i++) {
      nodes.add(
          new NodeState(
              new FakeNode("n" + i, loop), i, i, i, weight.applyAsDouble(i), slots, slots));
    }
    index = new ClusterIndex(nodes);
  }

  <P extends SchedulingPolicy> P told(P policy) {
    policy.nodesChanged(index.all());
    return policy;
  }

  void inFlight(NodeState node, int calls) {
    index.inFlight(node, calls - node.inFlight);
  }

  /** A few calls more or less somewhere, and now and then a node that is not eligible. */
  void change(Stream random, int most) {
    inFlight(nodes.get(random.nextInt(nodes.size())), random.nextInt(most + 1));
    NodeState other = nodes.get(random.nextInt(nodes.size()));
    index.eligible(other, random.nextInt(5) != 0);
    index.eligible(nodes.get(random.nextInt(nodes.size())), true); // so that one is
  }

  NodeSet warm(NodeState... members) {
    NodeSet set = index.newSet(Selection.Warmth.WARMED);
    List.of(members).forEach(set::add);
    return set;
  }

  Request request(String function) {
    return new Request(function, "image-of-" + function, Double.NaN, ++requests, 0);
  }

  Decision ask(SchedulingPolicy policy, String function) {
    return policy.choose(request(function), index.all(), 0);
  }

  NodeState choice(SchedulingPolicy policy, String function) {
    return (NodeState) ((Decision.Run) ask(policy, function)).node();
  }

  List<NodeState> eligible() {
    return nodes.stream().filter(node -> node.eligible).toList();
  }

  static Ended ended(Request request, NodeState node, String mode, long latencyNanos) {
    return new Ended(request, node, mode, true, latencyNanos, -1);
  }

  static boolean isFull(NodeState node) {
    return node.signal(Signal.FULL) == 1;
  }
}
