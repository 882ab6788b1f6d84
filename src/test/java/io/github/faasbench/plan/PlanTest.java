package io.github.faasbench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Experiments;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlanTest {

  /** An experiment with two functions, two warmings, and the given policies and repetitions. */
  private static Experiment experiment(
      long seed, String order, int repetitions, List<String> policies) {
    return Experiments.of(
        """
        name: e
        nodes: [{name: a, host: h, user: u}]
        functions:
          - {name: f, image: image-f, command: ["true"]}
          - {name: g, image: image-g, command: ["true"]}
        policy: [least-used]
        warming: [cold, warmed]
        invocations: 10
        """,
        "seed=" + seed,
        "order=" + order,
        "repetitions=" + repetitions,
        "policy=" + policies);
  }

  private static List<String> order(long seed) {
    return Plan.of(experiment(seed, "interleaved", 2, List.of("least-used", "most-used")))
        .cells()
        .stream()
        .map(cell -> cell.repetition() + " " + cell.id())
        .toList();
  }

  @Test
  void everyRepetitionHoldsEveryCombinationOnce() {
    Plan plan = Plan.of(experiment(42, "interleaved", 3, List.of("least-used", "most-used")));
    assertThat(plan.cells()).hasSize(2 * 2 * 2 * 3);
    assertThat(plan.invocations()).isEqualTo(240);
    for (int repetition = 1; repetition <= 3; repetition++) {
      int number = repetition;
      List<String> ids =
          plan.cells().subList(8 * (number - 1), 8 * number).stream().map(Cell::id).toList();
      assertThat(new TreeSet<>(ids)).hasSize(8);
    }
  }

  @Test
  void theOrderFollowsFromTheSeedAlone() {
    assertThat(order(42)).isEqualTo(order(42)).isNotEqualTo(order(43));
    assertThat(order(42)).isNotEqualTo(order(42).stream().sorted().toList());
  }

  @Test
  void asWrittenKeepsTheOrderOfTheFile() {
    Plan plan = Plan.of(experiment(42, "as-written", 1, List.of("least-used", "most-used")));
    assertThat(plan.cells())
        .extracting(
            cell -> cell.functions().get(0).name() + " " + cell.policy() + " " + cell.warming())
        .containsExactly(
            "f least-used cold",
            "f least-used warmed",
            "f most-used cold",
            "f most-used warmed",
            "g least-used cold",
            "g least-used warmed",
            "g most-used cold",
            "g most-used warmed");
  }

  @Test
  void policyAndWarmingMeetTheSameLoadAndRepetitionsDoNot() {
    Plan plan = Plan.of(experiment(42, "as-written", 2, List.of("least-used", "most-used")));
    List<Seeds> first = plan.cells().subList(0, 4).stream().map(Cell::seeds).distinct().toList();
    assertThat(first).hasSize(1);
    assertThat(plan.cells().get(8).seeds()).isNotEqualTo(first.get(0));
    Seeds seeds = first.get(0);
    assertThat(
            new TreeSet<>(
                List.of(seeds.arrivals(), seeds.service(), seeds.starts(), seeds.policy())))
        .hasSize(4);
  }

  @Test
  void aCellsIdStaysTheSameOverRepetitionsAndSeeds() {
    Plan one = Plan.of(experiment(1, "as-written", 2, List.of("least-used")));
    Plan two = Plan.of(experiment(2, "as-written", 1, List.of("least-used", "round-robin")));
    assertThat(one.cells().get(0).id()).isEqualTo(one.cells().get(4).id());
    assertThat(one.cells().get(0).id()).isEqualTo(two.cells().get(0).id());
  }

  private static List<String> notes(String... overrides) {
    String text =
        """
        name: e
        nodes: [{name: a, host: h, user: u, cpu: 1}]
        functions: [{name: f, image: i, command: [run], model: {exec: 1s}}]
        policy: round-robin
        warming: [cold, warmed]
        """;
    return Plan.of(Experiments.of(text, overrides)).notes();
  }

  @Test
  void fewBlocksOfRealNodesAreSaidToDescribeAndNotToTest() {
    assertThat(notes("repetitions=4"))
        .containsExactly(
            "each repetition on real nodes is one block of time, and there are 4: with fewer than 5"
                + ", differences are described, not tested; set repetitions: 5");
    assertThat(notes())
        .singleElement()
        .asString()
        .startsWith("each repetition on real nodes is one block of time, and there is 1: with");
    assertThat(notes("repetitions=5")).isEmpty();
    assertThat(notes("backend=sim")).isEmpty();
    assertThat(notes("warming=cold")).isEmpty(); // there is nothing to compare
    assertThat(notes("warming=cold", "keepAlive=[none, {fixed: {ttl: 1m}}]")).hasSize(1);
  }

  @Test
  void tooFewCallsForAnIntervalAreSaidBefore() {
    assertThat(notes("backend=sim", "invocations=19"))
        .containsExactly(
            "2 of 2 cells have fewer than 20 calls over all repetitions, too few for an interval;"
                + " raise invocations or repetitions");
    assertThat(notes("backend=sim", "invocations=19", "warming=cold"))
        .singleElement()
        .asString()
        .startsWith("1 of 1 cell has fewer than 20 calls");
    assertThat(notes("backend=sim", "invocations=20")).isEmpty();
    assertThat(notes("backend=sim", "invocations=4", "repetitions=5")).isEmpty();
    assertThat(notes("invocations=4", "repetitions=4")).hasSize(2);
  }
}
