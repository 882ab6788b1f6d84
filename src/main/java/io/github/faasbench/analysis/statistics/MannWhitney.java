package io.github.faasbench.analysis.statistics;

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
}
