package io.github.faasbench.analysis.series;

import java.util.Locale;

/**
 * A figure of latencies that groups are compared by.
 *
 * @param kind what it is
 * @param p of a quantile, between 0 and 1; else NaN
 */
public record Statistic(Kind kind, double p) {

  /** What a statistic says. */
  public enum Kind {
    /** Of the calls that ended ok. */
    MEAN,
    /** Calls that did not end ok count as infinitely slow. */
    QUANTILE,
    /** The mean distance from the median, of the calls that ended ok. */
    SPREAD
  }

  public static final Statistic MEAN = new Statistic(Kind.MEAN, Double.NaN);
  public static final Statistic MEDIAN = quantile(0.5);
  public static final Statistic P95 = quantile(0.95);
  public static final Statistic SPREAD = new Statistic(Kind.SPREAD, Double.NaN);

  /** That quantile. */
  public static Statistic quantile(double p) {
    return new Statistic(Kind.QUANTILE, p);
  }

  /** As people call it: mean, median, p95, p99.9, spread. */
  public String text() {
    return switch (kind) {
      case MEAN -> "mean";
      case SPREAD -> "spread";
      case QUANTILE -> p == 0.5 ? "median" : "p" + percent(100 * p);
    };
  }

  /** A percentage without zeros at its end, such as 99.9. */
  public static String percent(double percent) {
    String digits = String.format(Locale.ROOT, "%.6f", percent);
    return digits.replaceFirst("\\.?0+$", "");
  }
}
