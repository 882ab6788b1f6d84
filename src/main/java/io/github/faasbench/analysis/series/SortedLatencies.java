package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.statistics.Quantiles;
import java.util.Arrays;

/** Each latency by itself. */
final class SortedLatencies implements Ranked {

  private final double[] sorted;

  /**
   * @param values finite, in any order
   */
  SortedLatencies(double[] values) {
    sorted = Quantiles.sorted(values);
  }

  double[] values() {
    return sorted;
  }

  @Override
  public long count() {
    return sorted.length;
  }

  @Override
  public double quantile(long beyond, double p) {
    return Quantiles.linear(sorted, beyond, p);
  }

  @Override
  public double notAbove(double limit) {
    int at = Arrays.binarySearch(sorted, limit);
    if (at < 0) {
      return -at - 1.0;
    }
    int first = at;
    int last = at;
    while (first > 0 && sorted[first - 1] == limit) {
      first--;
    }
    while (last + 1 < sorted.length && sorted[last + 1] == limit) {
      last++;
    }
    // Values that are equal to it stand on both sides alike, or ties would all be on one.
    return first + (last - first + 1) / 2.0;
  }

  @Override
  public double distance(double from) {
    double sum = 0;
    for (double value : sorted) {
      sum += value == from ? 0 : Math.abs(value - from);
    }
    return sorted.length == 0 ? Double.NaN : sum / sorted.length;
  }
}
