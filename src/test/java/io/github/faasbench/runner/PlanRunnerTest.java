package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.policy.WarmingPolicy;
import io.github.faasbench.policy.keepalive.NoKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import io.github.faasbench.policy.warming.ColdWarming;
import io.github.faasbench.policy.warming.PreWarmedWarming;
import io.github.faasbench.policy.warming.WarmedWarming;
import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan carried out on fake nodes, from the first clean-up to the last. */
class PlanRunnerTest {

  private final FakeCluster cluster = new FakeCluster("n1", "n2", "n3", "n4");
  private final List<Invocation> rows = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> owned = new HashSet<>();
  private PlanRunner runner;

  private static Experiment experiment(String workload, int warmReplicas) {
    return Experiments.of(
        """
        name: e
        nodes:
          - &n {name: n1, host: h, user: u, cpu: 0.5}
          - {<<: *n, name: n2}
          - {<<: *n, name: n3}
          - {<<: *n, name: n4}
        functions:
          - {name: f, image: "localhost:5055/f", command: ["true"]}
          - {name: g, image: "localhost:5055/g", command: ["true"]}
        policy: round-robin
        warming: [cold, pre-warmed, warmed]
        invocations: 8
        """,
        "workload=" + workload,
        "warmReplicas=" + warmReplicas);
  }

  private static CellPolicies policies(Cell cell) {
    WarmingPolicy warming =
        switch (cell.warming().name()) {
          case "cold" -> new ColdWarming();
          case "pre-warmed" -> new PreWarmedWarming();
          default -> new WarmedWarming();
        };
    return new CellPolicies(new RoundRobinPolicy(), warming, new NoKeepAlive(), new Stream(1));
  }

  private void run(Experiment experiment) throws Exception {
    var ownership =
        new ImageOwnership() {
          @Override
          public boolean owns(String node, String image) {
            return owned.contains(node + " " + image);
          }

          @Override
          public void own(String node, String image) {
            owned.add(node + " " + image);
          }

          @Override
          public void gone(String node, String image) {
            owned.remove(node + " " + image);
          }
        };
    var listener =
        new RunListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }

          @Override
          public void recorded(Cell cell, Invocation invocation) {
            if (rows.size() == interruptAfter) {
              runner.interrupt();
            }
          }
        };
    runner =
        new PlanRunner(
            cell -> cluster, Plan.of(experiment), PlanRunnerTest::policies, ownership, listener);
    runner.run("run1", Map.of(), sink(), (row, output) -> {});
  }

  private int interruptAfter = -1;
  private int failAfter = -1;

  private RecordSink sink() {
    return new RecordSink() {
      @Override
      public void accept(Invocation invocation) throws IOException {
        if (rows.size() == failAfter) {
          throw new IOException("disk full");
        }
        rows.add(invocation);
      }

      @Override
      public void close() {}
    };
  }

  private void assertClean() {
    for (String name : List.of("n1", "n2", "n3", "n4")) {
      assertThat(cluster.fake(name).images).as(name).isEmpty();
      assertThat(cluster.fake(name).containers).as(name).isEmpty();
    }
  }

  @Test
  void afterARunTheToolOwnsNoImageAnyMore() throws Exception {
    run(experiment("sequential", 1));
    assertThat(owned).isEmpty();
  }

  @Test
  void everyCellGivesItsRowsInItsModeAndLeavesTheNodesClean() throws Exception {
    run(experiment("sequential", 1));
    assertThat(rows).hasSize(2 * 3 * 8);
    assertThat(rows).allSatisfy(row -> assertThat(row.mode()).isEqualTo(row.warming()));
    assertThat(rows)
        .filteredOn(row -> row.mode().equals("cold"))
        .allSatisfy(row -> assertThat(row.layersPresent()).isZero());
    for (String function : List.of("f", "g")) {
      for (String node : List.of("n1", "n2", "n3", "n4")) {
        assertThat(rows)
            .filteredOn(
                row ->
                    row.function().equals(function)
                        && row.mode().equals("cold")
                        && row.node().equals(node))
            .hasSize(2);
      }
    }
    assertClean();
  }

  @Test
  void clientsOfAClosedLoopCallAtOnceAndOnManyNodes() throws Exception {
    run(experiment("closed(clients=4)", 4));
    assertThat(rows).hasSize(48);
    assertThat(rows)
        .filteredOn(row -> row.warming().equals("warmed"))
        .allSatisfy(row -> assertThat(row.mode()).isEqualTo("warmed"));
    // Four clients at once: the eight cold calls of a cell take two rounds, not eight.
    List<Invocation> cold =
        rows.stream().filter(r -> r.mode().equals("cold") && r.function().equals("f")).toList();
    assertThat(
            java.time.Duration.between(
                cold.get(0).arrivedAt(), cold.get(cold.size() - 1).arrivedAt()))
        .isLessThan(java.time.Duration.ofSeconds(5));
    assertClean();
  }

  @Test
  void aForeignImageIsNeverRemovedAndRefusesAColdCell() {
    cluster.fake("n2").images.put("localhost:5055/f:latest", "foreign");
    assertThatThrownBy(() -> run(experiment("sequential", 1)))
        .isInstanceOf(RunRefused.class)
        .hasMessageContaining("n2: image localhost:5055/f")
        .hasMessageContaining("Remove it there yourself");
    assertThat(cluster.fake("n2").images).containsKey("localhost:5055/f:latest");
  }

  @Test
  void whatAnEarlierRunLeftIsRemovedAndWhatOthersMadeStays() throws Exception {
    var labels = Map.of("io.github.faasbench", "1", "io.github.faasbench.run", "old");
    var ours = new Inventory.Container("1", "left", "localhost:5055/f", labels, true);
    var foreign =
        new Inventory.Container(
            "2", "theirs", "their-tag-of-our-image", Map.of("io.github.faasbench", "1"), true);
    cluster.fake("n1").containers.put("left", ours);
    cluster.fake("n1").containers.put("theirs", foreign);
    cluster.fake("n1").images.put("localhost:5055/f:latest", "ours");
    owned.add("n1 localhost:5055/f");
    run(experiment("sequential", 1));
    assertThat(cluster.fake("n1").containers).containsOnlyKeys("theirs");
    assertThat(cluster.fake("n1").images).isEmpty();
  }

  @Test
  void anInterruptKeepsTheRowsAndLeavesTheNodesClean() throws Exception {
    interruptAfter = 10;
    run(experiment("closed(clients=3)", 1));
    assertThat(rows.size()).isBetween(10, 13);
    assertThat(rows.subList(0, 10))
        .extracting(Invocation::outcome)
        .containsOnly(Invocation.Outcome.OK);
    assertClean();
  }

  @Test
  void aRecordThatCannotBeKeptEndsTheRunAndLeavesTheNodesClean() {
    failAfter = 5;
    Experiment experiment = experiment("closed(clients=3)", 1);
    assertThatThrownBy(() -> run(experiment))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(rows).hasSize(5);
    assertClean();
    assertThat(owned).isEmpty();
  }

  @Test
  void aNodeThatCannotBePreparedEndsTheRunWithItsMessage() {
    for (String name : List.of("n1", "n2", "n3", "n4")) {
      cluster.fake(name).pullFails = true;
    }
    Experiment all = experiment("sequential", 1);
    assertThatThrownBy(() -> run(all))
        .isInstanceOf(NodeTrouble.class)
        .hasMessageContaining("could not be prepared")
        .hasMessageContaining("no such image");
    assertClean();
  }
}
