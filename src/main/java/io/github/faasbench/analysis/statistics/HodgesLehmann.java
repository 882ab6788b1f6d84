package io.github.faasbench.analysis.statistics;

import java.util.Arrays;

/**
 * The shift between two samples: the median of all differences x - y (Hodges and Lehmann, 1963) and
 * its interval, which belongs to the Mann-Whitney test. The differences are never written out: the
 * k-th smallest is found by halving the numbers between the extremes and counting the pairs below.
 *
 * @param shift NaN when a sample is empty
 */
public record HodgesLehmann(double shift, Interval interval) {

  /** Beyond it a difference is one with an infinite value. */
  private static final double BEYOND = Double.MAX_VALUE / 8;

  private static final String METHOD = "Hodges-Lehmann";

  public static HodgesLehmann of(double[] x, double[] y) {
    if (x.length == 0 || y.length == 0) {
      return new HodgesLehmann(Double.NaN, Interval.unknown(METHOD + ": needs values"));
    }
    double[] a = prepared(x);
    double[] b = prepared(y);
    long pairs = (long) a.length * b.length;
    double middle = smallest(a, b, (pairs + 1) / 2);
    double shift = pairs % 2 == 1 ? middle : middle / 2 + smallest(a, b, pairs / 2 + 1) / 2;
    long rank = MannWhitney.intervalRank(a.length, b.length);
    Interval interval =
        rank == 0
            ? Interval.unknown(METHOD + ": too few values")
            : new Interval(
                answer(smallest(a, b, rank)), answer(smallest(a, b, pairs + 1 - rank)), METHOD);
    return new HodgesLehmann(answer(shift), interval);
  }

  /** Sorted; of infinite values only that they are beyond matters, and they differ by nothing. */
  private static double[] prepared(double[] values) {
    double[] sorted = Quantiles.sorted(values);
    Arrays.setAll(
        sorted,
        i -> Double.isInfinite(sorted[i]) ? Math.copySign(4 * BEYOND, sorted[i]) : sorted[i]);
    return sorted;
  }

  private static double answer(double difference) {
    return Math.abs(difference) > BEYOND
        ? Math.copySign(Double.POSITIVE_INFINITY, difference)
        : difference;
  }

  /** The k-th smallest difference, from 1; at most 64 passes over both samples. */
  private static double smallest(double[] x, double[] y, long k) {
    long low = ordered(x[0] - y[y.length - 1]);
    long high = ordered(x[x.length - 1] - y[0]);
    while (low < high) {
      long middle = (low >> 1) + (high >> 1) + (low & high & 1);
      if (notAbove(x, y, value(middle)) >= k) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return value(low);
  }

  /** How many differences do not exceed the limit; rounding keeps their order. */
  private static long notAbove(double[] x, double[] y, double limit) {
    long count = 0;
    int below = 0;
    for (double value : x) {
      // The larger x is, the larger y must be.
      while (below < y.length && value - y[below] > limit) {
        below++;
      }
      count += y.length - below;
    }
    return count;
  }

  /** Numbers whose order is that of the doubles. */
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits < 0 ? Long.MIN_VALUE - bits : bits;
  }

  private static double value(long ordered) {
    return Double.longBitsToDouble(ordered < 0 ? Long.MIN_VALUE - ordered : ordered);
  }
}
