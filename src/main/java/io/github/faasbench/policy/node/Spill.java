package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Signal;
import java.util.random.RandomGenerator;

/** Where a call goes whose own node is overloaded. */
final class Spill {

  /** Of the nodes offered none will do, but there may be others. */
  static final Decision ELSEWHERE =
      new Decision.Reject("no eligible node is below the policy's limit");

  private Spill() {}

  /** Whether as many calls are there as the node has slots, or more. */
  static boolean isFull(NodeView node) {
    return node.inFlight() >= node.slots();
  }

  /** To the node with the fewest calls in flight of all, ties at random, warm ones first. */
  static Decision toLeastLoaded(ClusterView cluster, RandomGenerator random) {
    NodeView here = cluster.least(Signal.IN_FLIGHT, random);
    if (here == null) {
      return Decision.NO_NODE;
    }
    NodeView anywhere = cluster.all().least(Signal.IN_FLIGHT);
    return here.inFlight() <= anywhere.inFlight() ? new Decision.Run(here) : ELSEWHERE;
  }
}
