package io.github.faasbench.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.random.Stream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResamplesTest {

  private static final double[] FIVE = {1, 2, 4, 7, 11};

  /**
   * All 3,125 resamples give: mean 5, 95 % percentile interval 2 to 8.4, before it is stretched.
   */
  @Test
  void fewValuesGiveAWiderIntervalThanTheirPercentiles() {
    assertThat(resamples(FIVE).mean().low()).isLessThan(1.8).isGreaterThan(1);
    assertThat(resamples(FIVE).mean().high()).isGreaterThan(8.8).isLessThan(11);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    assertThat(resamples(FIVE).mean()).isEqualTo(resamples(FIVE).mean());
    assertThat(Resamples.of(FIVE, new Stream(2)).mean()).isNotEqualTo(resamples(FIVE).mean());
  }

  @Test
  void meansAndMediansAreCoveredAsOftenAsSaid() {
    double trueMedian = Math.log(2);
    int mean = 0;
    int median = 0;
    for (int trial = 0; trial < 400; trial++) {
      Resamples resamples = Resamples.of(exponential(Stream.of(5, trial), 60), Stream.of(6, trial));
      mean += resamples.mean().excludes(1) ? 0 : 1;
      median += resamples.median().excludes(trueMedian) ? 0 : 1;
    }
    // 95 % minus what skewness costs (Hesterberg 2015), plus 3 standard errors of 400 trials.
    assertThat(mean).isBetween(400 * 90 / 100, 400 * 98 / 100);
    assertThat(median).isBetween(400 * 91 / 100, 400 * 985 / 1000);
  }

  @Test
  void ofManyValuesTheIntervalIsStudents() {
    double[] values = exponential(new Stream(8), Resamples.DRAWN);
    Interval byT = Means.interval(Means.of(values), Means.standardDeviation(values), values.length);
    double width = byT.high() - byT.low();
    Interval drawn = resamples(values).mean();
    assertThat(drawn.low()).isCloseTo(byT.low(), within(width / 8));
    assertThat(drawn.high()).isCloseTo(byT.high(), within(width / 8));
  }

  private static Resamples resamples(double[] values) {
    return Resamples.of(values, new Stream(1));
  }

  private static double[] exponential(Stream random, int n) {
    return IntStream.range(0, n).mapToDouble(i -> -Math.log(1 - random.nextDouble())).toArray();
  }
}
