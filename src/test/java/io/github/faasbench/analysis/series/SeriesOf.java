package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.series.Observations.Part;
import io.github.faasbench.analysis.series.Observations.Repetition;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;

/** Makes series and groups of them for tests. */
final class SeriesOf {

  private SeriesOf() {}

  /** Calls in order of arrival, numbered from 1; no container was started for any. */
  static CallSeries calls(double... seconds) {
    return from(1, seconds);
  }

  /** The same, numbered from another number on. */
  static CallSeries from(long first, double... seconds) {
    CallSeries series = new CallSeries();
    for (int i = 0; i < seconds.length; i++) {
      series.add(first + i, seconds[i], false);
    }
    return series;
  }

  /** The same calls, as they may end: in another order. */
  static CallSeries shuffled(double... seconds) {
    CallSeries series = new CallSeries();
    for (int i : order(seconds.length)) {
      series.add(i + 1L, seconds[i], false);
    }
    return series;
  }

  private static int[] order(int n) {
    int[] order = new int[n];
    Stream random = new Stream(n);
    for (int i = 0; i < n; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** A simulated cell with a repetition for each series. */
  static Observations group(CallSeries... series) {
    List<Repetition> repetitions = new ArrayList<>();
    for (CallSeries one : series) {
      int number = repetitions.size() + 1;
      repetitions.add(new Repetition("run", number, List.of(new Part("load", one))));
    }
    return new Observations(repetitions, true, 1);
  }

  /** A simulated cell of one repetition. */
  static Observations cell(double... seconds) {
    return group(calls(seconds));
  }

  /** A repetition of three calls for each of these means. */
  static Observations repetitions(double... means) {
    CallSeries[] series = new CallSeries[means.length];
    for (int i = 0; i < means.length; i++) {
      series[i] = calls(means[i] + .1, means[i], means[i] - .1);
    }
    return group(series);
  }

  /** Independent calls of an exponential law with mean 1, and 10 ms. */
  static double[] exponential(long seed, int n) {
    Stream random = new Stream(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = .01 + exponential(random);
    }
    return values;
  }

  private static double exponential(Stream random) {
    return -Math.log(1 - random.nextDouble());
  }

  /** Calls to one server that began without a queue, with a mean service time of 1. */
  static double[] queue(long seed, int n, double load) {
    Stream random = new Stream(seed);
    double[] values = new double[n];
    double wait = 0;
    for (int i = 0; i < n; i++) {
      values[i] = wait + exponential(random);
      wait = Math.max(0, values[i] - exponential(random) / load);
    }
    return values;
  }

  /** Each value is a share of the one before and something new. */
  static double[] autoregressive(long seed, int n, double share) {
    Stream random = new Stream(seed);
    double[] values = new double[n];
    double deviation = random.nextGaussian() / Math.sqrt(1 - share * share);
    for (int i = 0; i < n; i++) {
      values[i] = 30 + deviation;
      deviation = share * deviation + random.nextGaussian();
    }
    return values;
  }
}
