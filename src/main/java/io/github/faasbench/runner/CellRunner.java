package io.github.faasbench.runner;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.StandstillException;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.gateway.Call;
import io.github.faasbench.gateway.CellContext;
import io.github.faasbench.gateway.Gateway;
import io.github.faasbench.gateway.GatewaySettings;
import io.github.faasbench.gateway.Warmer;
import io.github.faasbench.metrics.CellStop;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.NodeEvent;
import io.github.faasbench.plan.Arrivals;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Carries out one cell: cleanup, prepare, invoke, and clean-up again; each step verified. */
final class CellRunner {

  private final Cluster cluster;
  private final Plan plan;
  private final Experiment experiment;
  private final Sweeper sweeper;
  private final ImageOwnership ownership;
  private final RunListener listener;
  private final Stopping stopping;

  CellRunner(
      Cluster cluster,
      Plan plan,
      ImageOwnership ownership,
      RunListener listener,
      Stopping stopping) {
    this.cluster = cluster;
    this.plan = plan;
    this.experiment = plan.experiment();
    this.ownership = ownership;
    this.listener = listener;
    this.stopping = stopping;
    sweeper = new Sweeper(cluster, ownership);
  }

  /**
   * Runs the cell to its end, to where it has enough calls, or to the interrupt. What a policy does
   * that it may not ends the cell as an interrupt does, and is thrown after that.
   *
   * @return whether it made all its calls
   */
  boolean run(
      Cell cell,
      CellPolicies policies,
      CellContext context,
      Map<String, String> engineOf,
      CellStop stop,
      Consumer<Call.Finished> recorded,
      Consumer<ContainerLife> lives,
      Consumer<NodeEvent> happened)
      throws RunRefused, NodeTrouble, InterruptedException, IOException {
    Set<String> images = cell.images();
    BooleanSupplier stopped = () -> stopping.asked() || policies.failure().get() != null;
    listener.stage(cell, "cleaning");
    stopping.soil(cluster);
    sweeper.sweep(images);
    new CleanProof(cluster, sweeper, ownership, listener::warning).of(cell, images);
    Preparation preparation = policies.warming().preparation();
    var gateway =
        new Gateway(
            cluster,
            settings(context, engineOf, preparation, policies.reuse()),
            context,
            policies.scheduling(),
            policies.keepAlive(),
            policies.queueOrder(),
            lives,
            listener::warning);
    List<Warmer> warmers =
        cell.functions().stream()
            .map(function -> new Warmer(gateway, function, preparation))
            .toList();
    var course = new EventCourse(cell, context.run(), cluster.loop(), listener, happened);
    var events = new EventSchedule(experiment.events(), cluster, gateway, course, stopping);
    boolean whole = false;
    try {
      if (!stopped.getAsBoolean()) {
        awaitLoads(gateway);
        prepare(cell, warmers);
        loadAhead(cell, gateway, policies.keepAlive());
      }
      if (!stopped.getAsBoolean()) {
        whole = invoke(cell, gateway, events, stop, stopped, recorded);
      }
    } finally {
      listener.stage(cell, "cleaning");
      gateway.end();
      try {
        events.end();
        if (!experiment.events().isEmpty()) {
          sweeper.sweep(Set.of()); // a fault leaves containers that hold the images of the warmed
        }
        release(warmers);
      } finally {
        sweeper.sweep(images, stopping::cleaned);
      }
    }
    RuntimeException failure = policies.failure().get();
    if (failure != null) {
      throw failure;
    }
    return whole;
  }

  /** Or the first calls would find no node, only since nothing had been heard of any. */
  private void awaitLoads(Gateway gateway) throws InterruptedException {
    boolean[] known = {false};
    gateway.whenLoadsKnown(() -> known[0] = true);
    stopping.await(cluster, () -> known[0]);
  }

  private void prepare(Cell cell, List<Warmer> warmers) throws NodeTrouble, InterruptedException {
    listener.stage(cell, "preparing");
    for (Warmer warmer : warmers) {
      List<List<String>> answer = new ArrayList<>();
      warmer.prepare(experiment.warmReplicas(), answer::add);
      stopping.await(cluster, () -> !answer.isEmpty());
      if (stopping.asked()) {
        return; // what was begun goes with the sweep
      }
      if (!answer.get(0).isEmpty()) {
        throw new NodeTrouble(
            "cell " + cell.title() + " could not be prepared: " + String.join("; ", answer.get(0)));
      }
    }
  }

  private void loadAhead(Cell cell, Gateway gateway, KeepAlivePolicy keepAlive)
      throws NodeTrouble, InterruptedException {
    if (keepAlive.atStart() == 0) {
      return;
    }
    for (FunctionSpec function : cell.functions()) {
      List<String> answer = new ArrayList<>();
      gateway.loadAhead(function, answer::add);
      stopping.await(cluster, () -> !answer.isEmpty());
      if (stopping.asked()) {
        return;
      }
      if (!answer.get(0).isEmpty()) {
        throw new NodeTrouble("cell " + cell.title() + " could not be prepared: " + answer.get(0));
      }
    }
  }

  private boolean invoke(
      Cell cell,
      Gateway gateway,
      EventSchedule events,
      CellStop stop,
      BooleanSupplier stopped,
      Consumer<Call.Finished> recorded)
      throws NodeTrouble, InterruptedException {
    listener.stage(cell, "invoking");
    // A record that can't be kept ends the cell, but only after its open calls have ended.
    RuntimeException[] lost = {null};
    Load[] running = {null};
    var warmUp = new WarmUp(experiment.warmUp());
    Consumer<Call.Finished> keep =
        finished -> {
          try {
            if (lost[0] == null) {
              Call.Finished marked = warmUp.marked(finished);
              recorded.accept(marked);
              if (!marked.invocation().inWarmUp() && stop.enough(marked.invocation())) {
                running[0].stop();
              }
            }
          } catch (RuntimeException e) {
            lost[0] = e;
          }
        };
    Optional<Arrivals> arrivals = plan.arrivals(cell);
    boolean whole;
    try {
      Load load =
          arrivals.isEmpty()
              ? new ClosedLoad(gateway, cluster.loop(), cell, keep)
              : new OpenLoad(gateway, cluster.loop(), cell, arrivals.get(), keep, e -> lost[0] = e);
      running[0] = load;
      cluster.loadBegins();
      events.start();
      warmUp.begins(cluster.loop());
      load.start();
      run(
          gateway,
          () -> load.done() || stopped.getAsBoolean() || lost[0] != null || events.failed());
      whole = load.done();
      if (whole) {
        events.tellMissed();
      } else {
        load.stop();
        gateway.close();
      }
      events.undo(); // or what is open on nodes that can't be reached would end late
      // Clean-up that ended later would do its work in the next cell.
      run(gateway, stopping.orNoPatience(() -> load.done() && gateway.settled()));
    } finally {
      arrivals.ifPresent(Arrivals::close);
    }
    if (lost[0] != null) {
      throw lost[0];
    }
    return whole;
  }

  /** In virtual time it shows when calls wait for what will never be: they are rejected. */
  private void run(Gateway gateway, BooleanSupplier done) throws InterruptedException {
    while (!done.getAsBoolean()) {
      try {
        cluster.loop().runUntil(done);
      } catch (StandstillException e) {
        if (!gateway.rejectWaiting()) {
          throw e;
        }
      }
    }
  }

  private void release(List<Warmer> warmers) throws InterruptedException {
    for (Warmer warmer : warmers) {
      List<List<String>> answer = new ArrayList<>();
      warmer.release(answer::add);
      stopping.await(cluster, () -> !answer.isEmpty());
      answer.stream().flatMap(List::stream).forEach(listener::warning);
    }
  }

  private GatewaySettings settings(
      CellContext context,
      Map<String, String> engineOf,
      Preparation preparation,
      RandomGenerator reuse) {
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
        experiment.nodes().stream().collect(Collectors.toMap(n -> n.name(), n -> n.memoryBytes())),
        experiment.retry(),
        experiment.breaker(),
        new GatewaySettings.Containers(
            preparation,
            experiment.containerConcurrency(),
            experiment.reuse(),
            experiment.busy(),
            reuse));
  }
}
