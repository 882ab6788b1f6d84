package io.github.faasbench.analysis.series;

import static io.github.faasbench.analysis.series.SeriesOf.calls;
import static io.github.faasbench.analysis.series.SeriesOf.cell;
import static io.github.faasbench.analysis.series.SeriesOf.exponential;
import static io.github.faasbench.analysis.series.SeriesOf.group;
import static io.github.faasbench.analysis.series.SeriesOf.queue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for every ratio of two groups. */
class RatioLawsTest {

  private static final List<Statistic> ALL =
      List.of(
          Statistic.MEAN,
          Statistic.MEDIAN,
          Statistic.P95,
          Statistic.quantile(.99),
          Statistic.SPREAD);

  private record Pair(Observations first, Observations second) {}

  /** One of each kind of unit, with pairs that have something in common. */
  private static List<Pair> pairs() {
    double[] few = exponential(1, 300);
    double[] noise = exponential(2, 300);
    double[] some = queue(3, 9_000, .5);
    double[] many = queue(4, 40_000, .5);
    return List.of(
        new Pair(cell(few), cell(sum(few, 1.2, noise, .3))),
        new Pair(cell(some), cell(sum(some, .9, exponential(5, 9_000), .2))),
        new Pair(cell(many), cell(sum(many, 1.1, exponential(6, 40_000), .1))),
        new Pair(blocks(10, 1), blocks(20, 1.3)),
        new Pair(cell(few), cell(exponential(7, 280))),
        new Pair(cell(few), cell(some)));
  }

  private static Observations blocks(long seed, double factor) {
    CallSeries[] repetitions = new CallSeries[5];
    for (int i = 0; i < repetitions.length; i++) {
      repetitions[i] = calls(sum(queue(30 + i, 400, .7), factor, exponential(seed + i, 400), .5));
    }
    return group(repetitions);
  }

  private static double[] sum(double[] a, double ofA, double[] b, double ofB) {
    double[] sum = new double[a.length];
    Arrays.setAll(sum, i -> ofA * a[i] + ofB * b[i]);
    return sum;
  }

  @Test
  void bothSidesSwappedGiveTheReciprocal() {
    int decided = 0;
    for (Pair pair : pairs()) {
      for (Statistic statistic : ALL) {
        for (boolean sameLoads : new boolean[] {true, false}) {
          Ratio there = Ratio.of(pair.first, pair.second, statistic, sameLoads);
          Ratio back = Ratio.of(pair.second, pair.first, statistic, sameLoads);
          assertThat(back.value()).isCloseTo(1 / there.value(), withPercentage(1e-9));
          assertThat(back.refusal()).isEqualTo(there.refusal());
          assertThat(back.paired()).isEqualTo(there.paired());
          assertThat(back.units()).isEqualTo(there.units());
          if (there.refusal().isEmpty()) {
            decided++;
            assertThat(back.p()).isCloseTo(there.p(), withPercentage(1e-6));
            assertThat(back.interval().low())
                .isCloseTo(1 / there.interval().high(), withPercentage(1e-7));
            assertThat(back.interval().high())
                .isCloseTo(1 / there.interval().low(), withPercentage(1e-7));
          }
        }
      }
    }
    assertThat(decided).isGreaterThan(40);
  }

  @Test
  void aGroupIsEqualToItself() {
    for (Pair pair : pairs()) {
      for (Statistic statistic : ALL) {
        Ratio ratio = Ratio.of(pair.first, pair.first, statistic, true);
        assertThat(ratio.same()).isTrue();
        assertThat(ratio.p()).isEqualTo(1);
        Ratio unpaired = Ratio.of(pair.first, pair.first, statistic, false);
        assertThat(unpaired.value()).isEqualTo(1);
        assertThat(unpaired.interval().excludes(1)).isFalse();
      }
    }
  }

  @Test
  void anotherUnitOfTimeChangesNoRatio() {
    for (boolean sameLoads : new boolean[] {true, false}) {
      double[] calls = queue(8, 9_000, .5);
      double[] other = sum(calls, 1.1, exponential(9, 9_000), .2);
      Ratio seconds = Ratio.of(cell(calls), cell(other), Statistic.MEAN, sameLoads);
      Ratio millis =
          Ratio.of(
              cell(sum(calls, 1_000, calls, 0)),
              cell(sum(other, 1_000, other, 0)),
              Statistic.MEAN,
              sameLoads);
      assertThat(millis.value()).isCloseTo(seconds.value(), withPercentage(1e-9));
      assertThat(millis.p()).isCloseTo(seconds.p(), withPercentage(1e-6));
      assertThat(millis.interval().low()).isCloseTo(seconds.interval().low(), withPercentage(1e-7));
    }
  }

  @Test
  void pairsMakeIntervalsNarrower() {
    for (Pair pair : pairs().subList(0, 4)) {
      Ratio paired = Ratio.of(pair.first, pair.second, Statistic.MEAN, true);
      Ratio apart = Ratio.of(pair.first, pair.second, Statistic.MEAN, false);
      assertThat(paired.paired()).isTrue();
      assertThat(width(paired)).isLessThan(.7 * width(apart));
    }
  }

  private static double width(Ratio ratio) {
    return ratio.interval().high() - ratio.interval().low();
  }
}
