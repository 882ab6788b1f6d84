package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.statistics.Interval;
import java.util.Arrays;
import java.util.Locale;

/** How sentences write factors, shares, counts and probabilities. */
final class Amounts {

  private Amounts() {}

  static String p(double p) {
    return p < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.2g", p);
  }

  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String percent(double share) {
    return String.format(
        Locale.ROOT, share > 0 && share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  static String times(Interval interval) {
    String digits = digits(interval.low(), interval.high());
    return times(interval.low(), digits) + " to " + times(interval.high(), digits);
  }

  static String times(double factor) {
    return times(factor, digits(factor));
  }

  /** A factor and its interval, all to as many digits. */
  static String times(double factor, Interval interval, String between, String end) {
    String digits = digits(factor, interval.low(), interval.high());
    return times(factor, digits)
        + between
        + times(interval.low(), digits)
        + " to "
        + times(interval.high(), digits)
        + end;
  }

  private static String times(double factor, String digits) {
    return Double.isInfinite(factor) ? "∞" : String.format(Locale.ROOT, digits, factor);
  }

  /** As exact as a reader needs them: close to 1 the difference from it is what is read. */
  private static String digits(double... factors) {
    double off = Arrays.stream(factors).map(factor -> Math.abs(factor - 1)).min().orElse(1);
    double most = Arrays.stream(factors).max().orElse(1);
    if (most < 0.1) {
      return "%.2g";
    }
    if (off < 0.1) {
      return off < 0.01 ? "%.4f" : "%.3f";
    }
    return most < 2 ? "%.2f" : most < 100 ? "%.1f" : "%.0f";
  }
}
