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
  private final long calls;
  private final long seed;
  private Resamples resamples;
  private double[] medians;
  private double[] spreads;

  /**
   * A sample of that many calls.
   *
   * @param repetitions the latencies of each, in the order in which the calls ended
   * @param calls of which these are all or some
   * @param seed of what is drawn from it
   */
  Sample(double[][] repetitions, long calls, long seed) {
    this.repetitions = repetitions;
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

  /** Of the median latency. */
  public Interval medianInterval() {
    return resamples().median();
  }
}
