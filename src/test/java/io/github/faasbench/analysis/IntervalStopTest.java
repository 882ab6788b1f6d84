package io.github.faasbench.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.SampleRows;
import io.github.faasbench.random.Stream;
import org.junit.jupiter.api.Test;

class IntervalStopTest {

  @Test
  void aCellWhoseCallsAreAlikeEndsWithTheLeastNumberOfThem() {
    var stop = new IntervalStop(0.05, Statistic.MEDIAN, 20, 1);
    for (int i = 1; i < 20; i++) {
      assertThat(stop.enough(SampleRows.row().latency(2).build())).isFalse();
    }
    assertThat(stop.enough(SampleRows.row().latency(2).build())).isTrue();
    assertThat(stop.widest()).isZero();
    assertThat(stop.calls()).isEqualTo(20);
  }

  /** 1.96 sd / root n = 5 % of the mean: of sd 0.2 about 61 calls. */
  @Test
  void aMeanIsNarrowAfterAsManyCallsAsItsSpreadAsksFor() {
    var stop = new IntervalStop(0.05, Statistic.MEAN, 20, 1);
    Stream random = new Stream(5);
    double[] values = new double[1000];
    int count = 0;
    do {
      values[count] = 1 + 0.2 * random.nextGaussian();
    } while (!stop.enough(SampleRows.row().latency(values[count++]).build()));
    assertThat(count).isBetween(35, 115);
    assertThat(stop.widest()).isLessThanOrEqualTo(0.05).isGreaterThan(0.02);
  }

  /**
   * Each call is like the one before it: 200 calls are worth about ten, and their spread alone
   * would make the interval look narrow enough.
   */
  @Test
  void callsThatDependOnEachOtherAreNotCountedAsIfTheyDidNot() {
    var stop = new IntervalStop(0.05, Statistic.MEAN, 20, 1);
    Stream random = new Stream(5);
    double state = 0;
    for (int i = 1; i <= 200; i++) {
      state = 0.95 * state + StrictMath.sqrt(1 - 0.95 * 0.95) * random.nextGaussian();
      assertThat(stop.enough(SampleRows.row().invocation(i).latency(1 + 0.2 * state).build()))
          .isFalse();
    }
    assertThat(stop.refusal()).startsWith("calls depend on each other: ");
  }

  /** What the first look found of 20 calls says nothing of 400. */
  @Test
  void eachLookAsksAnewWhetherCallsDependOnEachOther() {
    var stop = new IntervalStop(0.02, Statistic.MEAN, 20, 1);
    Stream random = new Stream(5);
    double state = 0;
    for (int i = 1; i <= 400; i++) {
      double kept = i <= 20 ? 0 : 0.95;
      state = kept * state + StrictMath.sqrt(1 - kept * kept) * random.nextGaussian();
      assertThat(stop.enough(SampleRows.row().invocation(i).latency(1 + 0.2 * state).build()))
          .isFalse();
    }
    assertThat(stop.refusal()).startsWith("calls depend on each other: ");
  }

  @Test
  void everyFunctionOfTheCellMustBeNarrow() {
    var stop = new IntervalStop(0.05, Statistic.MEDIAN, 10, 2);
    Stream random = new Stream(5);
    for (int i = 0; i < 40; i++) {
      assertThat(stop.enough(SampleRows.row().function("f").latency(2).build())).isFalse();
    }
    boolean enough = false;
    for (int i = 0; i < 40; i++) {
      enough =
          stop.enough(
              SampleRows.row().function("wide").latency(2 + 3 * random.nextDouble()).build());
    }
    assertThat(enough).isFalse();
    assertThat(stop.widest()).isGreaterThan(0.05);
  }

  @Test
  void aCellInWhichMostCallsFailIsNeverNarrow() {
    var stop = new IntervalStop(0.5, Statistic.MEDIAN, 10, 1);
    for (int i = 0; i < 100; i++) {
      var row = i % 3 == 0 ? SampleRows.row() : SampleRows.row().outcome(Outcome.FAILED, "exit 1");
      assertThat(stop.enough(row.latency(2).build())).isFalse();
    }
    assertThat(stop.satisfied()).isFalse();
  }
}
