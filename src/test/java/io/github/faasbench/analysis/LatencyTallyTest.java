package io.github.faasbench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.faasbench.random.Distribution.Exponential;
import io.github.faasbench.random.Distribution.Lognormal;
import io.github.faasbench.random.Stream;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Latencies in bounded memory against the same ones all kept and sorted. */
class LatencyTallyTest {

  private static Distribution tally(double[] values) {
    var tally = new LatencyTally();
    for (double value : values) {
      tally.add(value);
    }
    return tally.distribution(0, Distribution.PERCENTILES);
  }

  private static double[] sample(int size, ToDoubleFunction<Stream> law) {
    var random = new Stream(size);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Math.round(law.applyAsDouble(random) * 1e9) / 1e9; // clocks have nanoseconds
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 64, 65, 1000, LatencyTally.EXACT})
  void upToALimitAllFiguresAreExact(int size) {
    double[] values = sample(size, new Exponential(1)::sample);
    assertThat(tally(values)).isEqualTo(Distribution.of(values));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1, 1e5})
  void beyondItPercentilesAreWithinTheStatedErrorAndTheRestIsExact(double scale) {
    for (int size : new int[] {LatencyTally.EXACT + 1, 300_000}) {
      double[] values = sample(size, r -> scale * new Lognormal(1, 2).sample(r));
      Distribution exact = Distribution.of(values);
      Distribution streamed = tally(values);
      assertThat(streamed.percentileError()).isEqualTo(0.0005);
      assertThat(streamed.count()).isEqualTo(size);
      assertThat(streamed.mean()).isCloseTo(exact.mean(), within(exact.mean() * 1e-12));
      assertThat(streamed.standardDeviation())
          .isCloseTo(exact.standardDeviation(), within(exact.standardDeviation() * 1e-10));
      assertThat(streamed.min()).isEqualTo(exact.min());
      assertThat(streamed.max()).isEqualTo(exact.max());
      double percent = 100 * streamed.percentileError();
      assertThat(streamed.p25()).isCloseTo(exact.p25(), withinPercentage(percent));
      assertThat(streamed.median()).isCloseTo(exact.median(), withinPercentage(percent));
      assertThat(streamed.p75()).isCloseTo(exact.p75(), withinPercentage(percent));
      assertThat(streamed.p90()).isCloseTo(exact.p90(), withinPercentage(percent));
      assertThat(streamed.p95()).isCloseTo(exact.p95(), withinPercentage(percent));
      assertThat(streamed.p99()).isCloseTo(exact.p99(), withinPercentage(percent));
    }
  }

  @Test
  void aPercentileBetweenTwoFarValuesLiesBetweenThemAsInTheExactFigures() {
    double[] values = new double[200_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? 1 : 3;
    }
    assertThat(tally(values).median()).isCloseTo(2, withinPercentage(0.05));
    assertThat(tally(values).p25()).isCloseTo(1, withinPercentage(0.05));
    assertThat(tally(values).p75()).isCloseTo(3, withinPercentage(0.05));
  }

  @Test
  void equalValuesHaveNoSpread() {
    double[] values = new double[150_000];
    java.util.Arrays.fill(values, 0.3);
    Distribution d = tally(values);
    assertThat(d.standardDeviation()).isZero();
    assertThat(d.median()).isEqualTo(0.3);
    assertThat(tally(new double[150_000]).p99()).isZero();
  }
}
