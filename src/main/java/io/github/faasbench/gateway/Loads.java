package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.policy.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes nodes' loads into the registry: asks for them, or is told where nodes push them. */
final class Loads {

  /** Nodes of which it is said why they can't be chosen. */
  private static final int MOST_NAMED = 8;

  private final ClusterIndex index;
  private final Breaker breaker;
  private final double ramThreshold;
  private final boolean pushed;

  /** Whether a reading decides at once who may be chosen. */
  private final boolean filters;

  /**
   * @param breaker told of readings that fail
   * @param ramThreshold percent; a node is eligible strictly below it, and only with a reading
   * @param pushed whether nodes push their loads, so that nobody is ever asked
   * @param comparing whether the policy compares readings, and so needs all before it chooses
   */
  Loads(
      ClusterIndex index, Breaker breaker, double ramThreshold, boolean pushed, boolean comparing) {
    this.index = index;
    this.breaker = breaker;
    this.ramThreshold = ramThreshold;
    this.pushed = pushed;
    filters = pushed || comparing;
    if (pushed) {
      index.nodes().forEach(node -> index.eligible(node, false)); // until its first reading
    }
  }

  /** Why calls can't go to that node; empty: they can. */
  String whyNot(NodeState node, long nowNanos) {
    return node.eligible && eligible(node) ? "" : node.whyNot(ramThreshold, nowNanos);
  }

  /**
   * What is said of the nodes, for whoever found none; of many only of the first.
   *
   * @param why of a node; empty: nothing
   */
  String reasons(Function<NodeState, String> why) {
    List<String> reasons = new ArrayList<>();
    for (NodeState node : index.nodes()) {
      String its = why.apply(node);
      if (!its.isEmpty() && reasons.size() == MOST_NAMED) {
        reasons.add("and others");
        break;
      }
      if (!its.isEmpty()) {
        reasons.add(its);
      }
    }
    return String.join("; ", reasons);
  }

  boolean pushed() {
    return pushed;
  }

  /** Reads all these nodes at once; answers when the last reading is there or has failed. */
  void read(List<NodeState> nodes, Runnable done) {
    if (pushed || nodes.isEmpty()) {
      done.run();
      return;
    }
    ask(nodes, done);
  }

  /** Where loads are pushed: waits for the first of each node that is there, or its failure. */
  void await(Runnable done) {
    List<NodeState> unknown =
        pushed ? index.inUse().stream().filter(node -> !node.hasReading()).toList() : List.of();
    if (unknown.isEmpty()) {
      done.run();
    } else {
      ask(unknown, done);
    }
  }

  private void ask(List<NodeState> nodes, Runnable done) {
    int[] left = {nodes.size()};
    Runnable one =
        () -> {
          if (--left[0] == 0) {
            done.run();
          }
        };
    for (NodeState node : nodes) {
      node.node.load(
          new Callback<>() {
            @Override
            public void done(LoadReading reading) {
              breaker.loadRead(node);
              took(node, reading.cpuPercent(), reading.ramPercent(), reading.takenAtNanos());
              one.run();
            }

            @Override
            public void failed(NodeFailure failure) {
              unread(node, Optional.of(failure));
              one.run();
            }
          });
    }
  }

  /** The answer to a question that no decision asked; where loads are pushed, only pushes count. */
  void answered(NodeState node, LoadReading reading) {
    if (!pushed) {
      took(node, reading.cpuPercent(), reading.ramPercent(), reading.takenAtNanos());
    }
  }

  /** Its load is not known any more. */
  void unread(NodeState node, Optional<NodeFailure> failure) {
    failure.ifPresent(why -> breaker.loadFailed(node, why));
    node.notRead(failure.map(NodeFailure::message).orElse(""));
    index.changed(node, Signal.CPU);
    ramChanged(node);
  }

  /** A reading came; true when calls may go to the node from now on and could not before. */
  boolean took(NodeState node, double cpuPercent, double ramPercent, long takenAtNanos) {
    boolean cpuChanged = cpuPercent != node.cpuPercent();
    boolean ramChanged = ramPercent != node.ramPercent();
    boolean before = node.eligible;
    node.read(cpuPercent, ramPercent, takenAtNanos);
    if (cpuChanged) {
      index.changed(node, Signal.CPU);
    }
    if (ramChanged) {
      ramChanged(node);
    }
    return node.eligible && !before;
  }

  boolean eligible(NodeState node) {
    return node.ramPercent() < ramThreshold;
  }

  private void ramChanged(NodeState node) {
    if (filters) {
      index.eligible(node, eligible(node));
    }
    index.changed(node, Signal.RAM);
  }
}
