package io.github.faasbench.analysis;

import io.github.faasbench.analysis.statistics.Quantiles;
import java.util.Arrays;

/**
 * Latencies of a group, in seconds, for what describes them and is no test: slowdown, outliers. A
 * call that did not end ok counts as infinitely slow. Of more than {@link #SIZE} calls in a
 * repetition, a seeded sample of as many.
 */
public final class Sample {

  /** The most calls of a repetition that are kept. */
  public static final int SIZE = 10_000;

  private final double[][] repetitions;
  private final double[][] services;
  private final double[][] started;
  private Distribution slowdown;

  /**
   * A sample of a group's calls.
   *
   * @param repetitions the latencies of each, in the order in which the calls ended
   * @param services their service times, NaN: not measured
   * @param started 1 where a container was started for them, else 0
   */
  Sample(double[][] repetitions, double[][] services, double[][] started) {
    this.repetitions = repetitions;
    this.services = services;
    this.started = started;
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

  /** How many calls are in it. */
  public int size() {
    return Arrays.stream(repetitions).mapToInt(values -> values.length).sum();
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
      slowdown =
          Distribution.of(
              Arrays.copyOf(factors, known), known == 0 ? 0 : failed, Distribution.PERCENTILES);
    }
    return slowdown;
  }

  /**
   * Calls that are far from the median ({@link Quantiles#OUTLIER}) though no container was started
   * for them; where one was for every call, of all.
   */
  public int outliers() {
    double[] all = values();
    double[] containers = Arrays.stream(started).flatMapToDouble(Arrays::stream).toArray();
    boolean always = Arrays.stream(containers).allMatch(flag -> flag == 1);
    double[] finite = Arrays.stream(all).filter(Double::isFinite).toArray();
    double limit = Quantiles.OUTLIER * Quantiles.medianAbsoluteDeviation(finite);
    double median = Quantiles.median(finite);
    int count = 0;
    for (int i = 0; i < all.length && limit > 0; i++) {
      boolean far = Double.isFinite(all[i]) && Math.abs(all[i] - median) > limit;
      count += far && (always || containers[i] == 0) ? 1 : 0;
    }
    return count;
  }
}
