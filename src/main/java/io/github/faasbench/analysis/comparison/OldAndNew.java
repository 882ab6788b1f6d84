package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two runs of one experiment, cell by cell: what the new one changed.
 *
 * @param cells in both, in reading order; p is corrected by Holm over all of them
 * @param onlyOld cells that the new run lacks
 * @param onlyNew cells that the old run lacks
 */
public record OldAndNew(List<Comparison> cells, List<GroupKey> onlyOld, List<GroupKey> onlyNew) {

  /** Compares groups of the same key; the summaries are by the same columns, none of them a run. */
  public static OldAndNew of(Summary old, Summary young) {
    Map<GroupKey, GroupSummary> olds = new LinkedHashMap<>();
    old.groups().forEach(group -> olds.put(group.key(), group));
    List<Comparison> cells = new ArrayList<>();
    List<GroupKey> onlyNew = new ArrayList<>();
    for (GroupSummary group : young.groups()) {
      GroupSummary before = olds.remove(group.key());
      if (before == null) {
        onlyNew.add(group.key());
      } else {
        cells.add(Comparison.of(before, group));
      }
    }
    return new OldAndNew(
        Comparison.corrected(cells), List.copyOf(olds.keySet()), List.copyOf(onlyNew));
  }

  /**
   * By what factor medians changed on average, over the cells in both; NaN where there are fewer
   * than two or one has no such factor.
   */
  public double geometricMean() {
    double logs = 0;
    for (Comparison cell : cells) {
      logs += Math.log(cell.medianRatio().value());
    }
    return cells.size() < 2 || !Double.isFinite(logs) ? Double.NaN : Math.exp(logs / cells.size());
  }

  /**
   * Cells that got slower by more than the limit, where the data show that they did: the test says
   * that they differ, and the interval of the ratio of medians lies above 1.
   *
   * @param limit share of the old median, such as 0.05
   */
  public List<Comparison> regressions(double limit) {
    return cells.stream().filter(cell -> cell.shown() && slower(cell, limit)).toList();
  }

  private static boolean slower(Comparison cell, double limit) {
    Estimate ratio = cell.medianRatio();
    return ratio.interval().known() && ratio.interval().low() > 1 && ratio.value() > 1 + limit;
  }
}
