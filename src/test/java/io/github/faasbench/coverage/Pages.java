package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.series.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Pages of cells without any difference between them. */
record Pages(Method method) {

  private static final List<String> POLICIES = List.of("a", "b", "c");
  private static final List<String> WARMINGS = List.of("cold", "pre-warmed", "warmed");
  private static final List<String> FUNCTIONS = List.of("f", "g");

  /**
   * Whether a page holds a false sentence.
   *
   * @param calls makes those of a cell
   */
  Row row(int pages, String what, Function<SplittableRandom, double[][]> calls) {
    List<Result> results = Counts.trials(pages, seed -> method.page(cells(seed, calls)));
    return new Row(
        "5 page of 18 cells, " + what, Counts.of(results), Bound.atMost(Bound.What.DIFFER, 0.08));
  }

  private static Cell[] cells(int seed, Function<SplittableRandom, double[][]> calls) {
    var random = new SplittableRandom(seed);
    List<Cell> cells = new ArrayList<>();
    for (String function : FUNCTIONS) {
      for (String policy : POLICIES) {
        for (String warming : WARMINGS) {
          cells.add(
              Cell.of(calls.apply(random)).function(function).policy(policy).warming(warming));
        }
      }
    }
    return cells.toArray(Cell[]::new);
  }

  /** Refused where there is no verdict in any of its sentences. */
  static Result primary(List<GroupSummary> groups) {
    List<Comparison> primary =
        Found.page(groups, Statistic.MEAN).stream()
            .flatMap(factor -> factor.primary().stream())
            .toList();
    return primary.stream().noneMatch(Comparison::decided)
        ? Result.REFUSED
        : Result.of(primary.stream().anyMatch(Comparison::shown));
  }
}
