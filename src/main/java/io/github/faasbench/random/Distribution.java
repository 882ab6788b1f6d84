package io.github.faasbench.random;

import java.util.random.RandomGenerator;

/**
 * A distribution of durations in seconds, sampled with StrictMath only, so that a seed gives the
 * same values on every machine.
 */
public sealed interface Distribution {

  /** One value, in seconds; never negative. */
  double sample(RandomGenerator random);

  /** The expected value, in seconds. */
  double mean();

  /** Always the same. */
  record Constant(double seconds) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      return seconds;
    }

    @Override
    public double mean() {
      return seconds;
    }
  }

  /** Between min and max, evenly. */
  record Uniform(double min, double max) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      return min + (max - min) * random.nextDouble();
    }

    @Override
    public double mean() {
      return (min + max) / 2;
    }
  }

  /** Memoryless, by inversion. */
  record Exponential(double mean) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      return -mean * StrictMath.log(1 - random.nextDouble());
    }
  }

  /**
   * Of mean and standard deviation of the variable itself, not of its logarithm; the normal by the
   * polar method of Marsaglia, one value of a pair (so that a draw depends on nothing before it).
   */
  record Lognormal(double mean, double sd) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      double ratio = sd / mean;
      double variance = StrictMath.log1p(ratio * ratio);
      double mu = StrictMath.log(mean) - variance / 2;
      return StrictMath.exp(mu + StrictMath.sqrt(variance) * normal(random));
    }

    private static double normal(RandomGenerator random) {
      while (true) {
        double x = 2 * random.nextDouble() - 1;
        double y = 2 * random.nextDouble() - 1;
        double s = x * x + y * y;
        if (s > 0 && s < 1) {
          return x * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        }
      }
    }
  }

  /**
   * Values seen, each as likely as the others.
   *
   * @param file where they stand, as the experiment file names it
   * @param column which of its columns
   */
  record Empirical(String file, String column, double[] values) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      return values[random.nextInt(values.length)];
    }

    @Override
    public double mean() {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum / values.length;
    }
  }
}
