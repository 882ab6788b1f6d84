package io.github.faasbench.analysis.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Quantiles of a sample, their intervals, and what lies far from the median. */
public final class Quantiles {

  /**
   * A value further from the median than so many median absolute deviations is an outlier: ten
   * standard deviations of a normal law (hyperfine's rule).
   */
  public static final double OUTLIER = 14.826;

  private Quantiles() {}

  /** The values in ascending order; the array is not changed. */
  public static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * By linear interpolation between the closest ranks: type 7 of Hyndman and Fan, "Sample Quantiles
   * in Statistical Packages" (1996), the default of R and NumPy; infinite when one of both is.
   *
   * @param sorted ascending
   * @param p 0 to 1
   */
  public static double linear(double[] sorted, double p) {
    return linear(sorted, 0, p);
  }

  /**
   * The same, of a sample that goes on with infinite values.
   *
   * @param beyond how many
   */
  public static double linear(double[] sorted, long beyond, double p) {
    if (sorted.length + beyond == 0) {
      return Double.NaN;
    }
    double rank = p * (sorted.length + beyond - 1);
    long below = (long) rank;
    double share = rank - below;
    double lower = at(sorted, below);
    double upper = share == 0 ? lower : at(sorted, below + 1);
    return lower == upper ? lower : lower + share * (upper - lower);
  }

  private static double at(double[] sorted, long rank) {
    return rank < sorted.length ? sorted[(int) rank] : Double.POSITIVE_INFINITY;
  }

  /** The median of the values in any order. */
  public static double median(double... values) {
    return linear(sorted(values), 0.5);
  }

  /**
   * Between which two ranks, from 0, of so many values a quantile lies in 95 %, for any continuous
   * law (Le Boudec, "Performance Evaluation of Computer and Communication Systems", 2010, section
   * 2.2); the first may be -1, the second the number of values: there is no such end then.
   *
   * @param p between 0 and 1
   */
  public static long[] intervalRanks(long count, double p) {
    var below = BinomialDistribution.of((int) Math.min(count, Integer.MAX_VALUE), p);
    double tail = (1 - Interval.LEVEL) / 2;
    return new long[] {
      below.inverseCumulativeProbability(tail) - 1L, below.inverseCumulativeProbability(1 - tail)
    };
  }

  /** Median of the distances from the median; NaN without values. */
  public static double medianAbsoluteDeviation(double... values) {
    return median(distances(values));
  }

  /** Each value's distance from the median, in the values' order. */
  public static double[] distances(double... values) {
    double median = median(values);
    double[] distances = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      distances[i] = values[i] == median ? 0 : Math.abs(values[i] - median);
    }
    return distances;
  }
}
