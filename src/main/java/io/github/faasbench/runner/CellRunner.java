package io.github.faasbench.runner;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.gateway.Call;
import io.github.faasbench.gateway.CellContext;
import io.github.faasbench.gateway.Gateway;
import io.github.faasbench.gateway.GatewaySettings;
import io.github.faasbench.gateway.Warmer;
import io.github.faasbench.plan.Cell;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Carries out one cell: cleanup, prepare, invoke, and clean-up again; each step verified. */
final class CellRunner {

  private final Cluster cluster;
  private final Experiment experiment;
  private final Sweeper sweeper;
  private final ImageOwnership ownership;
  private final RunListener listener;
  private final BooleanSupplier interrupted;

  CellRunner(
      Cluster cluster,
      Experiment experiment,
      ImageOwnership ownership,
      RunListener listener,
      BooleanSupplier interrupted) {
    this.cluster = cluster;
    this.experiment = experiment;
    this.ownership = ownership;
    this.listener = listener;
    this.interrupted = interrupted;
    sweeper = new Sweeper(cluster, ownership);
  }

  /** Runs the cell to its end, or to the interrupt. */
  void run(
      Cell cell,
      CellPolicies policies,
      CellContext context,
      Map<String, String> engineOf,
      Consumer<Call.Finished> recorded)
      throws RunRefused, NodeTrouble, InterruptedException, IOException {
    Set<String> image = Set.of(cell.functions().get(0).image());
    listener.stage(cell, "cleaning");
    sweeper.sweep(image);
    proveClean(cell, image);
    var gateway =
        new Gateway(
            cluster,
            settings(context, engineOf, policies.reuse()),
            context,
            policies.scheduling(),
            policies.keepAlive());
    var warmer = new Warmer(gateway, cell.functions().get(0), policies.warming().preparation());
    try {
      if (!interrupted.getAsBoolean()) {
        prepare(cell, warmer);
      }
      if (!interrupted.getAsBoolean()) {
        invoke(cell, gateway, recorded);
      }
    } finally {
      listener.stage(cell, "cleaning");
      gateway.end();
      try {
        release(warmer);
      } finally {
        sweeper.sweep(image);
      }
    }
  }

  /**
   * Before the load neither image nor container of the function is on any node. An image that was
   * there before the tool is never removed, so a cold cell that meets one is refused.
   */
  private void proveClean(Cell cell, Set<String> image)
      throws RunRefused, NodeTrouble, InterruptedException, IOException {
    List<String> leftovers = sweeper.leftovers(image);
    for (String leftover : leftovers) {
      if (cell.warming().name().equals("cold") || leftover.contains(": container ")) {
        throw new RunRefused(
            "cell "
                + cell.title()
                + " needs clean nodes, but there is, not made by faasbench:\n  "
                + String.join("\n  ", leftovers)
                + "\nRemove it there yourself (docker rm -f, docker rmi), or use another image.");
      }
    }
    if (!leftovers.isEmpty()) {
      listener.warning(
          "an image was there before faasbench and stays: " + String.join(", ", leftovers));
    }
    for (var node : cluster.nodes()) {
      String mine = cell.functions().get(0).image();
      if (!leftovers.contains(node.name() + ": image " + mine)) {
        ownership.own(node.name(), mine);
      }
    }
  }

  private void prepare(Cell cell, Warmer warmer) throws NodeTrouble, InterruptedException {
    listener.stage(cell, "preparing");
    List<List<String>> answer = new java.util.ArrayList<>();
    warmer.prepare(experiment.warmReplicas(), answer::add);
    cluster.loop().runUntil(() -> !answer.isEmpty());
    if (!answer.get(0).isEmpty()) {
      throw new NodeTrouble(
          "cell " + cell.title() + " could not be prepared: " + String.join("; ", answer.get(0)));
    }
  }

  private void invoke(Cell cell, Gateway gateway, Consumer<Call.Finished> recorded)
      throws InterruptedException {
    listener.stage(cell, "invoking");
    // A record that can't be kept ends the cell, but only after its open calls have ended.
    RuntimeException[] lost = {null};
    var load =
        new ClosedLoad(
            gateway,
            cluster.loop(),
            cell,
            finished -> {
              try {
                if (lost[0] == null) {
                  recorded.accept(finished);
                }
              } catch (RuntimeException e) {
                lost[0] = e;
              }
            });
    load.start();
    cluster.loop().runUntil(() -> load.done() || interrupted.getAsBoolean() || lost[0] != null);
    if (!load.done()) {
      load.stop();
      gateway.close();
      cluster.loop().runUntil(load::done);
    }
    if (lost[0] != null) {
      throw lost[0];
    }
  }

  private void release(Warmer warmer) throws InterruptedException {
    List<List<String>> answer = new java.util.ArrayList<>();
    warmer.release(answer::add);
    cluster.loop().runUntil(() -> !answer.isEmpty());
    answer.get(0).forEach(listener::warning);
  }

  private GatewaySettings settings(
      CellContext context, Map<String, String> engineOf, RandomGenerator reuse) {
    return new GatewaySettings(
        context.run(),
        experiment.ramThreshold(),
        experiment.whenNoNode() == Experiment.WhenNoNode.WAIT,
        experiment.timeout().map(java.time.Duration::toNanos),
        experiment.network().name().toLowerCase(java.util.Locale.ROOT),
        engineOf,
        ownership::owns,
        experiment.nodes().stream().collect(Collectors.toMap(n -> n.name(), n -> n.weight())),
        experiment.nodes().stream().collect(Collectors.toMap(n -> n.name(), n -> n.cpu())),
        experiment.nodes().stream()
            .collect(Collectors.toMap(n -> n.name(), n -> n.limits().slots())),
        new GatewaySettings.Containers(
            experiment.containerConcurrency(), experiment.reuse(), experiment.busy(), reuse));
  }
}
