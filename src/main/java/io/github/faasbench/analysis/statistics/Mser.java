package io.github.faasbench.analysis.statistics;

/**
 * Where a series has left its start behind: MSER-5 (White, Cobb and Spratt, "A comparison of five
 * steady-state truncation heuristics for simulation", Winter Simulation Conference 2000). Of means
 * of five values it leaves out so many that the variance of the rest's mean is least, at most half.
 */
public final class Mser {

  private static final int MEAN_OF = 5;

  private Mser() {}

  /**
   * How many values to leave out at the beginning.
   *
   * @param values finite, in the order in which they came
   */
  public static int cut(double[] values) {
    int blocks = values.length / MEAN_OF;
    double[] means = new double[blocks];
    for (int i = 0; i < blocks; i++) {
      double sum = 0;
      for (int k = 0; k < MEAN_OF; k++) {
        sum += values[i * MEAN_OF + k];
      }
      means[i] = sum / MEAN_OF;
    }
    return MEAN_OF * blocks(means);
  }

  /** The same of means of equally many values: how many of these to leave out. */
  public static int blocks(double[] means) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    // From the end on, so that each rest follows from the one that is shorter by one. Differences
    // from one of the values keep the digits that large means would cost.
    double offset = means.length == 0 ? 0 : means[means.length - 1];
    for (int from = means.length - 1; from >= 0; from--) {
      double value = means[from] - offset;
      sum += value;
      squares += value * value;
      double n = means.length - (double) from;
      if (from <= means.length / 2) {
        double error = Math.max(0, squares - sum * sum / n) / (n * n);
        if (error <= least) {
          least = error;
          best = from;
        }
      }
    }
    return best;
  }
}
