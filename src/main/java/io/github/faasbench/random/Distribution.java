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
      return -mean * Logarithm.of(1 - random.nextDouble());
    }
  }

  /** Of mean and standard deviation of the variable itself, not of its logarithm. */
  record Lognormal(double mean, double sd) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      double ratio = sd / mean;
      double variance = StrictMath.log1p(ratio * ratio);
      double mu = StrictMath.log(mean) - variance / 2;
      return StrictMath.exp(mu + StrictMath.sqrt(variance) * Stream.normal(random));
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
