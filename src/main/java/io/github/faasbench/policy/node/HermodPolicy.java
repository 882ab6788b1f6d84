package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import java.util.random.RandomGenerator;

/**
 * Packs at low load and spreads at high load: while an eligible node has a core (else: a slot)
 * free, the call goes to one that runs calls already, a warm one first, then to an empty one, a
 * warm one first; when none has, to the node with the fewest calls in flight. Hermes, published as
 * Hermod (Kaffes, Yadwadkar and Kozyrakis, SoCC 2022), in the order of DSLab's replica: ties to the
 * node registered first when packing, at random when spreading.
 */
public final class HermodPolicy implements SchedulingPolicy {

  private final RandomGenerator random;

  public HermodPolicy(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    NodeView here = cluster.least(Signal.PACKING);
    if (here == null) {
      return Decision.NO_NODE;
    }
    NodeView anywhere = cluster.all().least(Signal.PACKING);
    if (isBusy(anywhere)) {
      return Spill.toLeastLoaded(cluster, random);
    }
    boolean fits = !isBusy(here);
    boolean packs = here.inFlight() > 0 || anywhere.inFlight() == 0;
    return fits && packs ? new Decision.Run(here) : Spill.ELSEWHERE;
  }

  /** Whether every core has a call; slots may be more, as memory would allow them. */
  private static boolean isBusy(NodeView node) {
    return node.inFlight() >= (Double.isNaN(node.cpu()) ? node.slots() : Math.ceil(node.cpu()));
  }
}
