package io.github.faasbench.analysis.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.analysis.Summary;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.SampleRows;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;

/** What the comparison says of simulated pairs whose truth is known. */
class HonestyTest {

  private static final int PAIRS = 1_000;

  /** A/A: two samples of one law. */
  @Test
  void ofAThousandPairsWithoutDifferenceAboutOneInTwentyIsCalledDifferent() {
    int different = count(trial -> compare(trial, 60, 1, 1, 0).shown());
    assertThat(lowest(different)).isLessThan(0.05);
    assertThat(highest(different)).isGreaterThan(0.05);
    // An interval so wide that it says nothing would pass the above.
    assertThat(highest(different) - lowest(different)).isLessThan(0.035);
  }

  /** Runs that differ by chance: the calls of one are alike, and so are no units. */
  @Test
  void repetitionsThatDifferByChanceAreNotCalledDifferent() {
    int different = count(trial -> compare(trial, 5, 10, 1, 0.2).shown());
    assertThat(lowest(different)).isLessThan(0.05);
    assertThat(highest(different)).isGreaterThan(0.04);
  }

  @Test
  void aRealDifferenceIsFoundAndItsIntervalHoldsItAsOftenAsSaid() {
    int[] missed = {0};
    int found =
        count(
            trial -> {
              Comparison comparison = compare(trial, 60, 1, 2, 0);
              missed[0] += comparison.ratio().interval().excludes(2) ? 1 : 0;
              return comparison.shown();
            });
    assertThat(found).isGreaterThan(800);
    // 5 %, and what 4 standard errors of a thousand trials may cost.
    assertThat(missed[0]).isLessThan(50 + 28);
  }

  @Test
  void aRealDifferenceIsFoundOverRepetitions() {
    assertThat(count(trial -> compare(trial, 5, 10, 3, 0.2).shown())).isGreaterThan(800);
  }

  /** Kept small: a trial is some hundred rows and two bootstraps. */
  private static int count(Predicate<Integer> happens) {
    int count = 0;
    for (int trial = 0; trial < PAIRS; trial++) {
      count += happens.test(trial) ? 1 : 0;
    }
    return count;
  }

  /** Exponential latencies; the second group's are longer by the factor. */
  private static Comparison compare(
      int trial, int calls, int repetitions, double factor, double runToRun) {
    Stream random = Stream.of(20261124, trial);
    List<Invocation> rows = new ArrayList<>();
    for (String warming : List.of("cold", "warmed")) {
      for (int repetition = 1; repetition <= repetitions; repetition++) {
        double scale = StrictMath.exp(runToRun * random.nextGaussian());
        for (int call = 0; call < calls; call++) {
          double latency = -StrictMath.log(1 - random.nextDouble()) * scale;
          rows.add(
              SampleRows.row()
                  .simulated()
                  .run("run" + trial)
                  .cell(warming)
                  .invocation(call + 1)
                  .warming(warming)
                  .repetition(repetition)
                  .latency(warming.equals("cold") ? latency : factor * latency)
                  .build());
        }
      }
    }
    Summary summary = Summary.of(rows);
    return FactorComparison.of(summary).get(0).primary().get(0);
  }

  /** The 95 % interval of a share, by Clopper and Pearson (1934). */
  private static double lowest(int count) {
    return BetaDistribution.of(count, PAIRS - count + 1.0).inverseCumulativeProbability(0.025);
  }

  private static double highest(int count) {
    return BetaDistribution.of(count + 1.0, PAIRS - count).inverseCumulativeProbability(0.975);
  }
}
