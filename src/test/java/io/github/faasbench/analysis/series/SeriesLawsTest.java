package io.github.faasbench.analysis.series;

import static io.github.faasbench.analysis.series.SeriesOf.autoregressive;
import static io.github.faasbench.analysis.series.SeriesOf.calls;
import static io.github.faasbench.analysis.series.SeriesOf.cell;
import static io.github.faasbench.analysis.series.SeriesOf.exponential;
import static io.github.faasbench.analysis.series.SeriesOf.group;
import static io.github.faasbench.analysis.series.SeriesOf.queue;
import static io.github.faasbench.analysis.series.SeriesOf.shuffled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.faasbench.analysis.statistics.Autocorrelation;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.random.Stream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What holds for every series of calls, whatever its figures. */
class SeriesLawsTest {

  private static final List<Statistic> ALL =
      List.of(Statistic.MEAN, Statistic.MEDIAN, Statistic.P95, Statistic.quantile(.99));

  private static final int MANY = 3 * CallSeries.EXACT;

  @Test
  void theOrderInWhichCallsEndDoesNotMatter() {
    for (int n : new int[] {7, 100, 5_000}) {
      double[] calls = withFailures(queue(n, n, .7), n / 50);
      assertThat(figures(group(shuffled(calls)))).isEqualTo(figures(cell(calls)));
    }
  }

  @Test
  void norDoesItOfMoreCallsThanAreKept() {
    double[] calls = withFailures(queue(1, MANY, .7), 40);
    double[] inOrder = figures(cell(calls));
    double[] shuffled = figures(group(shuffled(calls)));
    for (int i = 0; i < inOrder.length; i++) {
      assertThat(shuffled[i]).isCloseTo(inOrder[i], within(1e-9 * Math.abs(inOrder[i]) + 1e-12));
    }
  }

  @Test
  void manyCallsAreWorthAsManyAsIfAllWereKept() {
    for (double load : new double[] {.5, .7, .8}) {
      double[] calls = queue(2, MANY, load);
      Observations of = cell(calls);
      double[] sorted = calls.clone();
      Arrays.sort(sorted);
      assertThat(of.value(Statistic.MEAN))
          .isCloseTo(Arrays.stream(calls).average().orElseThrow(), withPercentage(1e-9));
      for (double p : new double[] {.5, .95, .99}) {
        assertThat(of.value(Statistic.quantile(p)))
            .isCloseTo(sorted[(int) (p * (MANY - 1))], withPercentage(1));
      }
      assertThat(of.worth().independent())
          .isCloseTo(MANY / Autocorrelation.inflation(calls, 1), withPercentage(15));
    }
  }

  @Test
  void batchesAddUpToTheWhole() {
    for (int n : new int[] {1, 19, 20, 21, 1_234, CallSeries.EXACT}) {
      CallSeries series = calls(withFailures(exponential(n, n), n / 10));
      Batch all = Batch.of(series.batches(20));
      assertThat(series.batches(20)).hasSize(Math.min(20, n));
      assertThat(all.calls()).isEqualTo(n);
      assertThat(all.ok()).isEqualTo(n - series.failed());
      assertThat(all.sum()).isCloseTo(series.whole().sum(), within(1e-9 * n));
    }
  }

  /** A histogram can't be cut, so that the calls of less than one batch stay out at the end. */
  @Test
  void batchesOfManyCallsLeaveOutLessThanOne() {
    for (int n : new int[] {CallSeries.EXACT + 1, 20_481, 50_000, 99_999}) {
      CallSeries series = calls(exponential(n, n));
      for (int wanted : new int[] {5, 10, 20}) {
        List<Batch> batches = series.batches(wanted);
        long inside = batches.stream().mapToLong(Batch::calls).sum();
        assertThat(batches.size()).isBetween(wanted, wanted * 3 / 2);
        assertThat(batches).allMatch(one -> one.calls() == batches.get(0).calls());
        assertThat(n - inside).isBetween(0L, 2 * batches.get(0).calls());
      }
    }
  }

  @Test
  void anotherUnitOfTimeChangesNoVerdict() {
    scales(3.7, exponential(3, 300));
    scales(3.7, queue(4, 9_000, .5));
    // A histogram's buckets are the same again after whole octaves.
    scales(1024, queue(5, 40_000, .5));
  }

  private static void scales(double factor, double[] calls) {
    Observations one = cell(calls);
    Observations other = cell(Arrays.stream(calls).map(call -> factor * call).toArray());
    double[] expected = figures(one);
    double[] found = figures(other);
    for (int i = 0; i < found.length; i++) {
      double by = i < 3 * ALL.size() ? factor : 1;
      assertThat(found[i]).isCloseTo(by * expected[i], withPercentage(1e-7));
    }
    assertThat(other.refusal()).isEqualTo(one.refusal());
  }

  @Test
  void numbersMayBeginAnywhere() {
    for (double[] calls : List.of(exponential(6, 77), queue(7, 10_000, .6))) {
      for (long first : new long[] {2, 1_000, 1_000_000_007}) {
        assertThat(figures(group(SeriesOf.from(first, calls)))).isEqualTo(figures(cell(calls)));
      }
    }
  }

  @Test
  void independentCallsAreHardlyEverRefused() {
    for (int n : new int[] {8, 10, 20, 40, 100, 500, 2_000}) {
      int refused = 0;
      int trials = n > 500 ? 500 : 2_000;
      for (int trial = 0; trial < trials; trial++) {
        refused += cell(exponential(1000L * n + trial, n)).refusal().isEmpty() ? 0 : 1;
      }
      // 2 % and 3 standard errors.
      assertThat(refused).isLessThan((int) (.02 * trials + 3 * Math.sqrt(.02 * trials)));
    }
  }

  @Test
  void norAreRepetitionsOfThem() {
    int refused = 0;
    for (int trial = 0; trial < 1_000; trial++) {
      CallSeries[] repetitions = new CallSeries[2 + trial % 3];
      for (int i = 0; i < repetitions.length; i++) {
        repetitions[i] = calls(exponential(10L * trial + i, 60));
      }
      refused += group(repetitions).refusal().isEmpty() ? 0 : 1;
    }
    assertThat(refused).isLessThan(34);
  }

  /** Calls that fail, or that are of another function, leave runs of unlike length. */
  @Test
  void gapsAreNoDependence() {
    int dependent = 0;
    for (int trial = 0; trial < 20; trial++) {
      CallSeries series = new CallSeries();
      Stream random = new Stream(trial);
      for (int i = 1; i <= 2 * MANY; i++) {
        if (random.nextDouble() < .5) {
          double latency = -Math.log(1 - random.nextDouble());
          series.add(i, random.nextDouble() < .1 ? Double.POSITIVE_INFINITY : latency, false);
        }
      }
      dependent += group(series).worth().dependent() ? 1 : 0;
    }
    assertThat(dependent).isLessThan(3);
  }

  @Test
  void anAutoregressiveSeriesIsWorthWhatTheorySays() {
    for (double share : new double[] {.3, .5, .8, .9}) {
      Worth worth = cell(autoregressive(8, 100_000, share)).worth();
      assertThat(worth.calls() / worth.independent())
          .isCloseTo((1 + share) / (1 - share), withPercentage(15));
    }
  }

  private static double[] withFailures(double[] calls, int count) {
    Stream random = new Stream(count);
    for (int i = 0; i < count; i++) {
      calls[random.nextInt(calls.length)] = Double.POSITIVE_INFINITY;
    }
    return calls;
  }

  /** Values and intervals of each statistic, then what the calls are worth. */
  private static double[] figures(Observations of) {
    DoubleStream.Builder figures = DoubleStream.builder();
    for (Statistic statistic : ALL) {
      Interval interval = of.estimate(statistic).interval();
      figures.add(of.value(statistic)).add(interval.low()).add(interval.high());
    }
    Worth worth = of.worth();
    figures.add(worth.independent()).add(worth.lag1()).add(worth.batches());
    figures.add(of.units()).add(worth.dependent() ? 1 : 0);
    return figures.build().toArray();
  }
}
