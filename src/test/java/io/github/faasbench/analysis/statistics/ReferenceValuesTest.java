package io.github.faasbench.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Values that other software computed: SciPy 1.17.1; R's qbinom for the medians' ranks; the R
 * package effsize for its two examples of Cliff's delta.
 */
class ReferenceValuesTest {

  private static final double[] A = {12.1, 11.8, 12.9, 13.4, 11.5, 12.0, 12.7, 15.2, 11.9, 12.3};
  private static final double[] B = {13.0, 13.8, 12.8, 14.1, 13.3, 12.6, 16.0, 13.9, 13.1, 14.6};
  private static final double[] C = {12.2, 12.5, 13.6, 12.4, 14.0, 11.7, 13.2, 12.95, 12.05, 13.5};
  private static final double[] X = {1, 2, 2, 3, 3, 3, 4, 5};
  private static final double[] Y = {2, 3, 3, 4, 4, 5, 6, 6};
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void describesEachSample() {
    describes(A, 12.58, 1.0819735055, 12.20, 11.925, 12.85, 14.39, .45, 15.038);
    describes(B, 13.72, 1.0184956226, 13.55, 13.025, 14.05, 15.37, .55, 15.874);
    describes(C, 12.81, .7552777267, 12.725, 12.25, 13.425, 13.82, .60, 13.964);
  }

  private static void describes(double[] values, double mean, double deviation, double... rest) {
    double[] sorted = Quantiles.sorted(values);
    assertThat(Means.of(values)).isCloseTo(mean, CLOSE);
    assertThat(Means.standardDeviation(values)).isCloseTo(deviation, CLOSE);
    double[] found = {
      Quantiles.median(values),
      Quantiles.linear(sorted, .25),
      Quantiles.linear(sorted, .75),
      Quantiles.linear(sorted, .95),
      Quantiles.medianAbsoluteDeviation(values),
      Quantiles.linear(sorted, .99)
    };
    assertThat(found).containsExactly(rest, CLOSE);
  }

  @Test
  void studentsIntervalOfTheMean() {
    isInterval(interval(A), 11.8060027807, 13.3539972193);
    isInterval(interval(B), 12.9914121226, 14.4485878774);
    isInterval(interval(C), 12.2697068623, 13.3502931377);
  }

  private static Interval interval(double[] values) {
    return Means.interval(Means.of(values), Means.standardDeviation(values), values.length);
  }

  /** SciPy's stats.t.ppf(.975, df). */
  @Test
  void studentsQuantiles() {
    assertThat(Means.t(4)).isCloseTo(2.7764451051977934, CLOSE);
    assertThat(Means.t(200)).isCloseTo(1.9718962236339088, CLOSE);
    assertThat(Means.t(201)).isCloseTo(1.971836506779859, CLOSE);
    assertThat(Means.t(1e6)).isCloseTo(1.959966356814107, CLOSE);
  }

  @Test
  void mannWhitneyIsExactWithoutTies() {
    isExact(MannWhitney.of(A, B), 17, .0114962436944);
    isExact(MannWhitney.of(A, C), 35, .279861005867);
    isExact(MannWhitney.of(B, C), 77, .043257052545);
  }

  private static void isExact(MannWhitney test, double u, double p) {
    assertThat(test.exact()).isTrue();
    assertThat(test.u()).isEqualTo(u);
    assertThat(test.p()).isCloseTo(p, CLOSE);
  }

  @Test
  void mannWhitneyWithTiesIsTheCorrectedApproximation() {
    MannWhitney test = MannWhitney.of(X, Y);
    assertThat(test.exact()).isFalse();
    assertThat(test.u()).isEqualTo(16.5);
    assertThat(test.p()).isCloseTo(.107123399254, CLOSE);
  }

  @Test
  void cliffsDelta() {
    assertThat(CliffsDelta.of(A, B)).isCloseTo(-.66, CLOSE);
    assertThat(CliffsDelta.of(A, C)).isCloseTo(-.30, CLOSE);
    assertThat(CliffsDelta.of(B, C)).isCloseTo(.54, CLOSE);
    assertThat(CliffsDelta.of(X, Y)).isCloseTo(-.484375, CLOSE);
    double[] y = {10, 20, 30, 40, 40, 50};
    double[] x = {10, 10, 20, 20, 20, 30, 30, 30, 40, 50};
    assertThat(CliffsDelta.of(x, y)).isCloseTo(-.25, CLOSE);
    double[] other = {10, 20, 20, 20, 30, 30, 30, 40, 50, 100};
    assertThat(CliffsDelta.of(other, y)).isCloseTo(-.0666667, within(1e-7));
  }

  @Test
  void kruskalWallisWithAndWithoutTies() {
    ManySamples.Test untied = ManySamples.kruskalWallis(List.of(A, B, C));
    assertThat(untied.statistic()).isCloseTo(7.8038709677, CLOSE);
    assertThat(untied.p()).isCloseTo(.0202027714, CLOSE);
    ManySamples.Test tied = ManySamples.kruskalWallis(List.of(X, Y));
    assertThat(tied.statistic()).isCloseTo(2.7721153846, CLOSE);
    assertThat(tied.p()).isCloseTo(.0959193234, CLOSE);
  }

  @Test
  void holmsCorrection() {
    assertThat(ManySamples.holm(.01, .04, .03, .005))
        .containsExactly(new double[] {.03, .06, .06, .02}, CLOSE);
  }

  @Test
  void jainsIndex() {
    assertThat(Means.jainIndex(10, 20, 30, 40)).isCloseTo(.8333333333, CLOSE);
  }

  /** Of 1, 2, 3 ... as many; of 5 even the whole range holds the median in 93.75 % only. */
  @Test
  void medianIntervalsByOrderStatistics() {
    assertThat(Quantiles.intervalRanks(6, .5)).containsExactly(0, 5);
    assertThat(Quantiles.intervalRanks(10, .5)).containsExactly(1, 8);
    assertThat(Quantiles.intervalRanks(20, .5)).containsExactly(5, 14);
    assertThat(Quantiles.intervalRanks(30, .5)).containsExactly(9, 20);
    assertThat(Quantiles.intervalRanks(5, .5)).containsExactly(-1, 5);
  }

  /** All 3,125 resamples of five values, instead of some at random. */
  @Test
  void bootstrapOverEveryResample() {
    double[] values = {1, 2, 4, 7, 11};
    double[] means = new double[3125];
    for (int i = 0; i < means.length; i++) {
      int left = i;
      for (int k = 0; k < 5; k++, left /= 5) {
        means[i] += values[left % 5] / 5;
      }
    }
    Arrays.sort(means);
    assertThat(Means.of(means)).isCloseTo(5, CLOSE);
    assertThat(Quantiles.linear(means, .025)).isCloseTo(2.0, CLOSE);
    assertThat(Quantiles.linear(means, .975)).isCloseTo(8.4, CLOSE);
  }

  private static void isInterval(Interval interval, double low, double high) {
    assertThat(new double[] {interval.low(), interval.high()})
        .containsExactly(new double[] {low, high}, CLOSE);
  }
}
