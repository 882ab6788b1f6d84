package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan carried out on fake nodes, from the first clean-up to the last. */
class PlanRunnerTest {

  private final TestRun on = new TestRun();

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

  @Test
  void afterARunTheToolOwnsNoImageAnyMore() throws Exception {
    on.run(experiment("sequential", 1));
    assertThat(on.owned).isEmpty();
  }

  @Test
  void everyCellGivesItsRowsInItsModeAndLeavesTheNodesClean() throws Exception {
    on.run(experiment("sequential", 1));
    assertThat(on.rows).hasSize(2 * 3 * 8);
    assertThat(on.rows).allSatisfy(row -> assertThat(row.mode()).isEqualTo(row.warming()));
    assertThat(on.rows)
        .filteredOn(row -> row.mode().equals("cold"))
        .allSatisfy(row -> assertThat(row.layersPresent()).isZero());
    for (String function : List.of("f", "g")) {
      for (String node : List.of("n1", "n2", "n3", "n4")) {
        assertThat(on.rows)
            .filteredOn(
                row ->
                    row.function().equals(function)
                        && row.mode().equals("cold")
                        && row.node().equals(node))
            .hasSize(2);
      }
    }
    on.assertClean();
  }

  @Test
  void nodesAreToldOfALoadWhenAllIsPreparedAndNothingIsCalledYet() throws Exception {
    List<Integer> containers = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    on.cluster.whenLoadBegins =
        () -> {
          containers.add(on.cluster.fake("n1").containers.size());
          rows.add(on.rows.size());
        };
    on.run(experiment("sequential", 4));
    assertThat(rows).containsExactly(0, 8, 16, 24, 32, 40);
    // The two warmed cells, wherever they come.
    assertThat(containers).containsExactlyInAnyOrder(0, 0, 0, 0, 1, 1);
  }

  @Test
  void clientsOfAClosedLoopCallAtOnceAndOnManyNodes() throws Exception {
    on.run(experiment("closed(clients=4)", 4));
    assertThat(on.rows).hasSize(48);
    assertThat(on.rows)
        .filteredOn(row -> row.warming().equals("warmed"))
        .allSatisfy(row -> assertThat(row.mode()).isEqualTo("warmed"));
    // Four clients at once: the eight cold calls of a cell take two rounds, not eight.
    List<Invocation> cold =
        on.rows.stream().filter(r -> r.mode().equals("cold") && r.function().equals("f")).toList();
    assertThat(
            java.time.Duration.between(
                cold.get(0).arrivedAt(), cold.get(cold.size() - 1).arrivedAt()))
        .isLessThan(java.time.Duration.ofSeconds(5));
    on.assertClean();
  }

  @Test
  void aForeignImageIsNeverRemovedAndRefusesAColdCell() {
    on.cluster.fake("n2").images.put("localhost:5055/f:latest", "foreign");
    assertThatThrownBy(() -> on.run(experiment("sequential", 1)))
        .isInstanceOf(RunRefused.class)
        .hasMessageContaining("n2: image localhost:5055/f")
        .hasMessageContaining("Remove it there yourself");
    assertThat(on.cluster.fake("n2").images).containsKey("localhost:5055/f:latest");
  }

  @Test
  void whatAnEarlierRunLeftIsRemovedAndWhatOthersMadeStays() throws Exception {
    var labels = Map.of("io.github.faasbench", "1", "io.github.faasbench.run", "old");
    var ours = new Inventory.Container("1", "left", "localhost:5055/f", labels, true);
    var foreign =
        new Inventory.Container(
            "2", "theirs", "their-tag-of-our-image", Map.of("io.github.faasbench", "1"), true);
    on.cluster.fake("n1").containers.put("left", ours);
    on.cluster.fake("n1").containers.put("theirs", foreign);
    on.cluster.fake("n1").images.put("localhost:5055/f:latest", "ours");
    on.owned.add("n1 localhost:5055/f");
    on.run(experiment("sequential", 1));
    assertThat(on.cluster.fake("n1").containers).containsOnlyKeys("theirs");
    assertThat(on.cluster.fake("n1").images).isEmpty();
  }

  @Test
  void anInterruptKeepsTheRowsAndLeavesTheNodesClean() throws Exception {
    on.interruptAfter = 10;
    on.run(experiment("closed(clients=3)", 1));
    assertThat(on.rows.size()).isBetween(10, 13);
    assertThat(on.rows.subList(0, 10))
        .extracting(Invocation::outcome)
        .containsOnly(Invocation.Outcome.OK);
    on.assertClean();
  }

  /** A pull of hours, before the load: the run does not wait for it. */
  @Test
  void anInterruptWhileAnImageIsPulledIsHeard() throws Exception {
    on.interruptInPreparation = true;
    for (String name : List.of("n1", "n2", "n3", "n4")) {
      on.cluster.fake(name).pullNanos = Duration.ofHours(5).toNanos();
    }
    on.run(experiment("sequential", 4));
    assertThat(on.rows).isEmpty();
    assertThat(on.cluster.pullsEnded).isTrue();
    assertThat(on.cluster.loop().nowNanos()).isLessThan(Duration.ofMinutes(1).toNanos());
    on.assertClean();
  }

  @Test
  void aNodeThatCannotBeSweptKeepsNoOtherFromIt() {
    var labels = Map.of("io.github.faasbench", "1", "io.github.faasbench.run", "old");
    for (String name : List.of("n1", "n2", "n3", "n4")) {
      on.cluster
          .fake(name)
          .containers
          .put("left", new Inventory.Container("1", "left", "f", labels, true));
    }
    on.cluster.fake("n2").down = NodeFailure.Kind.UNREACHABLE;
    Experiment experiment = experiment("sequential", 1);
    assertThatThrownBy(() -> on.run(experiment)).isInstanceOf(NodeTrouble.class);
    for (String name : List.of("n1", "n3", "n4")) {
      assertThat(on.cluster.fake(name).containers).as(name).isEmpty();
    }
    assertThat(on.unclean()).containsExactly("n2");
  }

  @Test
  void aRecordThatCannotBeKeptEndsTheRunAndLeavesTheNodesClean() {
    on.failAfter = 5;
    Experiment experiment = experiment("closed(clients=3)", 1);
    assertThatThrownBy(() -> on.run(experiment))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(on.rows).hasSize(5);
    on.assertClean();
    assertThat(on.owned).isEmpty();
  }

  @Test
  void aNodeThatCannotBePreparedEndsTheRunWithItsMessage() {
    for (String name : List.of("n1", "n2", "n3", "n4")) {
      on.cluster.fake(name).pullFails = true;
    }
    Experiment all = experiment("sequential", 1);
    assertThatThrownBy(() -> on.run(all))
        .isInstanceOf(NodeTrouble.class)
        .hasMessageContaining("could not be prepared")
        .hasMessageContaining("no such image");
    on.assertClean();
  }
}
