package io.github.faasbench.gateway;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One decision: the thesis's chain of responsibility (5.4). A node with a waiting container comes
 * first, then one with the image, then any, by the base policy; among several nodes in the same
 * state the base policy chooses too. A node is eligible on each of these paths only with a memory
 * reading below the threshold.
 */
final class Selection {

  /** How warm the chosen node is. */
  enum Warmth {
    WARMED,
    PRE_WARMED,
    COLD
  }

  /** Told once how it ended. Whoever is told {@code chosen} takes the node before returning. */
  interface Outcome {
    void chosen(NodeState node, Warmth warmth);

    /** No node now. */
    void none(String reason);

    /** The policy wants to be asked again later. */
    void waiting(String reason);
  }

  private final ClusterIndex index;
  private final Loads loads;
  private final double ramThreshold;
  private final SchedulingPolicy policy;
  private final LongSupplier now;
  private final FunctionState function;
  private final Request request;
  private final Outcome outcome;
  private final Set<NodeState> refused = new HashSet<>();

  Selection(
      ClusterIndex index,
      Loads loads,
      double ramThreshold,
      SchedulingPolicy policy,
      LongSupplier now,
      FunctionState function,
      Request request,
      Outcome outcome) {
    this.index = index;
    this.loads = loads;
    this.ramThreshold = ramThreshold;
    this.policy = policy;
    this.now = now;
    this.function = function;
    this.request = request;
    this.outcome = outcome;
  }

  void start() {
    if (policy.needs() == Needs.ALL) {
      loads.read(index.nodes(), this::walkChain);
    } else {
      walkChain();
    }
  }

  private void walkChain() {
    if (function.anyIdle()) {
      ask(Warmth.WARMED);
    } else if (function.anyImage()) {
      ask(Warmth.PRE_WARMED);
    } else {
      ask(Warmth.COLD);
    }
  }

  private void ask(Warmth warmth) {
    Decision decision = policy.choose(request, view(warmth), now.getAsLong());
    if (decision instanceof Decision.Run run) {
      chose((NodeState) run.node(), warmth);
    } else if (decision instanceof Decision.Wait wait) {
      outcome.waiting(wait.reason());
    } else if (warmth == Warmth.COLD) {
      outcome.none(reason((Decision.Reject) decision));
    } else {
      ask(warmth == Warmth.WARMED && function.anyImage() ? Warmth.PRE_WARMED : Warmth.COLD);
    }
  }

  private void chose(NodeState node, Warmth warmth) {
    if (!may(node, warmth)) {
      outcome.none("the policy chose " + node.name() + ", which was not offered");
    } else if (policy.needs() == Needs.ALL) {
      outcome.chosen(node, warmth);
    } else {
      loads.read(List.of(node), () -> checked(node, warmth));
    }
  }

  private void checked(NodeState node, Warmth warmth) {
    if (!loads.eligible(node)) {
      refused.add(node);
      ask(warmth);
    } else if (may(node, warmth)) {
      outcome.chosen(node, warmth);
    } else {
      walkChain(); // its container was taken while its load was read
    }
  }

  private boolean may(NodeState node, Warmth warmth) {
    return !refused.contains(node)
        && index.eligible(node.index())
        && switch (warmth) {
          case WARMED -> function.hasIdleContainer(node);
          case PRE_WARMED -> function.hasImage(node);
          case COLD -> true;
        };
  }

  private ClusterView view(Warmth warmth) {
    return warmth == Warmth.COLD && refused.isEmpty()
        ? index
        : new SubsetView(index, node -> may(node, warmth));
  }

  private String reason(Decision.Reject reject) {
    if (reject != Decision.NO_NODE) {
      return reject.reason();
    }
    return reject.reason()
        + ": "
        + index.nodes().stream()
            .filter(node -> !loads.eligible(node))
            .limit(8)
            .map(node -> node.whyNot(ramThreshold))
            .collect(Collectors.joining("; "));
  }
}
