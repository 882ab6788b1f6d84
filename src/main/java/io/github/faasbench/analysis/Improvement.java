package io.github.faasbench.analysis;

import io.github.faasbench.analysis.series.Ratio;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;

/**
 * How much lower a group's mean latency is than that of cold calls, in percent (thesis 6.3.1);
 * negative: higher.
 *
 * @param percent NaN: there is no cold group, or the means are not comparable
 * @param interval 95 %
 */
public record Improvement(double percent, Interval interval) {

  static final Improvement NONE =
      new Improvement(Double.NaN, Interval.unknown("there is nothing to compare with"));

  /** Of a group against the cold one. */
  static Improvement of(GroupSummary cold, GroupSummary group) {
    Ratio ratio =
        Ratio.of(
            cold.observations(),
            group.observations(),
            Statistic.MEAN,
            cold.observations().ofTheSameRunsAs(group.observations()));
    if (Failures.overrule(cold, group, ratio.value())) {
      return new Improvement(
          Double.NaN, Interval.unknown("failed calls differ by more than the means"));
    }
    Interval of = ratio.interval();
    return new Improvement(
        100 * (1 - ratio.value()),
        of.known() ? new Interval(100 * (1 - of.high()), 100 * (1 - of.low()), of.method()) : of);
  }
}
