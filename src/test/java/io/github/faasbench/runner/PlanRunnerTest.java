package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.plan.Cell;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan carried out on fake nodes, from the first clean-up to the last. */
class PlanRunnerTest {

  private final TestRun on = new TestRun();

  private static final String FILE =
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
        """;

  private static Experiment experiment(String workload, int warmReplicas) {
    return Experiments.of(FILE, "workload=" + workload, "warmReplicas=" + warmReplicas);
  }

  private static Experiment only(String warming) {
    return Experiments.of(FILE, "warming=" + warming);
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
  void theListenerIsToldOfEachCellItsStagesAndItsEnd() throws Exception {
    Experiment experiment =
        Experiments.of(
            """
            name: e
            nodes: [{name: n1, host: h, user: u, cpu: 0.5}]
            functions: [{name: f, image: "localhost:5055/f", command: ["true"]}]
            policy: round-robin
            warming: [cold, warmed]
            order: as-written
            invocations: 3
            """);
    on.run(experiment);
    List<String> cell =
        List.of("cleaning", "preparing", "invoking", "cleaning", "on disk", "ended");
    List<String> both = new ArrayList<>(List.of("cell 1/2"));
    both.addAll(cell);
    both.add("cell 2/2");
    both.addAll(cell);
    assertThat(on.told).isEqualTo(both);
    assertThat(on.outputs).isEmpty();
    assertThat(on.attempts).isEmpty();
  }

  @Test
  void ofCallsThatFailTheOutputAndTheirAttemptsAreKept() throws Exception {
    on.cluster.fake("n2").exitCode = 3;
    on.run(experiment("sequential", 1));
    long failed =
        on.rows.stream().filter(row -> row.outcome() == Invocation.Outcome.FAILED).count();
    assertThat(failed).isPositive();
    assertThat(on.outputs).hasSize((int) failed).containsOnly("Ok\n");
    assertThat(on.attempts).hasSize((int) failed).containsOnly(1);
  }

  /** One that holds the second cell for done. */
  private static final class Kept implements CellJournal {
    final List<String> lines = new ArrayList<>();

    @Override
    public boolean isDone(Cell cell) {
      return lines.size() == 2;
    }

    @Override
    public void started(Cell cell) {
      lines.add("started");
    }

    @Override
    public void ended(Cell cell, long rows) {
      lines.add("ended " + rows);
    }
  }

  @Test
  void theJournalIsToldOfEachCellThatMadeAllItsCalls() throws Exception {
    var journal = new Kept();
    on.journal = journal;
    on.run(experiment("sequential", 1));
    assertThat(journal.lines).containsExactly("started", "ended 8");
    assertThat(on.rows).as("the others are done").hasSize(8);
  }

  @Test
  void aCellThatWasInterruptedHasNotEndedInTheJournal() throws Exception {
    var journal = new Kept();
    on.journal = journal;
    on.interruptAfter = 3;
    on.run(experiment("closed(clients=2)", 1));
    assertThat(journal.lines).containsExactly("started");
  }

  /** Each by its node's name, and nothing of others'. */
  @Test
  void aSweepSaysWhatItRemovedAndTheNextOneFindsNothing() throws Exception {
    var labels = Map.of("io.github.faasbench.run", "old");
    var left = new Inventory.Container("1", "left", "localhost:5055/f", labels, true);
    var theirs = new Inventory.Container("2", "theirs", "localhost:5055/f:latest", Map.of(), true);
    var foreign = new Inventory.Container("3", "foreign", "another", Map.of(), true);
    on.cluster.fake("n1").containers.put("left", left);
    on.cluster.fake("n2").containers.put("theirs", theirs);
    on.cluster.fake("n2").containers.put("foreign", foreign);
    on.cluster.fake("n3").images.put("localhost:5055/f:latest", "ours");
    on.cluster.fake("n4").images.put("localhost:5055/f:latest", "not ours");
    on.owned.add("n3 localhost:5055/f");
    var sweeper = new Sweeper(on.cluster, on.ownership());
    var images = Set.of("localhost:5055/f");
    assertThat(sweeper.leftovers(images))
        .containsExactly(
            "n1: container left",
            "n2: container theirs",
            "n3: image localhost:5055/f",
            "n4: image localhost:5055/f");
    assertThat(sweeper.sweep(images))
        .containsExactly("n1: container left", "n3: image localhost:5055/f");
    assertThat(sweeper.sweep(images)).isEmpty();
    assertThat(sweeper.leftovers(images))
        .containsExactly("n2: container theirs", "n4: image localhost:5055/f");
    sweeper.forgetGone(images);
    assertThat(on.owned).isEmpty();
  }

  @Test
  void anImageThatWasThereIsToldWhereACellMayMeetIt() throws Exception {
    on.cluster.fake("n2").images.put("localhost:5055/f:latest", "foreign");
    Experiment warm =
        Experiments.of(
            """
            name: e
            nodes: [{name: n1, host: h, user: u, cpu: 1}, {name: n2, host: i, user: u, cpu: 1}]
            functions: [{name: f, image: "localhost:5055/f", command: ["true"]}]
            policy: round-robin
            warming: warmed
            invocations: 3
            """);
    on.run(warm);
    assertThat(on.rows).hasSize(3);
    assertThat(on.warnings)
        .anyMatch(line -> line.endsWith("and stays: n2: image localhost:5055/f"));
    assertThat(on.cluster.fake("n2").images).containsKey("localhost:5055/f:latest");
    assertThat(on.cluster.fake("n1").images).isEmpty();
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
  void anImageThatTheToolBuiltOnANodesEngineIsNotToldAsSomebodyElses() throws Exception {
    on.cluster.fake("n1").images.put("localhost:5055/f:latest", "ours");
    on.cluster.fake("n2").images.put("localhost:5055/f:latest", "theirs");
    on.built.add("n1 localhost:5055/f");
    assertThatThrownBy(() -> on.run(only("cold")))
        .isInstanceOf(RunRefused.class)
        .hasMessageContaining("not made by faasbench:\n  n2: image localhost:5055/f\n")
        .hasMessageContaining("since faasbench built it on that engine:\n  n1: image")
        .hasMessageContaining("Give the image a name in a registry");
    on.run(only("pre-warmed"));
    assertThat(on.warnings)
        .hasSize(2)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("since faasbench built it there", "n1: image")
                    .doesNotContain("n2"))
        .anySatisfy(
            warning -> assertThat(warning).contains("before faasbench", "n2").doesNotContain("n1"));
    assertThat(on.cluster.fake("n1").images).isNotEmpty(); // it stays: others may use it
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
