package io.github.faasbench.analysis.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** Means and what belongs to them. */
public final class Means {

  private Means() {}

  /** The mean; NaN without values. */
  public static double of(double... values) {
    return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
  }

  /** The standard deviation (divided by n - 1); NaN below two values. */
  public static double standardDeviation(double... values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = of(values);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  /**
   * Student's interval of the mean.
   *
   * @param standardDeviation of the sample
   */
  public static Interval interval(double mean, double standardDeviation, long count) {
    if (count < 2) {
      return Interval.unknown("Student's t: needs 2 values");
    }
    double half = t(count - 1.0) * standardDeviation / Math.sqrt(count);
    return new Interval(mean - half, mean + half, "Student's t");
  }

  /**
   * The quantile of Student's law that an interval of 95 % reaches to on either side; of many
   * degrees of freedom by the expansion of Abramowitz and Stegun, 26.7.5, exact to 1e-9: searching
   * for it is slow.
   */
  public static double t(double degreesOfFreedom) {
    if (degreesOfFreedom > 200) {
      double z = 1.959963984540054;
      double z2 = z * z;
      double v = degreesOfFreedom;
      return z
          + z * (z2 + 1) / (4 * v)
          + z * ((5 * z2 + 16) * z2 + 3) / (96 * v * v)
          + z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * v * v * v);
    }
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - Interval.LEVEL) / 2);
  }

  /** The p of Student's law for a statistic at least so far from 0, on either side. */
  public static double twoSided(double statistic, double degreesOfFreedom) {
    if (Double.isInfinite(statistic)) {
      return 0;
    }
    return Math.min(
        1, 2 * TDistribution.of(degreesOfFreedom).survivalProbability(Math.abs(statistic)));
  }

  /** Pearson's correlation of pairs; 0 where one side does not vary. */
  public static double correlation(double[] x, double[] y) {
    double ofX = of(x);
    double ofY = of(y);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - ofX) * (x[i] - ofX);
      yy += (y[i] - ofY) * (y[i] - ofY);
      xy += (x[i] - ofX) * (y[i] - ofY);
    }
    return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
  }

  /**
   * Jain's index of fairness, 1/n (one has all) to 1 (all have the same); Jain, Chiu and Hawe, "A
   * Quantitative Measure of Fairness" (1984). NaN without values or when all are 0.
   */
  public static double jainIndex(double... values) {
    double sum = Arrays.stream(values).sum();
    double squares = Arrays.stream(values).map(value -> value * value).sum();
    return sum == 0 ? Double.NaN : sum * sum / (values.length * squares);
  }
}
