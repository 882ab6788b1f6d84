package io.github.faasbench.coverage;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.random.Stream;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What version 0.1 did ({@code Resamples} at ef5e7e3), to compare widths with and to break ratios
 * by. The mean and the median of a sample, as they come out when it is drawn again and again from
 * itself (Efron's bootstrap), and intervals from them. Means are of the finite values only.
 *
 * <p>With several repetitions, repetitions are drawn first and then values within each (Davison and
 * Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8). Large samples are not
 * drawn: the mean's law is the normal one, the median's that of a rank around the middle; of large
 * repetitions only whole ones are drawn, each standing by its mean and 20 quantiles or more.
 *
 * <p>Intervals are expanded percentile intervals, which undo that resamples of n vary too little by
 * (n - 1) / n (Hesterberg, "What Teachers Should Know about the Bootstrap", 2015); n counts
 * repetitions, where there are several.
 */
final class OldResamples {

  public static final int COUNT = 2_000;

  /** More values than that are not drawn one by one. */
  public static final int DRAWN = 500;

  private static final int FEWEST_QUANTILES = 20;
  private static final int QUANTILES_OF_ALL = 2_000;

  private final double[] means;
  private final double[] medians;
  private final int units;
  private final String method;

  private OldResamples(double[] means, double[] medians, int units, String method) {
    this.means = means;
    this.medians = medians;
    this.units = units;
    this.method = method;
  }

  /**
   * Draws.
   *
   * @param repetitions the values of each; those without values count for nothing
   */
  public static OldResamples of(double[][] repetitions, Stream random) {
    double[][] full =
        Arrays.stream(repetitions).filter(part -> part.length > 0).toArray(double[][]::new);
    int values = Arrays.stream(full).mapToInt(part -> part.length).sum();
    if (full.length > 1) {
      return values <= DRAWN
          ? drawn(full, true, random, "bootstrap over repetitions, then calls")
          : thinned(full, random);
    }
    if (values < 2) {
      return new OldResamples(new double[0], new double[0], values, "bootstrap: needs 2 values");
    }
    return values <= DRAWN ? drawn(full, true, random, "bootstrap") : normal(full[0], random);
  }

  /** The interval of the mean. */
  public Interval mean() {
    return interval(means, units, method);
  }

  /** The interval of the median. */
  public Interval median() {
    return interval(medians, units, method);
  }

  /** The interval of a function of both means, such as their ratio. */
  public Interval means(OldResamples other, DoubleBinaryOperator function) {
    return both(means, other, other.means, function);
  }

  /** The interval of a function of both medians. */
  public Interval medians(OldResamples other, DoubleBinaryOperator function) {
    return both(medians, other, other.medians, function);
  }

  private Interval both(
      double[] mine, OldResamples other, double[] others, DoubleBinaryOperator function) {
    int n = Math.min(mine.length, others.length);
    double[] values = new double[n];
    Arrays.setAll(values, i -> function.applyAsDouble(mine[i], others[i]));
    return interval(values, Math.min(units, other.units), n == 0 ? "needs 2 values" : method);
  }

  static Interval interval(double[] resampled, int units, String method) {
    double[] known = Arrays.stream(resampled).filter(value -> !Double.isNaN(value)).toArray();
    if (known.length == 0) {
      return Interval.unknown(method);
    }
    Arrays.sort(known);
    double tail = tail(units);
    return new Interval(Quantiles.linear(known, tail), Quantiles.linear(known, 1 - tail), method);
  }

  private static double tail(int units) {
    double stretched = Means.t(units - 1.0) * Math.sqrt(units / (units - 1.0));
    return NormalDistribution.of(0, 1).survivalProbability(stretched);
  }

  /** Counts how often each rank is drawn: the median is found without sorting. */
  private static OldResamples drawn(
      double[][] parts, boolean within, Stream random, String method) {
    double[] sorted =
        Quantiles.sorted(Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray());
    int[][] ranks = new int[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      ranks[i] = Arrays.stream(parts[i]).mapToInt(v -> Arrays.binarySearch(sorted, v)).toArray();
    }
    double[] means = new double[COUNT];
    double[] medians = new double[COUNT];
    int[] counts = new int[sorted.length];
    for (int b = 0; b < COUNT; b++) {
      Arrays.fill(counts, 0);
      for (int i = 0; i < ranks.length; i++) {
        int[] part = ranks.length == 1 ? ranks[0] : ranks[random.nextInt(ranks.length)];
        for (int k = 0; k < part.length; k++) {
          counts[part[within ? random.nextInt(part.length) : k]]++;
        }
      }
      means[b] = mean(sorted, counts);
      medians[b] = median(sorted, counts);
    }
    int units = parts.length > 1 ? parts.length : sorted.length;
    return new OldResamples(means, medians, units, method);
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

  private static OldResamples normal(double[] values, Stream random) {
    double[] sorted = Quantiles.sorted(values);
    double[] finite = Arrays.stream(sorted).filter(Double::isFinite).toArray();
    double mean = Means.of(finite);
    double error = Means.standardDeviation(finite) / Math.sqrt(finite.length);
    double[] means = new double[COUNT];
    double[] medians = new double[COUNT];
    for (int b = 0; b < COUNT; b++) {
      means[b] = mean + error * random.nextGaussian();
      double place = 0.5 + random.nextGaussian() / (2 * Math.sqrt(sorted.length));
      medians[b] = Quantiles.linear(sorted, Math.max(0, Math.min(1, place)));
    }
    return new OldResamples(means, medians, sorted.length, "normal approximation of the bootstrap");
  }

  /** Weights of the calls are kept: a repetition with more of them counts more. */
  private static OldResamples thinned(double[][] parts, Stream random) {
    double[][] quantiles = new double[parts.length][];
    int most = Math.max(FEWEST_QUANTILES, QUANTILES_OF_ALL / parts.length);
    double[] sums = new double[parts.length];
    double[] finite = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      double[] sorted = Quantiles.sorted(parts[i]);
      quantiles[i] = new double[Math.min(most, sorted.length)];
      int points = quantiles[i].length;
      Arrays.setAll(quantiles[i], k -> Quantiles.linear(sorted, (k + 0.5) / points));
      sums[i] = Arrays.stream(sorted).filter(Double::isFinite).sum();
      finite[i] = Arrays.stream(sorted).filter(Double::isFinite).count();
    }
    String method = "bootstrap over repetitions";
    OldResamples ofMedians = drawn(quantiles, false, random, method);
    double[] means = new double[COUNT];
    for (int b = 0; b < COUNT; b++) {
      double sum = 0;
      double n = 0;
      for (int i = 0; i < parts.length; i++) {
        int part = random.nextInt(parts.length);
        sum += sums[part];
        n += finite[part];
      }
      means[b] = n == 0 ? Double.NaN : sum / n;
    }
    return new OldResamples(means, ofMedians.medians, parts.length, method);
  }
}
