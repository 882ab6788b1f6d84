package io.github.faasbench.analysis;

import java.util.Arrays;

/**
 * Describes a sample in its own unit; every figure is NaN where the sample is too small for it.
 *
 * @param count size of the sample
 * @param standardDeviation of the sample (divided by n - 1); NaN below two values
 * @param median and the other percentiles: linear interpolation between the closest ranks, type 7
 *     of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996); R's and NumPy's
 *     default
 * @param percentileError how far percentiles other than 0 and 100 may be off, relative to their
 *     value; 0: exact
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
    double percentileError) {

  /** Describes the values; the array is not changed. */
  public static Distribution of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double mean = mean(sorted);
    return new Distribution(
        sorted.length,
        mean,
        standardDeviation(sorted, mean),
        percentile(sorted, 0),
        percentile(sorted, 25),
        percentile(sorted, 50),
        percentile(sorted, 75),
        percentile(sorted, 90),
        percentile(sorted, 95),
        percentile(sorted, 99),
        percentile(sorted, 100),
        0);
  }

  /**
   * A percentile by linear interpolation between the closest ranks.
   *
   * @param sorted ascending
   * @param percent 0 to 100
   */
  public static double percentile(double[] sorted, double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double rank = percent / 100 * (sorted.length - 1);
    int below = (int) rank;
    if (below + 1 >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    return sorted[below] + (rank - below) * (sorted[below + 1] - sorted[below]);
  }

  private static double mean(double[] values) {
    return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
  }

  private static double standardDeviation(double[] values, double mean) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
