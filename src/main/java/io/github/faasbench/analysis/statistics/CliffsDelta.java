package io.github.faasbench.analysis.statistics;

/**
 * Cliff's delta, how much two samples overlap: the share of pairs in which x is larger minus the
 * share in which y is, -1 to 1 (Cliff, "Ordinal Methods for Behavioral Data Analysis", 1996).
 */
public final class CliffsDelta {

  private CliffsDelta() {}

  /** NaN when a sample is empty. */
  public static double of(double[] x, double[] y) {
    return x.length == 0 || y.length == 0
        ? Double.NaN
        : Means.of(shares(Quantiles.sorted(x), Quantiles.sorted(y)));
  }

  /** For each value of a (sorted) the share of b (sorted) below it minus that above it. */
  private static double[] shares(double[] a, double[] b) {
    double[] shares = new double[a.length];
    int below = 0;
    int notAbove = 0;
    for (int i = 0; i < a.length; i++) {
      while (below < b.length && b[below] < a[i]) {
        below++;
      }
      while (notAbove < b.length && b[notAbove] <= a[i]) {
        notAbove++;
      }
      shares[i] = ((double) below - (b.length - notAbove)) / b.length;
    }
    return shares;
  }
}
