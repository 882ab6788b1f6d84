package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.sim.SimCluster;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans on clusters of their own for each cell. */
class SimulatedCellsTest {

  private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

  private final TestRun on = new TestRun();
  private final List<SimCluster> made = new ArrayList<>();

  private static Experiment experiment(String... overrides) {
    return Experiments.of(
        """
        name: e
        backend: sim
        nodes: {count: 4, cpu: 1, slots: 1}
        functions:
          - {name: f, model: {pull: 1s, start: 1s, exec: 3s}}
        policy: round-robin
        warming: [cold, pre-warmed, warmed]
        workload: {closed: {clients: 6}}
        invocations: 50
        """,
        overrides);
  }

  private Clusters simulated(Experiment experiment) {
    return cell -> {
      made.add(
          new SimCluster(
              experiment.nodes(),
              cell.functions(),
              Duration.ZERO,
              new SimCluster.Seeds(cell.seeds().service(), cell.seeds().starts())));
      return made.get(made.size() - 1);
    };
  }

  private void run(Experiment experiment) throws Exception {
    on.run(Plan.of(experiment), simulated(experiment));
  }

  @Test
  void everyCellBeginsOnNewNodesAtTimeZero() throws Exception {
    Experiment experiment = experiment();
    run(experiment);
    assertThat(made).hasSize(3);
    assertThat(on.rows).hasSize(150);
    for (String warming : List.of("cold", "pre-warmed", "warmed")) {
      assertThat(on.rows.stream().filter(row -> row.warming().equals(warming)).toList().get(0))
          .satisfies(
              row ->
                  // One second for the image, one for the container, before the load.
                  assertThat(Duration.between(BEGINNING, row.arrivedAt()))
                      .isLessThanOrEqualTo(Duration.ofSeconds(2)));
    }
  }

  @Test
  void anInterruptEndsTheCallsOfTheCellAndNoOtherCellBegins() throws Exception {
    on.interruptAfter = 10;
    run(experiment());
    assertThat(made).hasSize(1);
    assertThat(on.rows.size()).isBetween(10, 16);
    assertThat(on.rows.subList(0, 10)).extracting(row -> row.outcome()).containsOnly(Outcome.OK);
    assertThat(on.rows.subList(10, on.rows.size()))
        .extracting(row -> row.outcome())
        .containsOnly(Outcome.LOST);
  }

  @Test
  void aTimeoutEndsACallThatWaitsOnItsNode() throws Exception {
    Experiment experiment = experiment("timeout=5s", "warming=pre-warmed");
    run(experiment);
    assertThat(on.rows).extracting(row -> row.outcome()).contains(Outcome.OK, Outcome.TIMEOUT);
    assertThat(on.rows)
        .filteredOn(row -> row.outcome() == Outcome.TIMEOUT)
        .allSatisfy(row -> assertThat(row.latencySeconds()).isEqualTo(5));
  }

  @Test
  void aBrokenLawIsABug() {
    var fake = new FakeCluster("n1", "n2", "n3", "n4");
    Cluster broken = new BrokenCluster(fake);
    assertThatThrownBy(() -> on.run(Plan.of(experiment("warming=cold")), broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a law is broken");
    assertThat(on.rows).hasSize(50);
  }

  /** One that finds at the end that its books are wrong. */
  private record BrokenCluster(FakeCluster fake) implements Cluster {
    @Override
    public EventLoop loop() {
      return fake.loop();
    }

    @Override
    public List<Node> nodes() {
      return fake.nodes();
    }

    @Override
    public void verify() {
      throw new IllegalStateException("a law is broken");
    }

    @Override
    public void close() {}
  }
}
