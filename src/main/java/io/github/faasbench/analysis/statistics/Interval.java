package io.github.faasbench.analysis.statistics;

/**
 * A 95 % confidence interval.
 *
 * @param low NaN, as high is, where the data are too few for one
 * @param method how it was found, in words for the reader of a report
 */
public record Interval(double low, double high, String method) {

  /** How often such intervals hold the true value, at least in the long run. */
  public static final double LEVEL = 0.95;

  /** Of data that are too few for an interval. */
  public static Interval unknown(String why) {
    return new Interval(Double.NaN, Double.NaN, why);
  }

  /** Whether there is one. */
  public boolean known() {
    return !Double.isNaN(low) && !Double.isNaN(high);
  }

  /** Whether it is known and the value lies outside of it. */
  public boolean excludes(double value) {
    return known() && (value < low || value > high);
  }

  /** Half of its width as a share of the estimate; NaN where that says nothing. */
  public double relativeHalfWidth(double estimate) {
    return estimate == 0 ? Double.NaN : (high - low) / 2 / Math.abs(estimate);
  }
}
