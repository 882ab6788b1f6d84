package io.github.faasbench.analysis;

import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.analysis.statistics.Quantiles;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Describes a sample in its own unit; every figure is NaN where the sample is too small for it.
 * Besides it there may be values beyond all others, which count in percentiles only: those that
 * reach them are infinite.
 *
 * @param count size of the sample, without the values beyond
 * @param standardDeviation of the sample (divided by n - 1); NaN below two values
 * @param median and the other percentiles: linear interpolation between the closest ranks, type 7
 *     of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996); R's and NumPy's
 *     default
 * @param percentileError how far percentiles other than 0 and 100 may be off, relative to their
 *     value; 0: exact
 * @param percentiles the ones that were asked for, by their percentage
 */
public record Distribution(
    long count,
    double mean,
    double standardDeviation,
    double min,
    double p25,
    double median,
    double p75,
    double p90,
    double p95,
    double p99,
    double max,
    double percentileError,
    SortedMap<Double, Double> percentiles) {

  /** What is asked for where nobody chooses, in percent. */
  public static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0);

  public Distribution {
    percentiles = Collections.unmodifiableSortedMap(new TreeMap<>(percentiles));
  }

  /** Describes the values; the array is not changed. */
  public static Distribution of(double... values) {
    return of(values, 0, PERCENTILES);
  }

  static Distribution of(double[] values, long beyond, List<Double> percents) {
    double[] sorted = Quantiles.sorted(values);
    SortedMap<Double, Double> asked = new TreeMap<>();
    percents.forEach(one -> asked.put(one, Quantiles.linear(sorted, beyond, one / 100)));
    return new Distribution(
        sorted.length,
        Means.of(sorted),
        Means.standardDeviation(sorted),
        Quantiles.linear(sorted, 0),
        Quantiles.linear(sorted, beyond, 0.25),
        Quantiles.linear(sorted, beyond, 0.5),
        Quantiles.linear(sorted, beyond, 0.75),
        Quantiles.linear(sorted, beyond, 0.9),
        Quantiles.linear(sorted, beyond, 0.95),
        Quantiles.linear(sorted, beyond, 0.99),
        Quantiles.linear(sorted, 1),
        0,
        asked);
  }

  /** Minimum, p25, median, p75, p90, p95, p99 and maximum. */
  public double[] fromMinToMax() {
    return new double[] {min, p25, median, p75, p90, p95, p99, max};
  }
}
