package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.MannWhitney;
import java.util.Locale;

/** Says in one plain sentence what a comparison shows. */
final class Verdict {

  private Verdict() {}

  /**
   * The sentence, such as {@code warmed answers 3.1 times as fast as cold (95 % interval 2.9 to
   * 3.3)}; where nothing is shown it says so, and where nothing could be shown, why.
   */
  static String of(Comparison pair, String first, String second) {
    String names = first + " and " + second;
    if (Double.isNaN(pair.p())) {
      return names + ": no calls to compare";
    }
    if (pair.tooFew()) {
      return tooFew(names, pair.byRepetition(), pair.leastP(), MannWhitney.valuesNeeded(1));
    }
    if (!pair.shown()) {
      return "no difference shown between " + names + " (" + ratio(pair) + p(pair.p()) + ")";
    }
    Interval interval = pair.medianRatio().interval();
    boolean faster = pair.medianRatio().value() < 1;
    if (Double.isNaN(pair.medianRatio().value()) || !interval.excludes(1)) {
      return String.format(
          Locale.ROOT,
          "%s tends to answer %s than %s (Cliff's delta %.2f, %s%s)",
          second,
          pair.delta().delta() < 0 ? "faster" : "slower",
          first,
          pair.delta().delta(),
          ratio(pair),
          p(pair.p()));
    }
    return faster
        ? String.format(
            Locale.ROOT,
            "%s answers %s times as fast as %s (95 %% interval %s to %s)",
            second,
            times(1 / pair.medianRatio().value()),
            first,
            times(1 / interval.high()),
            times(1 / interval.low()))
        : String.format(
            Locale.ROOT,
            "%s takes %s times as long as %s (95 %% interval %s to %s)",
            second,
            times(pair.medianRatio().value()),
            first,
            times(interval.low()),
            times(interval.high()));
  }

  static String tooFew(String names, boolean byRepetition, double leastP, int needed) {
    return String.format(
        Locale.ROOT,
        "%s: too few %s to show any difference (p cannot fall below %.2g; it can with %d)",
        names,
        byRepetition ? "repetitions" : "calls",
        leastP,
        needed);
  }

  private static String ratio(Comparison pair) {
    Interval interval = pair.medianRatio().interval();
    return interval.known()
        ? "medians " + times(interval.low()) + " to " + times(interval.high()) + " times as long, "
        : "";
  }

  static String p(double p) {
    return p < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.2g", p);
  }

  /** As exact as a reader needs it. */
  private static String times(double factor) {
    if (Double.isInfinite(factor)) {
      return "∞";
    }
    return String.format(Locale.ROOT, factor < 2 ? "%.2f" : factor < 100 ? "%.1f" : "%.0f", factor);
  }
}
