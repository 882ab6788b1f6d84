package io.github.faasbench.coverage;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Laws of calls that don't depend on each other, with what is true of them. */
enum Law {
  LOG_NORMAL("log-normal"),
  /** Its standard deviation is 3 times its mean. */
  HEAVY("heavy log-normal"),
  EXPONENTIAL("exponential"),
  /** Two narrow log-normal ones: 70 % around 0.1 s, 30 % around 1 s. */
  BIMODAL("bimodal");

  private static final double NARROW = 0.1;

  private final String text;

  Law(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  double[] calls(RandomGenerator random, int count) {
    double[] calls = new double[count];
    Arrays.setAll(calls, i -> call(random));
    return calls;
  }

  private double call(RandomGenerator random) {
    return switch (this) {
      case LOG_NORMAL -> logNormal(random, 1, 1);
      case HEAVY -> logNormal(random, 1, 3);
      case EXPONENTIAL -> random.nextExponential();
      case BIMODAL -> logNormal(random, random.nextDouble() < 0.7 ? 0.1 : 1, NARROW);
    };
  }

  /**
   * A value of that mean.
   *
   * @param deviation as a share of the mean
   */
  static double logNormal(RandomGenerator random, double mean, double deviation) {
    double variance = Math.log1p(deviation * deviation);
    return mean * Math.exp(Math.sqrt(variance) * random.nextGaussian() - variance / 2);
  }

  double mean() {
    return this == BIMODAL ? 0.7 * 0.1 + 0.3 * 1 : 1;
  }

  double median() {
    return switch (this) {
      case LOG_NORMAL -> 1 / Math.sqrt(2);
      case HEAVY -> 1 / Math.sqrt(10);
      case EXPONENTIAL -> Math.log(2);
      // The upper mode lies 23 deviations above it.
      case BIMODAL -> narrow(0.5 / 0.7);
    };
  }

  private static double narrow(double p) {
    double variance = Math.log1p(NARROW * NARROW);
    double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(p);
    return 0.1 * Math.exp(Math.sqrt(variance) * z - variance / 2);
  }
}
