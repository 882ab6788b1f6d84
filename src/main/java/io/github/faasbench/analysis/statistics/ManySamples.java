package io.github.faasbench.analysis.statistics;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.ranking.NaturalRanking;

/** Tests of whether any of several samples differs from the others. */
public final class ManySamples {

  /**
   * A test's answer.
   *
   * @param statistic H; NaN, as p then is, where the samples are too few or too small
   */
  public record Test(double statistic, double p) {
    private static final Test NONE = new Test(Double.NaN, Double.NaN);
  }

  private ManySamples() {}

  /**
   * Whether the values of some samples tend to be larger: Kruskal and Wallis (1952), corrected for
   * ties, by the chi-squared approximation.
   */
  public static Test kruskalWallis(List<double[]> samples) {
    List<double[]> full = samples.stream().filter(sample -> sample.length > 0).toList();
    double[] all = full.stream().flatMapToDouble(Arrays::stream).toArray();
    if (full.size() < 2 || all.length < 3) {
      return Test.NONE;
    }
    double[] ranks = new NaturalRanking().apply(all);
    double n = all.length;
    double sum = 0;
    int from = 0;
    for (double[] sample : full) {
      double ofSample = Arrays.stream(ranks, from, from + sample.length).sum();
      sum += ofSample * ofSample / sample.length;
      from += sample.length;
    }
    double untied = 1 - tiesCubed(all) / (n * n * n - n);
    if (untied == 0) {
      return new Test(0, 1);
    }
    double h = (12 / (n * (n + 1)) * sum - 3 * (n + 1)) / untied;
    double p = ChiSquaredDistribution.of(full.size() - 1.0).survivalProbability(h);
    return new Test(h, p);
  }

  private static double tiesCubed(double[] values) {
    double[] sorted = Quantiles.sorted(values);
    double sum = 0;
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        double t = i - from;
        sum += t * t * t - t;
        from = i;
      }
    }
    return sum;
  }

  /**
   * Holm's correction (1979) of the p of several tests of one question: they stay in their order;
   * NaN stands for a test that could not be made, and counts for nothing.
   */
  public static double[] holm(double... p) {
    double[] adjusted = new double[p.length];
    Arrays.fill(adjusted, Double.NaN);
    List<Integer> order =
        java.util.stream.IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted((i, j) -> Double.compare(p[i], p[j]))
            .toList();
    double largest = 0;
    for (int i = 0; i < order.size(); i++) {
      largest = Math.max(largest, Math.min(1, (order.size() - i) * p[order.get(i)]));
      adjusted[order.get(i)] = largest;
    }
    return adjusted;
  }
}
