package io.github.faasbench.coverage;

import io.github.faasbench.analysis.statistics.Means;
import java.util.Arrays;
import java.util.List;

/** Widths of intervals beside those of another method on the same calls. */
final class Widths {

  private static final double ALLOWED = 0.1;

  /** One-sided, 0.1 %. */
  private static final double Z = 3.09;

  private final double[] own;
  private final double[] others;

  /**
   * @param pairs of two widths; a pair that lacks one counts for nothing
   */
  Widths(List<double[]> pairs) {
    List<double[]> known =
        pairs.stream().filter(pair -> Double.isFinite(pair[0] + pair[1])).toList();
    own = known.stream().mapToDouble(pair -> pair[0]).toArray();
    others = known.stream().mapToDouble(pair -> pair[1]).toArray();
  }

  double ratio() {
    return Means.of(own) / Means.of(others);
  }

  /** Whether means are not shown to lie more than a tenth apart. */
  boolean alike() {
    return own.length < 2 || beyond(1 + ALLOWED) <= Z && beyond(1 - ALLOWED) >= -Z;
  }

  /** By how many standard errors the mean width is more than so many times the other. */
  private double beyond(double times) {
    double[] more = new double[own.length];
    Arrays.setAll(more, i -> own[i] - times * others[i]);
    double deviation = Means.standardDeviation(more);
    return Means.of(more) / (deviation / Math.sqrt(more.length));
  }
}
