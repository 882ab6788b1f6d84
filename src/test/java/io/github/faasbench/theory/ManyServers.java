package io.github.faasbench.theory;

/**
 * The refined mean field approximation of n single servers where each Poisson call draws d of them
 * and joins the shortest queue: the limit for infinitely many servers plus a correction of order
 * 1/n (Gast and Van Houdt, "A Refined Mean Field Approximation", SIGMETRICS 2018). What is left is
 * of order 1/n^2.
 */
public final class ManyServers {

  private static final double NOTHING = 1e-12;

  private final double rho;
  private final int choices;
  private final int levels;

  /** The limit's share of servers with at least i calls; the last one is 0. */
  private final double[] share;

  public ManyServers(double rho, int choices) {
    this.rho = rho;
    this.choices = choices;
    int i = 1;
    while (tail(i) > NOTHING) {
      i++;
    }
    levels = i;
    share = new double[levels + 2];
    for (int level = 0; level <= levels; level++) {
      share[level] = tail(level);
    }
  }

  private double tail(int level) {
    return Math.pow(rho, (Math.pow(choices, level) - 1) / (choices - 1));
  }

  /** What 1/n is multiplied with in T. */
  public double correction(boolean distinct) {
    double[][] drift = new double[levels][levels];
    double[][] noise = new double[levels][levels];
    for (int i = 1; i <= levels; i++) {
      if (i > 1) {
        drift[i - 1][i - 2] = slope(share[i - 1]);
      }
      drift[i - 1][i - 1] = -slope(share[i]) - 1;
      if (i < levels) {
        drift[i - 1][i] = 1;
      }
      noise[i - 1][i - 1] = joins(share[i - 1]) - joins(share[i]) + share[i] - share[i + 1];
    }
    double[] variance = variances(drift, noise);
    double[] bend = new double[levels];
    for (int i = 1; i <= levels; i++) {
      double below = i > 1 ? curve(share[i - 1]) * variance[i - 2] : 0;
      bend[i - 1] = (curve(share[i]) * variance[i - 1] - below) / 2;
      if (distinct) {
        bend[i - 1] -= fewer(share[i - 1]) - fewer(share[i]);
      }
    }
    double sum = 0;
    for (double value : solve(drift, bend)) {
      sum += value;
    }
    return sum / rho;
  }

  /** The rate, per server, at which calls draw only servers of that share. */
  private double joins(double x) {
    return rho * Math.pow(x, choices);
  }

  private double slope(double x) {
    return rho * choices * Math.pow(x, choices - 1);
  }

  private double curve(double x) {
    return rho * choices * (choices - 1) * Math.pow(x, choices - 2);
  }

  /** What drawing without replacement changes in {@link #joins}, times n. */
  private double fewer(double x) {
    return -rho * choices * (choices - 1) / 2 * Math.pow(x, choices - 1) * (1 - x);
  }

  /** The diagonal of W in drift W + W drift' + noise = 0 (Lyapunov). */
  private double[] variances(double[][] drift, double[][] noise) {
    int n = levels;
    double[][] equations = new double[n * n][n * n];
    double[] right = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        right[i * n + j] = -noise[i][j];
        for (int k = 0; k < n; k++) {
          equations[i * n + j][k * n + j] += drift[i][k];
          equations[i * n + j][i * n + k] += drift[j][k];
        }
      }
    }
    double[] all = solve(equations, right);
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = all[i * n + i];
    }
    return diagonal;
  }

  /** By Gauss's elimination with the largest pivot of each column. */
  private static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = java.util.Arrays.copyOf(matrix[i], n + 1);
      a[i][n] = right[i];
    }
    for (int column = 0; column < n; column++) {
      int best = column;
      for (int i = column + 1; i < n; i++) {
        best = Math.abs(a[i][column]) > Math.abs(a[best][column]) ? i : best;
      }
      double[] pivot = a[best];
      a[best] = a[column];
      a[column] = pivot;
      for (int i = 0; i < n; i++) {
        double factor = i == column ? 0 : a[i][column] / pivot[column];
        for (int j = column; j <= n && factor != 0; j++) {
          a[i][j] -= factor * pivot[j];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = a[i][n] / a[i][i];
    }
    return solution;
  }
}
