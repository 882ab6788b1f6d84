package io.github.faasbench.analysis.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * The Mann-Whitney U test, two-sided: exact below 50 values a side without ties, else the normal
 * approximation with corrections for ties and continuity.
 *
 * @param u of the first sample: pairs in which it is larger, a tie counting half; NaN when a sample
 *     is empty, as p then is
 * @param exact whether p is the exact one
 */
public record MannWhitney(double u, double p, boolean exact) {

  private static final int EXACT_BELOW = 50;

  /** Tests whether one sample's values tend to be larger than the other's. */
  public static MannWhitney of(double[] x, double[] y) {
    if (x.length == 0 || y.length == 0) {
      return new MannWhitney(Double.NaN, Double.NaN, false);
    }
    var result = MannWhitneyUTest.withDefaults().test(x, y);
    // Where all values are one, the approximation divides by 0: nothing differs.
    double p = Double.isNaN(result.getPValue()) ? 1 : Math.min(1, result.getPValue());
    boolean exact = !result.hasTiedValues() && Math.max(x.length, y.length) < EXACT_BELOW;
    return new MannWhitney(result.getStatistic(), p, exact);
  }

  /** The smallest p that samples of these sizes can give: 2 / (m + n choose m). */
  public static double leastP(int m, int n) {
    if (m == 0 || n == 0) {
      return 1;
    }
    double arrangements = 1;
    for (int i = 1; i <= Math.min(m, n); i++) {
      arrangements *= (double) (Math.max(m, n) + i) / i;
    }
    return Math.min(1, 2 / arrangements);
  }

  /** How many values a side it takes so that each of so many pairs can fall below 0.05 by Holm. */
  public static int valuesNeeded(int pairs) {
    int n = 2;
    while (pairs * leastP(n, n) >= 0.05) {
      n++;
    }
    return n;
  }

  /**
   * The largest rank k, from 1, such that the interval between the k-th smallest and k-th largest
   * of the m n differences holds the shift in at least 95 %; 0: too few values. Exact up to 30
   * values a side (as R's qwilcox), else by the normal approximation.
   */
  static long intervalRank(int m, int n) {
    double pairs = (double) m * n;
    if (Math.max(m, n) > 30) {
      double deviation = Math.sqrt(pairs * (m + n + 1.0) / 12);
      return Math.max(1, (long) Math.floor(pairs / 2 - 1.959963984540054 * deviation));
    }
    double[] counts = counts(m, n);
    double limit = (1 - Interval.LEVEL) / 2 * Arrays.stream(counts).sum();
    double below = 0;
    int u = -1;
    while (below < limit) {
      below += counts[++u];
    }
    return u;
  }

  /** How many arrangements of two samples without ties have U = 0, 1, ... m n. */
  private static double[] counts(int m, int n) {
    double[][] byN = new double[n + 1][m * n + 1];
    for (double[] start : byN) {
      start[0] = 1;
    }
    // The largest value is one of the first sample (above all j of the second) or of the second.
    for (int i = 1; i <= m; i++) {
      double[][] next = new double[n + 1][m * n + 1];
      next[0][0] = 1;
      for (int j = 1; j <= n; j++) {
        for (int u = 0; u <= i * j; u++) {
          next[j][u] = next[j - 1][u] + (u >= j ? byN[j][u - j] : 0);
        }
      }
      byN = next;
    }
    return byN[n];
  }
}
