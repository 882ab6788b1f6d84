package io.github.faasbench.coverage;

import io.github.faasbench.analysis.Design;
import io.github.faasbench.analysis.Designs;
import io.github.faasbench.analysis.Distribution;
import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.FactorComparison;
import io.github.faasbench.analysis.comparison.OldAndNew;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of two cells came to.
 *
 * @param decided whether there is a verdict at all
 * @param shown whether it says that they differ
 * @param slower whether {@code compare --fail-on-regression 5} would end with 99
 * @param interval of the ratio
 */
record Found(boolean decided, boolean shown, boolean slower, Interval interval) {

  static final double LIMIT = 0.05;

  private static Found of(Comparison one) {
    return new Found(
        one.decided(),
        one.shown(),
        OldAndNew.answer(one, LIMIT) == OldAndNew.Answer.SLOWER,
        one.ratio().interval());
  }

  /** By {@code report}: the first two groups of one run. */
  static Found reported(List<GroupSummary> groups, Statistic statistic) {
    return of(page(groups, statistic).get(0).primary().get(0));
  }

  /** All that {@code report} compares. */
  static List<FactorComparison> page(List<GroupSummary> groups, Statistic statistic) {
    var design = new Design(statistic, Map.of(), Distribution.PERCENTILES, false, "");
    return FactorComparison.of(new Summary(GroupKey.CELL, groups, Map.of(), Designs.all(design)));
  }

  /** By {@code compare}: two runs of one cell, with other seeds. */
  static Found compared(List<GroupSummary> old, List<GroupSummary> young, Statistic statistic) {
    return of(
        OldAndNew.of(
                new Summary(Cell.FACTORS, old), new Summary(Cell.FACTORS, young), statistic, false)
            .cells()
            .get(0));
  }
}
