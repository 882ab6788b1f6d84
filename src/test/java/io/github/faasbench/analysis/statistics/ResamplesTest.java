package io.github.faasbench.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.random.Stream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResamplesTest {

  private static final double[] FIVE = {1, 2, 4, 7, 11};

  /** All 3,125 resamples give: mean 5, standard error 1.6248, 95 % percentile interval 2 to 8.4. */
  @Test
  void drawnMeansFollowTheLawOfAllResamples() {
    double[] drawn = new double[Resamples.COUNT];
    int[] next = {0};
    resamples(FIVE).means(resamples(FIVE), (mean, same) -> drawn[next[0]++] = mean);
    Arrays.sort(drawn);
    assertThat(Means.of(drawn)).isCloseTo(5, within(4 * 1.6248 / Math.sqrt(Resamples.COUNT)));
    assertThat(Means.standardDeviation(drawn)).isCloseTo(1.6248, within(0.1));
    assertThat(Quantiles.linear(drawn, .025)).isCloseTo(2.0, within(0.3));
    assertThat(Quantiles.linear(drawn, .975)).isCloseTo(8.4, within(0.3));
  }

  /** Five values leave 0.1 % on either side: t is 2.776 and stretched by the root of 5/4. */
  @Test
  void fewValuesGiveAWiderIntervalThanTheirPercentiles() {
    assertThat(resamples(FIVE).mean().low()).isLessThan(1.8);
    assertThat(resamples(FIVE).mean().high()).isGreaterThan(8.8);
  }

  @Test
  void drawnMediansFollowTheirExactLaw() {
    double[] law = {.05792, .25952, .36512, .25952, .05792};
    int[] seen = new int[5];
    resamples(FIVE)
        .medians(
            resamples(FIVE),
            (median, same) -> {
              seen[Arrays.binarySearch(FIVE, median)]++;
              return median;
            });
    for (int i = 0; i < 5; i++) {
      double error = Math.sqrt(law[i] * (1 - law[i]) / Resamples.COUNT);
      assertThat((double) seen[i] / Resamples.COUNT).isCloseTo(law[i], within(4 * error));
    }
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    assertThat(resamples(FIVE).mean()).isEqualTo(resamples(FIVE).mean());
  }

  @Test
  void meansAndMediansAreCoveredAsOftenAsSaid() {
    double trueMedian = Math.log(2);
    int mean = 0;
    int median = 0;
    for (int trial = 0; trial < 400; trial++) {
      Resamples resamples =
          Resamples.of(new double[][] {exponential(Stream.of(5, trial), 60)}, Stream.of(6, trial));
      mean += resamples.mean().excludes(1) ? 0 : 1;
      median += resamples.median().excludes(trueMedian) ? 0 : 1;
    }
    // 95 % minus what skewness costs (Hesterberg 2015), plus 3 standard errors of 400 trials.
    assertThat(mean).isBetween(400 * 90 / 100, 400 * 98 / 100);
    assertThat(median).isBetween(400 * 91 / 100, 400 * 985 / 1000);
  }

  @Test
  void repetitionsThatDifferWidenTheInterval() {
    double[][] alike = {spread(10, 20), spread(10, 20), spread(10, 20), spread(10, 20)};
    double[][] apart = {spread(8, 20), spread(12, 20), spread(9, 20), spread(11, 20)};
    Interval narrow = Resamples.of(alike, new Stream(3)).mean();
    Interval wide = Resamples.of(apart, new Stream(3)).mean();
    assertThat(wide.high() - wide.low()).isGreaterThan(2 * (narrow.high() - narrow.low()));
    assertThat(wide.method()).contains("repetitions, then calls");
  }

  @Test
  void largeSamplesAreNotDrawnAndSaySo() {
    double[] values = exponential(new Stream(8), 20_000);
    Resamples resamples = resamples(values);
    Interval byT = Means.interval(Means.of(values), Means.standardDeviation(values), 20_000);
    Interval byOrder = Quantiles.medianInterval(Quantiles.sorted(values));
    assertThat(resamples.mean().method()).contains("normal approximation");
    isClose(resamples.mean(), byT);
    isClose(resamples.median(), byOrder);
  }

  @Test
  void ofLargeRepetitionsOnlyWholeOnesAreDrawn() {
    double[][] repetitions =
        IntStream.range(0, 10)
            .mapToObj(i -> exponential(Stream.of(9, i), 2_000))
            .toArray(double[][]::new);
    Resamples resamples = Resamples.of(repetitions, new Stream(4));
    double[] means = Arrays.stream(repetitions).mapToDouble(Means::of).toArray();
    Interval byT = Means.interval(Means.of(means), Means.standardDeviation(means), 10);
    assertThat(resamples.mean().method()).isEqualTo("bootstrap over repetitions");
    double width = byT.high() - byT.low();
    assertThat(resamples.mean().low()).isCloseTo(byT.low(), within(width / 4));
    assertThat(resamples.mean().high()).isCloseTo(byT.high(), within(width / 4));
    assertThat(resamples.median().excludes(Math.log(2))).isFalse();
  }

  @Test
  void theRatioOfTwoSamplesHasAnInterval() {
    double[] slow = spread(30, 40);
    double[] fast = spread(10, 40);
    Interval ratio =
        Resamples.of(new double[][] {slow}, new Stream(1))
            .medians(Resamples.of(new double[][] {fast}, new Stream(2)), (a, b) -> a / b);
    assertThat(ratio.low()).isLessThan(3).isGreaterThan(2.7);
    assertThat(ratio.high()).isGreaterThan(3).isLessThan(3.3);
  }

  private static void isClose(Interval found, Interval expected) {
    double width = expected.high() - expected.low();
    assertThat(found.low()).isCloseTo(expected.low(), within(width / 10));
    assertThat(found.high()).isCloseTo(expected.high(), within(width / 10));
  }

  private static Resamples resamples(double[] values) {
    return Resamples.of(new double[][] {values}, new Stream(1));
  }

  private static double[] exponential(Stream random, int n) {
    return IntStream.range(0, n).mapToDouble(i -> -Math.log(1 - random.nextDouble())).toArray();
  }

  /** Evenly around a value, 1 in all. */
  private static double[] spread(double middle, int n) {
    return IntStream.range(0, n).mapToDouble(i -> middle + (i + 0.5) / n - 0.5).toArray();
  }
}
