package io.github.faasbench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.FunctionSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlanTest {

  /** An experiment with two functions, the given warmings and repetitions. */
  public static Experiment experiment(
      long seed, Experiment.Order order, int repetitions, List<String> policies) {
    return new Experiment(
        Path.of("e.yaml"),
        "",
        "e",
        "",
        "ssh",
        seed,
        List.of(),
        Optional.empty(),
        Experiment.EngineKind.API,
        List.of(
            new FunctionSpec("f", "image-f", Optional.empty(), List.of("true"), Optional.empty()),
            new FunctionSpec("g", "image-g", Optional.empty(), List.of("true"), Optional.empty())),
        policies.stream().map(Choice::of).toList(),
        List.of(Choice.of("cold"), Choice.of("warmed")),
        List.of(Choice.of("sequential")),
        List.of(Choice.of("none")),
        10,
        Optional.empty(),
        repetitions,
        order,
        Experiment.Mix.SEPARATE,
        1,
        1,
        Experiment.Reuse.NEWEST,
        Experiment.Busy.SPILL,
        90,
        Choice.of("fresh"),
        Experiment.WhenNoNode.REJECT,
        Optional.empty(),
        Experiment.Network.BRIDGE,
        0,
        List.of());
  }

  private static List<String> order(long seed) {
    return Plan.of(experiment(seed, Experiment.Order.INTERLEAVED, 2, List.of("a", "b")))
        .cells()
        .stream()
        .map(cell -> cell.repetition() + " " + cell.id())
        .toList();
  }

  @Test
  void everyRepetitionHoldsEveryCombinationOnce() {
    Plan plan = Plan.of(experiment(42, Experiment.Order.INTERLEAVED, 3, List.of("a", "b")));
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
    Plan plan = Plan.of(experiment(42, Experiment.Order.AS_WRITTEN, 1, List.of("a", "b")));
    assertThat(plan.cells())
        .extracting(cell -> cell.functions().get(0).name() + cell.policy() + cell.warming())
        .containsExactly(
            "facold", "fawarmed", "fbcold", "fbwarmed", "gacold", "gawarmed", "gbcold", "gbwarmed");
  }

  @Test
  void policyAndWarmingMeetTheSameLoadAndRepetitionsDoNot() {
    Plan plan = Plan.of(experiment(42, Experiment.Order.AS_WRITTEN, 2, List.of("a", "b")));
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
    Plan one = Plan.of(experiment(1, Experiment.Order.AS_WRITTEN, 2, List.of("a")));
    Plan two = Plan.of(experiment(2, Experiment.Order.AS_WRITTEN, 1, List.of("a", "z")));
    assertThat(one.cells().get(0).id()).isEqualTo(one.cells().get(4).id());
    assertThat(one.cells().get(0).id()).isEqualTo(two.cells().get(0).id());
  }
}
