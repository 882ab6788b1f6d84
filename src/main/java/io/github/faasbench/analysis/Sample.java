package io.github.faasbench.analysis;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.analysis.statistics.Resamples;
import io.github.faasbench.random.Stream;
import java.util.Arrays;

/**
 * The latencies of a group, in seconds, for what needs more than counts and sums: intervals, tests,
 * figures. A call that did not end ok counts as infinitely slow. Of more than {@link #SIZE} calls
 * in a repetition, a seeded sample of as many.
 */
public final class Sample {

  /** The most calls of a repetition that are kept. */
  public static final int SIZE = 10_000;

  private final double[][] repetitions;
  private final double[][] services;
  private final long calls;
  private final long seed;
  private Resamples resamples;
  private double[] medians;
  private double[] spreads;
  private Distribution slowdown;

  /**
   * A sample of that many calls.
   *
   * @param repetitions the latencies of each, in the order in which the calls ended
   * @param services their service times, NaN: not measured
   * @param calls of which these are all or some
   * @param seed of what is drawn from it
   */
  Sample(double[][] repetitions, double[][] services, long calls, long seed) {
    this.repetitions = repetitions;
    this.services = services;
    this.calls = calls;
    this.seed = seed;
  }

  /** How many repetitions it has, of one run or several. */
  public int repetitions() {
    return repetitions.length;
  }

  /** The latencies of a repetition, from 0, in the order in which the calls ended. */
  public double[] repetition(int number) {
    return repetitions[number].clone();
  }

  /** The latencies of all repetitions. */
  public double[] values() {
    return Arrays.stream(repetitions).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Whether every call of the group is in it. */
  public boolean complete() {
    return size() == calls;
  }

  /** How many calls are in it. */
  public int size() {
    return Arrays.stream(repetitions).mapToInt(values -> values.length).sum();
  }

  /** The median latency of each repetition: what repetitions are compared by. */
  public double[] medians() {
    if (medians == null) {
      medians = Arrays.stream(repetitions).mapToDouble(Quantiles::median).toArray();
    }
    return medians.clone();
  }

  /**
   * How far a call of each repetition is from its median on average, in seconds; of the calls that
   * ended ok. NaN without any.
   */
  public double[] spreads() {
    if (spreads == null) {
      spreads = Arrays.stream(repetitions).mapToDouble(Sample::spread).toArray();
    }
    return spreads.clone();
  }

  private static double spread(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    return Means.of(Quantiles.distances(finite));
  }

  /** The mean of that over the repetitions. */
  public double spread() {
    return Arrays.stream(spreads()).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /**
   * How many times as long as its process ran a call took: latency by service time, {@code exec_s}.
   * What queueing, choice, pull and start add, and not what sharing cores adds, since a process
   * runs on the wall clock. Calls without a service time count for nothing, those that did not end
   * ok as infinite: the mean is of the others, and few short calls may make most of it.
   */
  public Distribution slowdown() {
    if (slowdown == null) {
      double[] factors = new double[size()];
      int known = 0;
      long failed = 0;
      for (int i = 0; i < repetitions.length; i++) {
        for (int j = 0; j < repetitions[i].length; j++) {
          double latency = repetitions[i][j];
          if (Double.isInfinite(latency)) {
            failed++;
          } else if (services[i][j] > 0) {
            factors[known++] = latency / services[i][j];
          }
        }
      }
      slowdown = Distribution.of(Arrays.copyOf(factors, known), known == 0 ? 0 : failed);
    }
    return slowdown;
  }

  /** What intervals are made of; drawn when they are asked for. */
  public Resamples resamples() {
    if (resamples == null) {
      resamples = Resamples.of(repetitions, new Stream(seed));
    }
    return resamples;
  }

  /** Of the mean latency of the calls that ended ok. */
  public Interval meanInterval() {
    return resamples().mean();
  }

  /** Of the median latency; where no call ended ok there is none to speak of. */
  public Interval medianInterval() {
    boolean any =
        Arrays.stream(repetitions).flatMapToDouble(Arrays::stream).anyMatch(Double::isFinite);
    return any ? resamples().median() : Interval.unknown("no call ended ok");
  }
}
