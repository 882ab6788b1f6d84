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

  /**
   * The smallest value that at least this share of the sample does not exceed.
   *
   * @param sorted ascending
   * @param p above 0, to 1
   */
  public static double nearestRank(double[] sorted, double p) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    // 0.95 * 100 is a hair above 95 in some cases: a rank is whole up to rounding.
    int rank = (int) Math.ceil(p * sorted.length - 1e-9);
    return sorted[Math.max(1, rank) - 1];
  }

  /** The median of the values in any order. */
  public static double median(double... values) {
    return linear(sorted(values), 0.5);
  }

  /**
   * Interval of the median from two order statistics, for any continuous law (Le Boudec,
   * "Performance Evaluation of Computer and Communication Systems", 2010, section 2.2).
   *
   * @param sorted ascending
   */
  public static Interval medianInterval(double[] sorted) {
    int n = sorted.length;
    // With 5 values even the whole range holds the median in 93.75 % only.
    if (n < 6) {
      return Interval.unknown("order statistics: needs 6 values");
    }
    int rank = BinomialDistribution.of(n, 0.5).inverseCumulativeProbability(0.025);
    return new Interval(sorted[rank - 1], sorted[n - rank], "order statistics");
  }

  /**
   * Between which two ranks, from 0, of so many values a quantile lies in 95 %, for any continuous
   * law (Le Boudec 2010, section 2.2); the first may be -1, the second the number of values: there
   * is no such end then.
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

  /**
   * How many values are outliers. Where more than half are equal there is no scale for "far", and
   * the answer is 0.
   */
  public static int outliers(double... values) {
    double deviation = medianAbsoluteDeviation(values);
    if (!(deviation > 0)) {
      return 0;
    }
    double limit = OUTLIER * deviation;
    return (int) Arrays.stream(distances(values)).filter(distance -> distance > limit).count();
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
