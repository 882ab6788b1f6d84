package io.github.faasbench.analysis.validity;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Sample;
import io.github.faasbench.analysis.statistics.CliffsDelta;
import io.github.faasbench.analysis.statistics.MannWhitney;
import io.github.faasbench.analysis.statistics.Quantiles;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether the calls that ended last in their repetition are slower or faster than the first.
 *
 * @param first median latency of the first third, in seconds
 * @param last of the last third
 * @param delta Cliff's, above 0: slower
 * @param p of Mann and Whitney's test; NaN where there are too few calls to ask
 */
record Drift(double first, double last, double delta, double p) {

  private static final int LEAST = 15;

  /** Calls of one queue depend on each other, so p alone would cry wolf: at least medium, too. */
  private static final double SMALLEST = 0.33;

  static Drift of(GroupSummary group) {
    double[] first = third(group.sample(), 0);
    double[] last = third(group.sample(), 2);
    if (first.length < LEAST) {
      return new Drift(Double.NaN, Double.NaN, 0, Double.NaN);
    }
    return new Drift(
        Quantiles.median(first),
        Quantiles.median(last),
        CliffsDelta.of(last, first),
        MannWhitney.of(last, first).p());
  }

  static boolean shown(GroupSummary group) {
    if (!group.observations().single()) {
      return false; // cells that ran one after the other are no one course of time
    }
    Drift drift = of(group);
    return drift.p < 0.001 && Math.abs(drift.delta) >= SMALLEST;
  }

  private static double[] third(Sample sample, int number) {
    return IntStream.range(0, sample.repetitions())
        .mapToObj(sample::repetition)
        .flatMapToDouble(
            values -> {
              int length = values.length / 3;
              int from = number == 0 ? 0 : values.length - length;
              return Arrays.stream(values, from, from + length);
            })
        .toArray();
  }
}
