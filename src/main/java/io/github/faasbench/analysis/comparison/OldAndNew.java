package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.Failures;
import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.series.Statistic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two runs of one experiment, cell by cell: what the new one changed.
 *
 * @param statistic that is compared
 * @param cells in both, in reading order; p is corrected by Holm over all of them
 * @param onlyOld cells that the new run lacks
 * @param onlyNew cells that the old run lacks
 */
public record OldAndNew(
    Statistic statistic, List<Comparison> cells, List<GroupKey> onlyOld, List<GroupKey> onlyNew) {

  /** What a cell says to a claim that it did not get slower by more than a limit. */
  public enum Answer {
    /** Its interval lies below the limit, and it fails no more of its calls. */
    HOLDS,
    /** It is shown to be slower, and by more than the limit as far as is known. */
    SLOWER,
    /** The interval reaches over the limit, or there is none. */
    UNDECIDED
  }

  /**
   * Compares groups of the same key; the summaries are by the same columns, none of them a run.
   *
   * @param sameLoads whether both runs made the same calls, so that they are compared in pairs
   */
  public static OldAndNew of(Summary old, Summary young, Statistic statistic, boolean sameLoads) {
    Map<GroupKey, GroupSummary> olds = new LinkedHashMap<>();
    old.groups().forEach(group -> olds.put(group.key(), group));
    List<Comparison> cells = new ArrayList<>();
    List<GroupKey> onlyNew = new ArrayList<>();
    for (GroupSummary group : young.groups()) {
      GroupSummary before = olds.remove(group.key());
      if (before == null) {
        onlyNew.add(group.key());
      } else {
        cells.add(Comparison.of(before, group, statistic, sameLoads, null));
      }
    }
    return new OldAndNew(
        statistic, Families.corrected(cells), List.copyOf(olds.keySet()), List.copyOf(onlyNew));
  }

  /**
   * By what factor the statistic changed on average, over the cells in both; NaN where there are
   * fewer than two or one has no such factor.
   */
  public double geometricMean() {
    double logs = 0;
    for (Comparison cell : cells) {
      logs += Math.log(cell.ratio().value());
    }
    return cells.size() < 2 || !Double.isFinite(logs) ? Double.NaN : Math.exp(logs / cells.size());
  }

  /**
   * Whether a cell got slower by more than the limit.
   *
   * @param limit share of the old value, such as 0.05
   */
  public static Answer answer(Comparison cell, double limit) {
    if (!cell.decided()) {
      return Answer.UNDECIDED;
    }
    boolean slower = cell.shown() && cell.ratio().interval().low() > 1;
    if (slower && cell.ratio().value() > 1 + limit) {
      return Answer.SLOWER;
    }
    return cell.ratio().interval().high() <= 1 + limit && !failsMore(cell)
        ? Answer.HOLDS
        : Answer.UNDECIDED;
  }

  /** Whether the new side fails so many more of its calls that its latencies are no answer. */
  public static boolean failsMore(Comparison cell) {
    return cell.second().failedShare() - cell.first().failedShare() >= Failures.SHARE_TOLD;
  }
}
