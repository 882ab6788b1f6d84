package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;

/**
 * A statistic of a group and how far it may be off.
 *
 * @param value in seconds; NaN where there is none
 * @param interval 95 %, in seconds
 * @param errorBelow standard error of the value's logarithm towards smaller ones; NaN: it has none
 * @param errorAbove towards larger ones
 * @param freedom degrees of freedom of these errors
 */
record Estimate(
    double value, Interval interval, double errorBelow, double errorAbove, double freedom) {

  private static final String FAILED = "too many calls did not end ok: they reach this figure";

  static Estimate unknown(double value, String why) {
    return new Estimate(value, Interval.unknown(why), Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * From an error of the logarithm that is the same either way, so that no interval begins below 0.
   */
  static Estimate symmetric(double value, double error, double freedom, String method) {
    if (Double.isInfinite(value)) {
      return unknown(value, FAILED);
    }
    if (Double.isNaN(value) || value > 0 && !(error >= 0)) {
      return unknown(value, "one of its units has no such figure, or it is 0");
    }
    if (value == 0) {
      return of(value, new Interval(0, 0, method), freedom);
    }
    double half = Means.t(freedom) * error;
    Interval interval = new Interval(value * Math.exp(-half), value * Math.exp(half), method);
    return new Estimate(value, interval, error, error, freedom);
  }

  /** From an interval that was found otherwise. */
  static Estimate of(double value, Interval interval, double freedom) {
    if (!interval.known() || !(interval.low() > 0) || !Double.isFinite(interval.high())) {
      return new Estimate(value, interval, Double.NaN, Double.NaN, freedom);
    }
    double t = Means.t(freedom);
    double below = Math.max(0, Math.log(value / interval.low())) / t;
    double above = Math.max(0, Math.log(interval.high() / value)) / t;
    return new Estimate(value, interval, below, above, freedom);
  }

  /** Whether it can be compared by a ratio. */
  boolean hasErrors() {
    return errorBelow >= 0 && errorAbove >= 0;
  }

  /** Why it can't. */
  String obstacle() {
    if (!interval.known()) {
      return interval.method();
    }
    return interval.low() > 0 ? FAILED : "an interval that reaches 0 has no ratio";
  }
}
