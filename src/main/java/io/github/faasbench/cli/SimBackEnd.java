package io.github.faasbench.cli;

import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.cluster.sim.SimCluster;
import io.github.faasbench.experiment.EventSpec;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.runner.Answers;
import io.github.faasbench.runner.Clusters;
import io.github.faasbench.runner.ImageOwnership;
import io.github.faasbench.runner.NodeTrouble;
import io.github.faasbench.runner.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Simulated nodes: new ones for each cell, of which nothing stays. */
final class SimBackEnd implements BackEnd {

  private final Experiment experiment;
  private final Map<String, NodeFacts> facts;

  SimBackEnd(Experiment experiment) throws NodeTrouble, InterruptedException {
    this.experiment = experiment;
    try (SimCluster cluster = cluster(List.of(), new SimCluster.Seeds(0, 0))) {
      facts = Answers.of(cluster, Node::describe);
    }
  }

  @Override
  public Environment environment(Instant startedAt) {
    Map<String, String> models = new LinkedHashMap<>();
    for (FunctionSpec function : experiment.functions()) {
      function.model().ifPresent(model -> models.put("model of " + function.name(), model.text()));
    }
    return Surroundings.ofSimulation(experiment, facts, models, startedAt);
  }

  @Override
  public Map<String, String> engines() {
    return Map.of();
  }

  @Override
  public Clusters clusters(RunListener listener) {
    return cell -> cluster(cell.functions(), seeds(cell));
  }

  /** All that is on a simulated node was put there by the tool. */
  @Override
  public ImageOwnership ownership() {
    return new ImageOwnership() {
      @Override
      public boolean owns(String node, String image) {
        return true;
      }

      @Override
      public void own(String node, String image) {}

      @Override
      public void gone(String node, String image) {}
    };
  }

  @Override
  public void close() {}

  private static SimCluster.Seeds seeds(Cell cell) {
    return new SimCluster.Seeds(cell.seeds().service(), cell.seeds().starts());
  }

  private SimCluster cluster(List<FunctionSpec> functions, SimCluster.Seeds seeds) {
    Object interval = experiment.loadProbe().parameters().get("interval");
    return new SimCluster(
        experiment.nodes(),
        functions,
        interval instanceof Duration duration ? duration : Duration.ZERO,
        seeds,
        experiment.events().stream()
            .filter(event -> event.action().isFault())
            .map(EventSpec::node)
            .collect(Collectors.toSet()));
  }
}
