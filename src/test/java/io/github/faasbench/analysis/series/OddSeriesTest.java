package io.github.faasbench.analysis.series;

import static io.github.faasbench.analysis.series.SeriesOf.calls;
import static io.github.faasbench.analysis.series.SeriesOf.exponential;
import static io.github.faasbench.analysis.series.SeriesOf.group;
import static io.github.faasbench.analysis.series.SeriesOf.queue;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.analysis.series.Observations.Part;
import io.github.faasbench.analysis.series.Observations.Repetition;
import io.github.faasbench.analysis.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Series that nobody makes on purpose: nothing throws, and reasons are sentences. */
class OddSeriesTest {

  private static final double FAILED = Double.POSITIVE_INFINITY;

  private static final List<Statistic> ALL =
      List.of(
          Statistic.MEAN,
          Statistic.MEDIAN,
          Statistic.P95,
          Statistic.quantile(.999),
          Statistic.quantile(.01),
          Statistic.SPREAD);

  private static List<Observations> odd(int... sizes) {
    List<Observations> odd = new ArrayList<>();
    odd.add(group());
    odd.add(group(new CallSeries()));
    for (int n = 1; n <= 5; n++) {
      odd.add(group(calls(exponential(n, n))));
      odd.add(group(calls(constant(n, FAILED))));
      odd.add(group(calls(constant(n, 0))));
    }
    for (int n : sizes) {
      odd.add(group(calls(constant(n, .1))));
      odd.add(group(calls(constant(n, 0))));
      odd.add(group(calls(constant(n, FAILED))));
      odd.add(group(calls(oneOf(n, .1, FAILED))));
      odd.add(group(calls(oneOf(n, FAILED, .1))));
      odd.add(group(calls(oneOf(n, 3, 0))));
      odd.add(group(calls(half(n))));
      odd.add(group(SeriesOf.from(0, exponential(n, n))));
      odd.add(group(SeriesOf.from(-9, exponential(n, n))));
      odd.add(group(SeriesOf.from(1_000_000_000_000_000L, exponential(n, n))));
      odd.add(group(twice(n)));
      odd.add(group(far(n)));
    }
    odd.add(group(calls(exponential(1, 2)), calls(exponential(2, 300))));
    odd.add(group(calls(queue(1, 40, .9)), calls(constant(3, FAILED)), calls(1, 2)));
    odd.add(group(calls(queue(1, 20_000, .9)), calls(queue(2, 10, .9))));
    odd.add(group(calls(1), calls(2), calls(FAILED), calls(4), calls(5)));
    odd.add(group(calls(0), calls(0), calls(0), calls(0), calls(0)));
    odd.add(group(calls(1), calls(1), calls(1), calls(1), calls(1)));
    odd.add(real(calls(1, 2, 3)));
    odd.add(beside(calls(1, 2, 3, 5, 9), calls(2, 2, 3)));
    odd.add(beside(gap(6, 3), calls(2, 3, 4, 5, 6, 7)));
    odd.add(beside(gap(6, 4), gap(6, 3)));
    odd.add(beside(calls(1, 2, 3, 4, 5, 7), calls(2, 3, 4, 5, 6, 7)));
    return odd;
  }

  @Test
  void nothingThrows() {
    for (Observations one : odd(10, 400, CallSeries.EXACT + 1_000)) {
      one.worth();
      one.refusal();
      one.mserCut();
      one.units();
      for (Statistic statistic : ALL) {
        Interval interval = one.interval(statistic);
        assertThat(interval.known()).isEqualTo(interval.low() <= interval.high());
        for (Unit unit : Unit.values()) {
          if (unit != Unit.CALL || one.unit() == Unit.CALL) {
            one.estimate(statistic, unit);
          }
        }
      }
    }
  }

  @Test
  void norDoesAnyRatio() {
    List<Observations> odd = odd(10, CallSeries.EXACT + 1_000);
    for (Observations first : odd) {
      for (Observations second : odd) {
        for (Statistic statistic : List.of(Statistic.MEAN, Statistic.P95, Statistic.SPREAD)) {
          is(Ratio.of(first, second, statistic, true));
          is(Ratio.of(first, second, statistic, false));
        }
      }
    }
  }

  /** A verdict has a p and an interval, and no verdict has a reason, not a method. */
  private static void is(Ratio ratio) {
    boolean decided = ratio.refusal().isEmpty();
    assertThat(ratio.p() >= 0 && ratio.p() <= 1).as(ratio.toString()).isEqualTo(decided);
    assertThat(ratio.interval().low() <= ratio.interval().high())
        .as(ratio.toString())
        .isEqualTo(decided);
    assertThat(ratio.refusal())
        .isNotIn(
            "bootstrap",
            "order statistics",
            "Student's t over calls",
            "Student's t over repetitions")
        .doesNotMatch("Student's t over .* batches");
  }

  @Test
  void constantCallsHaveIntervalsWithoutWidth() {
    for (int n : new int[] {2, 6, 400, 5_000}) {
      Observations same = group(calls(constant(n, .25)));
      assertThat(same.interval(Statistic.MEAN).low()).isEqualTo(.25);
      assertThat(same.interval(Statistic.MEAN).high()).isEqualTo(.25);
      assertThat(same.worth().independent()).isEqualTo(n);
    }
  }

  /** A repetition with fewer calls than batches are wanted has fewer of them. */
  @Test
  void repetitionsOfUnlikeLengthsAreToldApart() {
    double[] low = {1, 1.1, 1.3, 1.2, 1.15};
    double[] high = Arrays.stream(exponential(3, 100)).map(call -> call + 5).toArray();
    Observations of =
        new Observations(
            List.of(
                new Repetition("run", 1, List.of(part(low), part(low))),
                new Repetition("run", 2, List.of(part(high), part(high)))),
            true,
            1);
    assertThat(of.unit()).isEqualTo(Unit.BATCH);
    assertThat(of.refusal()).contains("repetitions differ");
  }

  private static Part part(double... calls) {
    return new Part("load", calls(calls));
  }

  @Test
  void mserCountsCallsThatFailedToo() {
    double[] ramp = new double[200];
    Arrays.setAll(ramp, i -> i < 50 ? i % 2 == 0 ? FAILED : i : 50 + i % 5);
    assertThat(calls(ramp).mserCut()).isEqualTo(50);
  }

  private static double[] constant(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] oneOf(int n, double one, double others) {
    double[] values = constant(n, others);
    values[n / 2] = one;
    return values;
  }

  private static double[] half(int n) {
    double[] values = exponential(n, n);
    for (int i = 0; i < n; i += 2) {
      values[i] = FAILED;
    }
    return values;
  }

  /** Numbers that come twice, so that they are none. */
  private static CallSeries twice(int n) {
    CallSeries series = new CallSeries();
    for (int i = 0; i < n; i++) {
      series.add(1 + i / 2, i % 7, i % 3 == 0);
    }
    return series;
  }

  /** Few calls with numbers far apart. */
  private static CallSeries far(int n) {
    CallSeries series = new CallSeries();
    for (int i = 0; i < n; i++) {
      series.add(1 + 1_000_000_000L * i / n, 1 + i % 7, false);
    }
    return series;
  }

  /** Calls of which one is missing. */
  private static CallSeries gap(int n, int missing) {
    CallSeries series = new CallSeries();
    for (int i = 1; i <= n; i++) {
      if (i != missing) {
        series.add(i, i, false);
      }
    }
    return series;
  }

  private static Observations real(CallSeries series) {
    return new Observations(
        List.of(new Repetition("run", 1, List.of(new Part("load", series)))), false, 1);
  }

  private static Observations beside(CallSeries... series) {
    List<Part> parts = Arrays.stream(series).map(one -> new Part("load", one)).toList();
    return new Observations(List.of(new Repetition("run", 1, parts)), true, 1);
  }
}
