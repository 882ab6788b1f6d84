package io.github.faasbench.analysis.statistics;

import io.github.faasbench.random.Stream;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The mean and the median of independent values, as they come out when the sample is drawn again
 * and again from itself (Efron's bootstrap), and intervals from them. The mean is of the finite
 * values only.
 *
 * <p>Intervals are expanded percentile intervals, which undo that resamples of n vary too little by
 * (n - 1) / n (Hesterberg, "What Teachers Should Know about the Bootstrap", 2015).
 */
public final class Resamples {

  public static final int COUNT = 2_000;

  /** More values than that are not worth drawing one by one. */
  public static final int DRAWN = 500;

  private static final String METHOD = "bootstrap";

  private final double[] means;
  private final double[] medians;
  private final int values;

  private Resamples(double[] means, double[] medians, int values) {
    this.means = means;
    this.medians = medians;
    this.values = values;
  }

  /** Draws: it counts how often each rank is drawn, so that the median is found without sorting. */
  public static Resamples of(double[] values, Stream random) {
    if (values.length < 2) {
      return new Resamples(new double[0], new double[0], values.length);
    }
    double[] sorted = Quantiles.sorted(values);
    double[] means = new double[COUNT];
    double[] medians = new double[COUNT];
    int[] counts = new int[sorted.length];
    for (int b = 0; b < COUNT; b++) {
      Arrays.fill(counts, 0);
      for (int k = 0; k < sorted.length; k++) {
        counts[random.nextInt(sorted.length)]++;
      }
      means[b] = mean(sorted, counts);
      medians[b] = median(sorted, counts);
    }
    return new Resamples(means, medians, sorted.length);
  }

  /** The interval of the mean. */
  public Interval mean() {
    return interval(means);
  }

  /** The interval of the median. */
  public Interval median() {
    return interval(medians);
  }

  private Interval interval(double[] resampled) {
    double[] known = Arrays.stream(resampled).filter(value -> !Double.isNaN(value)).toArray();
    if (known.length == 0) {
      return Interval.unknown(METHOD + ": needs 2 values");
    }
    Arrays.sort(known);
    double stretched = Means.t(values - 1.0) * Math.sqrt(values / (values - 1.0));
    double tail = NormalDistribution.of(0, 1).survivalProbability(stretched);
    return new Interval(Quantiles.linear(known, tail), Quantiles.linear(known, 1 - tail), METHOD);
  }

  private static double mean(double[] sorted, int[] counts) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 && Double.isFinite(sorted[i])) {
        sum += counts[i] * sorted[i];
        n += counts[i];
      }
    }
    return n == 0 ? Double.NaN : sum / n;
  }

  private static double median(double[] sorted, int[] counts) {
    int n = Arrays.stream(counts).sum();
    double lower = at(sorted, counts, (n - 1) / 2);
    double upper = n % 2 == 1 ? lower : at(sorted, counts, n / 2);
    return lower == upper ? lower : lower / 2 + upper / 2;
  }

  /** The value at a place, from 0, of the drawn values in ascending order. */
  private static double at(double[] sorted, int[] counts, int place) {
    int i = 0;
    for (int left = place - counts[0]; left >= 0; left -= counts[i]) {
      i++;
    }
    return sorted[i];
  }
}
