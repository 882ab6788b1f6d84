package io.github.faasbench.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.random.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeCasesTest {

  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final double[] NONE = {};
  private static final double[] ONE = {3};
  private static final double[] TWO = {3, 5};
  private static final double[] EQUAL = {2, 2, 2, 2, 2, 2};

  @Test
  void withoutValuesNothingIsKnown() {
    assertThat(Quantiles.median(NONE)).isNaN();
    assertThat(Quantiles.medianAbsoluteDeviation(NONE)).isNaN();
    assertThat(Means.of(NONE)).isNaN();
    assertThat(Means.jainIndex(NONE)).isNaN();
    assertThat(MannWhitney.of(NONE, TWO).p()).isNaN();
    assertThat(CliffsDelta.of(TWO, NONE)).isNaN();
    assertThat(ManySamples.kruskalWallis(List.of(NONE, TWO)).p()).isNaN();
    assertThat(resamples(NONE).mean().known()).isFalse();
  }

  @Test
  void oneValueHasNoInterval() {
    assertThat(Quantiles.linear(ONE, .95)).isEqualTo(3);
    assertThat(Means.standardDeviation(ONE)).isNaN();
    assertThat(Means.interval(3, Double.NaN, 1).known()).isFalse();
    assertThat(resamples(ONE).median().known()).isFalse();
    assertThat(MannWhitney.of(ONE, TWO).p()).isEqualTo(1);
  }

  @Test
  void twoValuesGiveTheirWholeRange() {
    Interval mean = resamples(TWO).mean();
    assertThat(mean.low()).isEqualTo(3);
    assertThat(mean.high()).isEqualTo(5);
    assertThat(MannWhitney.of(TWO, TWO).p()).isEqualTo(1);
  }

  @Test
  void equalValuesDoNotDiffer() {
    assertThat(MannWhitney.of(EQUAL, EQUAL).p()).isEqualTo(1);
    assertThat(CliffsDelta.of(EQUAL, EQUAL)).isZero();
    assertThat(ManySamples.kruskalWallis(List.of(EQUAL, EQUAL)).p()).isEqualTo(1);
    assertThat(resamples(EQUAL).median()).isEqualTo(new Interval(2, 2, "bootstrap"));
  }

  @Test
  void samplesOfTiesOnlyCanStillDiffer() {
    double[] other = {4, 4, 4, 4, 4, 4};
    assertThat(MannWhitney.of(EQUAL, other).exact()).isFalse();
    assertThat(MannWhitney.of(EQUAL, other).p()).isLessThan(0.01);
    assertThat(CliffsDelta.of(EQUAL, other)).isEqualTo(-1);
  }

  @Test
  void anInfiniteValueLiesBeyondAllOthers() {
    double[] failing = {1, 2, INFINITE, INFINITE};
    double[] sorted = Quantiles.sorted(failing);
    assertThat(Quantiles.linear(sorted, .5)).isEqualTo(INFINITE);
    assertThat(Quantiles.linear(sorted, 1 / 3.0)).isEqualTo(2);
    assertThat(Quantiles.linear(sorted, 1)).isEqualTo(INFINITE);
    assertThat(CliffsDelta.of(failing, new double[] {3, 4})).isZero();
    assertThat(MannWhitney.of(failing, failing).p()).isEqualTo(1);
    assertThat(resamples(failing).mean().high()).isEqualTo(2);
    assertThat(resamples(failing).median().high()).isEqualTo(INFINITE);
  }

  @Test
  void aMissingValueInTheDataIsRefused() {
    double[] broken = {1, Double.NaN};
    assertThatThrownBy(() -> MannWhitney.of(broken, TWO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTestThatCouldNotBeMadeCountsForNothing() {
    assertThat(ManySamples.holm(.01, Double.NaN, .04))
        .containsExactly(new double[] {.02, Double.NaN, .04}, within(1e-12));
    assertThat(ManySamples.holm()).isEmpty();
  }

  private static Resamples resamples(double[] values) {
    return Resamples.of(values, new Stream(1));
  }
}
