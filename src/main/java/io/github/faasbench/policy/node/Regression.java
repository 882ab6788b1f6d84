package io.github.faasbench.policy.node;

/**
 * Linear least squares, one observation at a time, older ones counting less and less: recursive
 * least squares with a forgetting factor (Haykin, "Adaptive Filter Theory", chapter on RLS). What
 * has not been seen for long is not forgotten without end, or the next sight of it would overturn
 * everything.
 */
final class Regression {

  /** How little is known of a coefficient at first; regularises by its inverse. */
  private static final double UNKNOWN = 1e4;

  private final int size;
  private final double forgetting;
  private final double[] coefficients;
  private final double[][] covariance;
  private final double[] gain;

  /**
   * @param forgetting how much an observation counts after the next one, above 0, at most 1
   */
  Regression(int size, double forgetting) {
    this.size = size;
    this.forgetting = forgetting;
    coefficients = new double[size];
    covariance = new double[size][size];
    gain = new double[size];
    for (int i = 0; i < size; i++) {
      covariance[i][i] = UNKNOWN;
    }
  }

  double coefficient(int i) {
    return coefficients[i];
  }

  double predict(double[] features) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += coefficients[i] * features[i];
    }
    return sum;
  }

  void learn(double[] features, double value) {
    double spread = 1;
    double widest = 0;
    for (int i = 0; i < size; i++) {
      gain[i] = 0;
      for (int j = 0; j < size; j++) {
        gain[i] += covariance[i][j] * features[j];
      }
      spread += features[i] * gain[i];
      widest = Math.max(widest, covariance[i][i]);
    }
    double error = value - predict(features);
    double forget = widest < UNKNOWN ? forgetting : 1;
    for (int i = 0; i < size; i++) {
      coefficients[i] += gain[i] / spread * error;
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = (covariance[i][j] - gain[i] * gain[j] / spread) / forget;
        covariance[j][i] = covariance[i][j];
      }
    }
  }
}
