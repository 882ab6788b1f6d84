package io.github.faasbench.cli;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.policy.catalog.PolicyJars;
import io.github.faasbench.runner.CellPolicies;
import io.github.faasbench.runner.Clusters;
import io.github.faasbench.runner.PlanRunner;
import io.github.faasbench.runner.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Carries simulated experiments out in memory, wired as the command wires them. Policies and nodes
 * may be replaced on the way, to break them.
 *
 * @param policies what becomes of a cell's policies
 * @param cluster what becomes of a cell's nodes
 */
public record Simulated(UnaryOperator<CellPolicies> policies, UnaryOperator<Cluster> cluster) {

  /** As it is. */
  public static final Simulated REAL =
      new Simulated(UnaryOperator.identity(), UnaryOperator.identity());

  /** The rows of all cells of an experiment file, in the order in which the calls ended. */
  public List<Invocation> rows(String text, String... overrides) {
    List<Invocation> rows = new ArrayList<>();
    run(
        text,
        new RecordSink() {
          @Override
          public void accept(Invocation row) {
            rows.add(row);
          }

          @Override
          public void close() {}
        },
        overrides);
    return rows;
  }

  /** Runs all cells of an experiment file, with overrides as of {@code --set}. */
  public void run(String text, RecordSink sink, String... overrides) {
    Plan plan = Plan.of(Experiments.of(Names.vocabulary(), text, overrides));
    try (BackEnd backEnd = new SimBackEnd(plan.experiment())) {
      Histories histories = Histories.read(plan.experiment());
      var listener = new RunListener() {};
      Clusters nodes = backEnd.clusters(listener);
      new PlanRunner(
              cell -> cluster.apply(nodes.of(cell)),
              plan,
              cell ->
                  policies.apply(
                      Names.policies(
                          cell, plan.experiment().queueOrder(), histories, PolicyJars.NONE)),
              backEnd.ownership(),
              listener)
          .run("oracle", backEnd.engines(), sink, (row, output) -> {});
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
