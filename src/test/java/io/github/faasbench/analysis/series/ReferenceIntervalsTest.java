package io.github.faasbench.analysis.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.random.Stream;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Intervals and tests that other software computed: R 4.2.2's t.test on logarithms and qbinom; the
 * formulas of batch means and of Zou and Donner written out in NumPy 2.4.6 with SciPy 1.17.1.
 */
class ReferenceIntervalsTest {

  private static final double[] QUEUE = {
    0.5, 0.4, 0.14, 0.01, 0.5, 0.55, 0.63, 2.42, 4.76, 2.17, 1.97, 2.86, 4.6, 2.61, 2.96, 1.99,
    1.27, 0.01, 0.18, 2.9, 4.31, 4.65, 3.27, 3.44, 2.43, 3.77, 2.29, 2.14, 0.51, 0.53, 0.1, 0.62,
    0.02, 0.74, 0.4, 1.55, 0.25, 0.47, 0.08, 2.14, 0.02, 0.34, 0.59, 0.59, 7.35, 6.33, 8.71, 7.9
  };

  private static final double[] FIRST = {1.21, 1.34, 1.18, 1.40, 1.27};
  private static final Offset<Double> CLOSE = within(1e-9);

  /**
   * R: {@code t.test(log(b), log(a), paired = TRUE)}. The second side has the first one's means
   * times a factor, in another order, so that the ratio of the means is that of the geometric means
   * too, which R's test is about.
   */
  @Test
  void pairedRepetitionsAreStudentsTestOnDifferencesOfLogarithms() {
    Ratio shown = ratio(FIRST, 1.25, new double[] {1.34, 1.18, 1.21, 1.27, 1.40});
    is(shown, 1.25, 1.09383447462513, 1.42846110288807, .0097166292367033);
    Ratio close = ratio(FIRST, 1.06, new double[] {1.18, 1.40, 1.21, 1.34, 1.27});
    is(close, 1.06, 1.01403916555783, 1.10804398702085, .021777759460377);
    assertThat(close.paired()).isTrue();
    assertThat(close.unit()).isEqualTo(Unit.REPETITION);
  }

  private static Ratio ratio(double[] first, double factor, double[] second) {
    double[] means = Arrays.stream(second).map(mean -> factor * mean).toArray();
    return Ratio.of(SeriesOf.repetitions(first), SeriesOf.repetitions(means), Statistic.MEAN, true);
  }

  /** R: {@code t.test(log(b), log(a))}; the last mean makes both ratios of means equal. */
  @Test
  void otherRepetitionsAreWelchsTestOnLogarithms() {
    double[] first = {1.01, 1.64, 1.18, 1.40, 1.57};
    double[] second = {1.36, 1.45, 1.81, 1.22, 1.49, 2.0668176894678951};
    Ratio ratio =
        Ratio.of(SeriesOf.repetitions(first), SeriesOf.repetitions(second), Statistic.MEAN, false);
    is(ratio, 1.15157079527793, .875279053495591, 1.51507715309872, .272037437994344);
    assertThat(ratio.paired()).isFalse();
  }

  /** R: {@code t.test(log(a))}, its width around the mean of all calls. */
  @Test
  void repetitionsAreUnitsOfAnInterval() {
    Interval mean = SeriesOf.repetitions(FIRST).interval(Statistic.MEAN);
    is(mean, 1.17253749746289, 1.3973113896529);
  }

  /** Of 48 calls, in batches of 2 or 3: the ratio estimator (Cochran 1977, 6.3). */
  @Test
  void batchMeans() {
    is(batches(QUEUE, Statistic.MEAN), 1.2586722197628655, 3.3776295757333497);
    is(batches(Arrays.copyOf(QUEUE, 40), Statistic.MEAN), 1.1502600546865176, 2.4493263401795002);
  }

  /** The share of calls up to the median, by batches, read off the calls again. */
  @Test
  void batchesOfAQuantile() {
    is(batches(QUEUE, Statistic.MEDIAN), .49335488, 2.86886016, within(1e-8));
  }

  @Test
  void correlationOfBatches() {
    Observations of = SeriesOf.cell(Arrays.copyOf(QUEUE, 40));
    assertThat(of.worth().lag1()).isCloseTo(.5721962103045873, CLOSE);
  }

  private static Interval batches(double[] calls, Statistic statistic) {
    return SeriesOf.cell(calls).estimate(statistic, Unit.BATCH).interval();
  }

  /** R: ranks {@code qbinom(.025, n, p)} and {@code qbinom(.975, n, p) + 1}. */
  @Test
  void orderStatisticsOfIndependentCalls() {
    is(shuffled(200, i -> i).interval(Statistic.quantile(.9)), 171, 189);
    is(shuffled(300, i -> i).interval(Statistic.quantile(.9)), 259, 281);
    is(shuffled(1000, i -> i).interval(Statistic.quantile(.9)), 881, 919);
    is(shuffled(200, i -> i).interval(Statistic.P95), 184, 197);
    is(shuffled(300, i -> i).interval(Statistic.P95), 277, 293);
    is(shuffled(1000, i -> i).interval(Statistic.P95), 936, 964);
  }

  /**
   * The p95 of 300 and 400 calls, whose own intervals are not symmetric. Each limit takes the error
   * of the side that pulls towards it, with Welch and Satterthwaite's degrees of freedom of the
   * errors' mean squares (574.73).
   */
  @Test
  void zouAndDonnersLimitsOfARatio() {
    Observations first = shuffled(300, i -> i * i / 1000.0);
    Observations second = shuffled(400, i -> Math.exp(i / 80.0));
    Ratio ratio = Ratio.of(first, second, Statistic.P95, false);
    is(ratio, 1.4234083076158124, 1.2553305111054285, 1.6138142077408302, 5.177574668316968e-08);
    // Zou and Donner's own limits, from those of both sides, without degrees of freedom.
    is(ratio.interval(), 1.2551530645810067, 1.6140455735182269, within(3e-4));
  }

  /** Independent calls with these values, from 1 on, in an order that tells nothing. */
  private static Observations shuffled(int n, IntToDoubleFunction value) {
    double[] values = IntStream.rangeClosed(1, n).mapToDouble(value).toArray();
    Stream random = new Stream(7);
    for (int i = n - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double swapped = values[i];
      values[i] = values[other];
      values[other] = swapped;
    }
    Observations of = SeriesOf.cell(values);
    assertThat(of.unit()).isEqualTo(Unit.CALL);
    return of;
  }

  private static void is(Ratio ratio, double value, double low, double high, double p) {
    assertThat(ratio.value()).isCloseTo(value, CLOSE);
    is(ratio.interval(), low, high);
    assertThat(ratio.p()).isCloseTo(p, CLOSE);
  }

  private static void is(Interval interval, double low, double high) {
    is(interval, low, high, CLOSE);
  }

  private static void is(Interval interval, double low, double high, Offset<Double> offset) {
    assertThat(new double[] {interval.low(), interval.high()})
        .containsExactly(new double[] {low, high}, offset);
  }
}
