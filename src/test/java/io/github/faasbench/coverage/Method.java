package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import java.util.List;
import java.util.stream.Stream;

/** By what a row's intervals and verdicts are made. */
enum Method {
  /** The tool. */
  TOOL,
  /** Calls are taken to be independent. */
  INDEPENDENCE,
  /** Both sides of a ratio are drawn from one seed. */
  SEEDS;

  List<Interval> intervals(Cell cell, List<Statistic> statistics) {
    if (this == INDEPENDENCE) {
      return statistics.stream().map(one -> Broken.interval(cell, one)).toList();
    }
    GroupSummary group = cell.group();
    return statistics.stream().map(group::interval).toList();
  }

  /** Two cells of one run. */
  List<Found> reported(Cell first, Cell second, List<Statistic> statistics) {
    List<GroupSummary> groups = Cell.groups(GroupKey.CELL, first.policy("a"), second.policy("b"));
    return statistics.stream().map(one -> reported(groups, first, second, one)).toList();
  }

  /** The same, where the groups of both are known. */
  Found reported(List<GroupSummary> groups, Cell first, Cell second, Statistic statistic) {
    return this == TOOL ? Found.reported(groups, statistic) : broken(first, second, statistic);
  }

  /** One cell of two runs. */
  List<Found> compared(Cell old, Cell young, List<Statistic> statistics) {
    if (this != TOOL) {
      return statistics.stream().map(one -> broken(old, young, one)).toList();
    }
    List<GroupSummary> olds = Cell.groups(Cell.FACTORS, old);
    List<GroupSummary> youngs = Cell.groups(Cell.FACTORS, young);
    return statistics.stream().map(one -> Found.compared(olds, youngs, one)).toList();
  }

  private Found broken(Cell first, Cell second, Statistic statistic) {
    return this == SEEDS
        ? Broken.equalSeeds(first, second, statistic)
        : Broken.compared(first, second);
  }

  /** Whether a page of cells holds a primary sentence. */
  Result page(Cell... cells) {
    if (this != TOOL) {
      return Result.of(
          Stream.of(cells).skip(1).anyMatch(cell -> Broken.compared(cells[0], cell).shown()));
    }
    return Pages.primary(Cell.groups(GroupKey.CELL, cells));
  }
}
