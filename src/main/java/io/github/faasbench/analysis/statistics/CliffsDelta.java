package io.github.faasbench.analysis.statistics;

/**
 * Cliff's delta, how much two samples overlap: the share of pairs in which x is larger minus the
 * share in which y is, -1 to 1. Interval with the unbiased variance, not symmetric (Cliff, "Ordinal
 * Methods for Behavioral Data Analysis", 1996).
 *
 * @param delta NaN when a sample is empty
 */
public record CliffsDelta(double delta, Interval interval) {

  private static final String METHOD = "Cliff";

  public static CliffsDelta of(double[] x, double[] y) {
    int m = x.length;
    int n = y.length;
    if (m == 0 || n == 0) {
      return new CliffsDelta(Double.NaN, Interval.unknown(METHOD + ": needs values"));
    }
    double[] a = Quantiles.sorted(x);
    double[] b = Quantiles.sorted(y);
    double[] rows = shares(a, b);
    double[] columns = shares(b, a);
    double delta = Means.of(rows);
    if (m < 2 || n < 2) {
      return new CliffsDelta(delta, Interval.unknown(METHOD + ": needs 2 values of each"));
    }
    double pairs = (double) m * n;
    double ofRows = 0;
    for (double share : rows) {
      ofRows += (share - delta) * (share - delta);
    }
    double ofColumns = 0;
    for (double share : columns) {
      ofColumns += (share + delta) * (share + delta);
    }
    double ofPairs = pairs - ties(a, b) - pairs * delta * delta;
    double variance =
        ((double) n * n * ofRows + (double) m * m * ofColumns - ofPairs)
            / (pairs * (m - 1.0) * (n - 1.0));
    return new CliffsDelta(delta, interval(delta, Math.max(0, variance), m + n - 2.0));
  }

  private static Interval interval(double delta, double variance, double degreesOfFreedom) {
    if (Math.abs(delta) == 1) {
      // Without any overlap the variance is 0, and the sample says nothing of what may overlap.
      return Interval.unknown(METHOD + ": the samples do not overlap");
    }
    double t = Means.t(degreesOfFreedom);
    double t2v = t * t * variance;
    double within = 1 - delta * delta;
    double half = Math.sqrt(t2v * (within * within + t2v));
    double scale = within + t2v;
    double centre = delta - delta * delta * delta;
    return new Interval((centre - half) / scale, (centre + half) / scale, METHOD);
  }

  /** Romano's words for its size (2006): negligible, small, medium, large. */
  public String size() {
    double size = Math.abs(delta);
    return size < 0.147 ? "negligible" : size < 0.33 ? "small" : size < 0.474 ? "medium" : "large";
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

  private static double ties(double[] a, double[] b) {
    double ties = 0;
    int below = 0;
    int notAbove = 0;
    for (double value : a) {
      while (below < b.length && b[below] < value) {
        below++;
      }
      while (notAbove < b.length && b[notAbove] <= value) {
        notAbove++;
      }
      ties += notAbove - below;
    }
    return ties;
  }
}
