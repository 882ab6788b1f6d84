package io.github.faasbench.gateway;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.experiment.Experiment.Busy;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import java.util.List;

/**
 * Decides where a call runs: the thesis's chain of responsibility (5.4). A node with a waiting
 * container comes first, then one with the image, then any, by the base policy; among several nodes
 * in the same state the base policy chooses too. A node is eligible on each of these paths only
 * with a memory reading below the threshold.
 */
final class Selection {

  /** How warm the chosen node is. */
  enum Warmth {
    RESIDENT("resident", true),
    PAUSED("paused", true),
    WARMED("warmed", true),
    PRE_WARMED("pre-warmed", false),
    COLD("cold", false);

    /** As in the CSV. */
    final String mode;

    /** Whether a container waits there. */
    final boolean waits;

    Warmth(String mode, boolean waits) {
      this.mode = mode;
      this.waits = waits;
    }

    /** That of containers which wait as this prepares them. */
    static Warmth ofWaiting(Preparation preparation) {
      return switch (preparation) {
        case RESIDENT -> RESIDENT;
        case PAUSED -> PAUSED;
        default -> WARMED;
      };
    }
  }

  /** Told once per call how it ended. Whoever is told {@code chosen} takes the node at once. */
  interface Outcome {
    void chosen(Call call, NodeState node, Warmth warmth);

    /** No node now. */
    void none(Call call, String reason);

    /** The policy wants to be asked again later. */
    void waiting(Call call, String reason);

    /** All warm containers are busy, and the call is to wait for one of them. */
    void waitingForContainer(Call call);
  }

  private final ClusterIndex index;
  private final Loads loads;
  private final SchedulingPolicy policy;
  private final EventLoop loop;
  private final Outcome outcome;

  /** Whether a call waits for a warm container rather than go on down the chain. */
  private final boolean waitsWhenBusy;

  /** Whether the loads of all nodes must be read before a choice. */
  private final boolean comparing;

  /** Whether the load of the chosen node is known at the choice; else it is read after it. */
  private final boolean checked;

  /** For a gateway that has its settings, policy, nodes and loads already. */
  Selection(Gateway gateway, Outcome outcome) {
    index = gateway.index;
    loads = gateway.loads;
    policy = gateway.policy;
    loop = gateway.loop;
    this.outcome = outcome;
    waitsWhenBusy = gateway.settings.containers().busy() == Busy.WAIT;
    comparing = !loads.pushed() && policy.needs() == Needs.ALL;
    checked = loads.pushed() || comparing;
  }

  void start(Call call) {
    call.refused = call.past.nodes();
    if (comparing) {
      loads.read(index.inUse(), () -> walkChain(call));
    } else {
      walkChain(call);
    }
  }

  private void walkChain(Call call) {
    FunctionState function = call.state;
    if (!function.withPlace().isEmpty()) {
      ask(call, function.waiting);
    } else if (waitsWhenBusy && function.anyContainer()) {
      outcome.waitingForContainer(call);
    } else if (!function.withImage().isEmpty()) {
      ask(call, Warmth.PRE_WARMED);
    } else {
      ask(call, Warmth.COLD);
    }
  }

  private void ask(Call call, Warmth warmth) {
    Decision decision = policy.choose(call.request, view(call, warmth), loop.nowNanos());
    if (decision instanceof Decision.Run run) {
      call.chosenAtNanos = loop.nowNanos();
      call.expectedNanos = policy.expectedNanos(call.request);
      chose(call, (NodeState) run.node(), warmth);
    } else if (decision instanceof Decision.Wait wait) {
      outcome.waiting(call, wait.reason());
    } else if (warmth == Warmth.COLD) {
      outcome.none(call, reason(call, (Decision.Reject) decision));
    } else {
      boolean image = !call.state.withImage().isEmpty();
      ask(call, warmth.waits && image ? Warmth.PRE_WARMED : Warmth.COLD);
    }
  }

  private void chose(Call call, NodeState node, Warmth warmth) {
    if (!offered(call, node, warmth)) {
      outcome.none(call, "the policy chose " + node.name() + ", which was not offered");
    } else if (checked) {
      outcome.chosen(call, node, warmth);
    } else {
      call.asked = node;
      loads.read(List.of(node), () -> check(call, node, warmth));
    }
  }

  private void check(Call call, NodeState node, Warmth warmth) {
    call.asked = null;
    if (!loads.eligible(node)) {
      call.refuse(node);
      ask(call, warmth);
    } else if (offered(call, node, warmth)) {
      outcome.chosen(call, node, warmth);
    } else {
      walkChain(call); // its container was taken while its load was read
    }
  }

  private boolean offered(Call call, NodeState node, Warmth warmth) {
    return nodes(call, warmth).eligible(node.index()) && !call.refused.contains(node);
  }

  private NodeSet view(Call call, Warmth warmth) {
    NodeSet nodes = nodes(call, warmth);
    return call.refused.isEmpty() ? nodes : nodes.without(call.refused);
  }

  private NodeSet nodes(Call call, Warmth warmth) {
    return switch (warmth) {
      case RESIDENT, PAUSED, WARMED -> call.state.withPlace();
      case PRE_WARMED -> call.state.withImage();
      case COLD -> index.all();
    };
  }

  private String reason(Call call, Decision.Reject reject) {
    if (reject != Decision.NO_NODE) {
      return reject.reason();
    }
    return reject.reason() + ": " + loads.reasons(node -> whyNot(call, node));
  }

  /** Why this node was not offered; empty: it was. */
  private String whyNot(Call call, NodeState node) {
    if (call.past.nodes().contains(node)) {
      return node.name() + " was tried by this call";
    }
    return loads.whyNot(node, loop.nowNanos());
  }
}
