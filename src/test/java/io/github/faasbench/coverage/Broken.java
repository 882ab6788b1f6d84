package io.github.faasbench.coverage;

import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.random.Stream;
import java.util.Arrays;

/**
 * Methods that are wrong on purpose: rows that can't tell them from right ones are worth nothing.
 */
final class Broken {

  private static final double Z = 1.96;

  private Broken() {}

  /** As if no call depended on those before it. */
  static Interval interval(Cell cell, Statistic statistic) {
    double[] calls = all(cell);
    if (statistic.kind() == Statistic.Kind.MEAN) {
      return Means.interval(Means.of(calls), Means.standardDeviation(calls), calls.length);
    }
    double p = statistic.p();
    double half = Z * Math.sqrt(p * (1 - p) / calls.length);
    double[] sorted = Quantiles.sorted(calls);
    return new Interval(
        Quantiles.linear(sorted, p - half), Quantiles.linear(sorted, p + half), "broken");
  }

  /** Means, call by call. */
  static Found compared(Cell old, Cell young) {
    double[] first = all(old);
    double[] second = all(young);
    double value = Means.of(second) / Means.of(first);
    double half = Z * Math.hypot(error(first), error(second));
    return found(value, new Interval(value * Math.exp(-half), value * Math.exp(half), "broken"));
  }

  private static double error(double[] calls) {
    return Means.standardDeviation(calls) / Means.of(calls) / Math.sqrt(calls.length);
  }

  /** Both sides are drawn anew from one seed, so that they move together. */
  static Found equalSeeds(Cell old, Cell young, Statistic statistic) {
    OldResamples a = OldResamples.of(old.calls(), new Stream(1));
    OldResamples b = OldResamples.of(young.calls(), new Stream(1));
    return found(
        Double.NaN,
        statistic.equals(Statistic.MEAN)
            ? a.means(b, (x, y) -> y / x)
            : a.medians(b, (x, y) -> y / x));
  }

  private static Found found(double value, Interval interval) {
    boolean shown = interval.excludes(1);
    return new Found(true, shown, shown && value > 1 + Found.LIMIT, interval);
  }

  private static double[] all(Cell cell) {
    return Arrays.stream(cell.calls()).flatMapToDouble(Arrays::stream).toArray();
  }
}
