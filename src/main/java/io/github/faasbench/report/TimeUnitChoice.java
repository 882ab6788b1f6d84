package io.github.faasbench.report;

import io.github.faasbench.analysis.Summary;

/**
 * One unit for all times of a table, so that they can be compared by eye.
 *
 * @param perSecond how many of the unit are a second
 */
public record TimeUnitChoice(String symbol, String name, double perSecond, int decimals) {

  private static final TimeUnitChoice SECONDS = new TimeUnitChoice("s", "seconds", 1, 3);
  private static final TimeUnitChoice MILLIS = new TimeUnitChoice("ms", "milliseconds", 1e3, 3);

  /** Milliseconds where seconds with three decimals would lose the smallest mean. */
  public static TimeUnitChoice of(Summary summary) {
    double smallest =
        summary.groups().stream()
            .mapToDouble(group -> group.latency().mean())
            .filter(mean -> mean > 0)
            .min()
            .orElse(1);
    return smallest >= 0.1 ? SECONDS : MILLIS;
  }

  /** With the unit's decimals; empty: not known. */
  public String format(double seconds) {
    return Figures.decimals(seconds * perSecond, decimals);
  }
}
