package io.github.faasbench.analysis.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.analysis.Summary;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.SampleRows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactorComparisonTest {

  private final List<Invocation> rows = new ArrayList<>();

  @Test
  void aFasterGroupIsSaidToBeSoManyTimesAsFast() {
    calls("cold", 1, 6, 0.5, 40);
    calls("warmed", 1, 2, 0.1, 40);
    FactorComparison comparison = comparisons().get(0);
    Comparison pair = comparison.pairs().get(0);
    assertThat(comparison.factor()).isEqualTo(Column.WARMING);
    assertThat(pair.shown()).isTrue();
    assertThat(pair.medianRatio().value()).isCloseTo(1 / 3.0, within(0.01));
    assertThat(pair.meanDifference().value()).isCloseTo(-4, within(0.01));
    assertThat(pair.meanDifference().interval().excludes(-4)).isFalse();
    assertThat(pair.delta().delta()).isEqualTo(-1);
    assertThat(pair.shift().shift()).isCloseTo(-4, within(0.01));
    assertThat(comparison.verdicts())
        .hasSize(1)
        .allMatch(verdict -> verdict.startsWith("warmed answers 3.0 times as fast as cold (95 % "));
    assertThat(comparison.spreadVerdict().orElseThrow())
        .startsWith("warmed varies least, cold most: a call is on average 0.0250 s and 0.125 s");
  }

  @Test
  void whereNothingIsShownItSaysSo() {
    calls("cold", 1, 6, 1, 30);
    calls("warmed", 1, 6, 1, 30);
    FactorComparison comparison = comparisons().get(0);
    assertThat(comparison.pairs().get(0).p()).isEqualTo(1);
    assertThat(comparison.verdicts().get(0))
        .startsWith("no difference shown between cold and warmed (medians 0.9");
    assertThat(comparison.spreadVerdict()).isEmpty();
  }

  @Test
  void repetitionsAreTheUnitAndTooFewOfThemShowNothing() {
    for (int repetition = 1; repetition <= 3; repetition++) {
      calls("cold", repetition, 6, 1, 30);
      calls("warmed", repetition, 2, 1, 30);
    }
    FactorComparison comparison = comparisons().get(0);
    assertThat(comparison.byRepetition()).isTrue();
    assertThat(comparison.pairs().get(0).leastP()).isCloseTo(0.1, within(1e-12));
    assertThat(comparison.verdicts())
        .containsExactly(
            "cold and warmed: too few repetitions to show any difference (p cannot fall below 0.10;"
                + " it can with 4)");
  }

  @Test
  void pairsOfOneQuestionAreCorrectedTogether() {
    calls("cold", 1, 6, 1, 20);
    calls("pre-warmed", 1, 5.9, 1, 20);
    calls("warmed", 1, 5.4, 1, 20);
    FactorComparison comparison = comparisons().get(0);
    assertThat(comparison.pairs()).hasSize(3);
    Comparison smallest = comparison.pairs().get(1);
    assertThat(smallest.p()).isCloseTo(3 * smallest.test().p(), within(1e-12));
    assertThat(comparison.any().p()).isLessThan(0.05);
  }

  @Test
  void eachFactorIsComparedWithTheOthersHeld() {
    for (String policy : List.of("round-robin", "random")) {
      for (String warming : List.of("cold", "warmed")) {
        rows.add(SampleRows.row().policy(policy).warming(warming).latency(3).build());
      }
    }
    assertThat(comparisons().stream().map(FactorComparison::factor))
        .containsExactly(Column.POLICY, Column.POLICY, Column.WARMING, Column.WARMING);
    assertThat(comparisons().get(0).common().get(Column.WARMING)).isEqualTo("cold");
  }

  @Test
  void callsThatFailedMakeAGroupSlowerAndLeaveItsMean() {
    calls("cold", 1, 6, 1, 30);
    calls("warmed", 1, 6, 1, 10);
    for (int i = 0; i < 20; i++) {
      rows.add(SampleRows.row().warming("warmed").outcome(Outcome.FAILED, "exit 1").build());
    }
    Comparison pair = comparisons().get(0).pairs().get(0);
    assertThat(pair.shown()).isTrue();
    assertThat(pair.delta().delta()).isGreaterThan(0.5);
    assertThat(pair.medianRatio().value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(pair.meanRatio().value()).isCloseTo(1, within(0.01));
    assertThat(comparisons().get(0).verdicts().get(0)).startsWith("warmed takes ∞ times as long");
  }

  @Test
  void aGroupWithoutCallsThatEndedOkIsNoError() {
    calls("cold", 1, 6, 1, 10);
    for (int i = 0; i < 10; i++) {
      rows.add(SampleRows.row().warming("warmed").outcome(Outcome.FAILED, "exit 1").build());
    }
    Comparison pair = comparisons().get(0).pairs().get(0);
    assertThat(pair.meanRatio().value()).isNaN();
    assertThat(pair.meanRatio().interval().known()).isFalse();
    assertThat(pair.shift().shift()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  private List<FactorComparison> comparisons() {
    return FactorComparison.of(Summary.of(rows));
  }

  /** Latencies evenly around a value. */
  private void calls(String warming, int repetition, double middle, double width, int count) {
    for (int i = 0; i < count; i++) {
      rows.add(
          SampleRows.row()
              .warming(warming)
              .repetition(repetition)
              .latency(middle + width * ((i + 0.5) / count - 0.5))
              .build());
    }
  }
}
