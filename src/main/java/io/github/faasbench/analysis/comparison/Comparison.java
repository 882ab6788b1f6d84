package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.Failures;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.series.Ratio;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.metrics.Column;

/**
 * Two groups: how a statistic of the latency of the second stands against that of the first.
 *
 * @param statistic that is compared
 * @param ratio second by first
 * @param obstacle why there is no verdict; empty: there is one
 * @param p that of the ratio, corrected by Holm for the other tests of its family; NaN without a
 *     verdict
 */
public record Comparison(
    GroupSummary first,
    GroupSummary second,
    Statistic statistic,
    Ratio ratio,
    String obstacle,
    double p) {

  /** A difference is shown where p is below. */
  public static final double ALPHA = 0.05;

  /**
   * Compares two groups, as if nothing else were asked of the same data.
   *
   * @param sameLoads whether repetitions of the same number met the same load
   * @param factor in which the groups may differ; groups that differ in others are refused
   */
  static Comparison of(
      GroupSummary first,
      GroupSummary second,
      Statistic statistic,
      boolean sameLoads,
      Column factor) {
    Ratio ratio = Ratio.of(first.observations(), second.observations(), statistic, sameLoads);
    String obstacle = obstacle(first, second, statistic, ratio, factor);
    return new Comparison(
        first, second, statistic, ratio, obstacle, obstacle.isEmpty() ? ratio.p() : Double.NaN);
  }

  private static String obstacle(
      GroupSummary first, GroupSummary second, Statistic statistic, Ratio ratio, Column factor) {
    if (first.calls() == 0 || second.calls() == 0) {
      return "no calls to compare";
    }
    if (!first.mixedLike(second, factor)) {
      return "their calls are of other functions, loads or factors, or in other shares of them, so"
          + " that a difference may come from the mix (Simpson's paradox)";
    }
    if (statistic.kind() != Statistic.Kind.QUANTILE
        && Failures.overrule(first, second, ratio.value())) {
      return "the shares of failed calls differ by more than the "
          + statistic.text()
          + "s, which are of the calls that ended ok";
    }
    return ratio.refusal();
  }

  Comparison withP(double corrected) {
    return new Comparison(first, second, statistic, ratio, obstacle, corrected);
  }

  /** Whether there is a verdict at all. */
  public boolean decided() {
    return obstacle.isEmpty();
  }

  /** Whether the test shows that the two differ. */
  public boolean shown() {
    return p < ALPHA;
  }
}
