package io.github.faasbench.plan;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * An experiment's cells in the order in which they run.
 *
 * @param experiment what it was made from
 * @param cells each factor combination in each repetition
 */
public record Plan(Experiment experiment, List<Cell> cells) {

  /**
   * Expands the factors. Every repetition holds every combination once, shuffled by the seed unless
   * the order is as written, so that drift does not look like an effect of a factor.
   */
  public static Plan of(Experiment experiment) {
    List<Cell> cells = new ArrayList<>();
    for (int repetition = 1; repetition <= experiment.repetitions(); repetition++) {
      List<Cell> round = combinations(experiment, repetition);
      if (experiment.order() == Experiment.Order.INTERLEAVED) {
        shuffle(round, Seeds.hash(experiment.seed() + "\norder\n" + repetition));
      }
      cells.addAll(round);
    }
    return new Plan(experiment, List.copyOf(cells));
  }

  /** All invocations of all cells. */
  public long invocations() {
    return cells.stream().mapToLong(Cell::invocations).sum();
  }

  private static List<Cell> combinations(Experiment experiment, int repetition) {
    List<Cell> cells = new ArrayList<>();
    for (FunctionSpec function : experiment.functions()) {
      for (Choice policy : experiment.policies()) {
        for (Choice warming : experiment.warmings()) {
          for (Choice workload : experiment.workloads()) {
            Seeds seeds =
                Seeds.of(experiment.seed(), workload.toString(), function.name(), repetition);
            for (Choice keepAlive : experiment.keepAlives()) {
              cells.add(
                  new Cell(
                      Cell.idOf(List.of(function), policy, warming, workload, keepAlive),
                      repetition,
                      List.of(function),
                      policy,
                      warming,
                      workload,
                      keepAlive,
                      experiment.invocations(),
                      experiment.duration(),
                      seeds));
            }
          }
        }
      }
    }
    return cells;
  }

  /** Fisher and Yates. */
  private static void shuffle(List<Cell> cells, long seed) {
    var random = new Stream(seed);
    for (int i = cells.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Cell cell = cells.get(i);
      cells.set(i, cells.get(j));
      cells.set(j, cell);
    }
  }
}
