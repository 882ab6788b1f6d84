package io.github.faasbench.analysis.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.analysis.Design;
import io.github.faasbench.analysis.Designs;
import io.github.faasbench.analysis.Distribution;
import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.SampleRows;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactorComparisonTest {

  private final List<Invocation> rows = new ArrayList<>();
  private final Stream random = new Stream(20261130);

  @Test
  void aFasterGroupIsSaidToBeSoManyTimesAsFastByWhichStatistic() {
    calls("cold", 1, 6, 0.5, 40);
    calls("warmed", 1, 2, 0.1, 40);
    FactorComparison comparison = comparisons().get(0);
    Comparison pair = comparison.primary().get(0);
    assertThat(comparison.factor()).isEqualTo(Column.WARMING);
    assertThat(comparison.value(comparison.baseline())).isEqualTo("cold");
    assertThat(pair.shown()).isTrue();
    assertThat(pair.ratio().value()).isCloseTo(1 / 3.0, within(0.01));
    assertThat(pair.ratio().interval().excludes(1 / 3.0)).isFalse();
    assertThat(comparison.verdicts().get(0))
        .startsWith("mean: warmed answers 3.0 times as fast as cold (95 % interval ")
        .endsWith("paired on the same 40 calls)");
    assertThat(comparison.verdicts().get(1))
        .startsWith("secondary: warmed against cold: median 0.33 times")
        .contains("spread 0.1");
  }

  @Test
  void whereNothingIsShownItSaysSo() {
    calls("cold", 1, 6, 1, 30);
    calls("warmed", 1, 6, 1, 30);
    FactorComparison comparison = comparisons().get(0);
    assertThat(comparison.primary().get(0).shown()).isFalse();
    assertThat(comparison.secondary()).isEmpty();
    assertThat(comparison.verdicts())
        .hasSize(1)
        .allMatch(one -> one.startsWith("mean: no difference shown between cold and warmed ("));
  }

  @Test
  void callsThatAreEqualAreSaidToBeSo() {
    for (int i = 1; i <= 30; i++) {
      double latency = 1 + random.nextDouble();
      rows.add(row("cold", i).latency(latency).build());
      rows.add(row("warmed", i).latency(latency).build());
    }
    assertThat(comparisons().get(0).primary().get(0).ratio().same()).isTrue();
    assertThat(comparisons().get(0).verdicts())
        .containsExactly("mean: cold and warmed are equal in each of the same 30 calls");
  }

  @Test
  void onRealNodesFewBlocksAreDescribedAndNotTested() {
    for (int repetition = 1; repetition <= 4; repetition++) {
      for (int i = 1; i <= 30; i++) {
        rows.add(block("cold", repetition, i).latency(6 + random.nextDouble()).build());
        rows.add(block("warmed", repetition, i).latency(2 + random.nextDouble()).build());
      }
    }
    Comparison pair = comparisons().get(0).primary().get(0);
    assertThat(pair.decided()).isFalse();
    assertThat(pair.p()).isNaN();
    assertThat(pair.ratio().interval().known()).isFalse();
    assertThat(comparisons().get(0).verdicts())
        .containsExactly(
            "mean: warmed took 0.39 times as long as cold, which is described and not tested: on"
                + " real nodes each repetition is one block of time, and a difference takes 5 a"
                + " side: set repetitions: 5");
  }

  @Test
  void fiveBlocksAreUnits() {
    for (int repetition = 1; repetition <= 5; repetition++) {
      double block = Math.exp(0.1 * random.nextGaussian());
      for (int i = 1; i <= 20; i++) {
        rows.add(block("cold", repetition, i).latency(6 * block + random.nextDouble()).build());
        rows.add(block("warmed", repetition, i).latency(3 * block + random.nextDouble()).build());
      }
    }
    assertThat(comparisons().get(0).verdicts().get(0))
        .startsWith("mean: warmed answers 1.8")
        .endsWith("paired on the same 100 calls in 5 repetitions)");
  }

  @Test
  void allPrimaryComparisonsOfARunAreCorrectedTogether() {
    for (String policy : List.of("round-robin", "random")) {
      for (String warming : List.of("cold", "pre-warmed", "warmed")) {
        for (int i = 1; i <= 20; i++) {
          double latency = (warming.equals("warmed") ? 5.4 : 6) + random.nextDouble();
          rows.add(row(warming, i).policy(policy).latency(latency).build());
        }
      }
    }
    List<FactorComparison> all = comparisons();
    List<Comparison> family = all.stream().flatMap(one -> one.primary().stream()).toList();
    // Two policies in three settings, and two warming types against cold in two.
    assertThat(family).hasSize(3 + 4);
    Comparison smallest = family.stream().min((a, b) -> Double.compare(a.p(), b.p())).orElseThrow();
    assertThat(smallest.p()).isCloseTo(7 * smallest.ratio().p(), within(1e-12));
  }

  @Test
  void choosingGroupsChangesNoP() {
    for (String policy : List.of("round-robin", "random")) {
      calls("cold", 1, 6, 1, 20, policy);
      calls("warmed", 1, 5, 1, 20, policy);
    }
    List<Comparison> all = primary(Summary.of(rows));
    rows.addAll(
        rows.stream()
            .map(r -> SampleRows.row().simulated().run("another").latency(3).build())
            .toList());
    assertThat(primary(Summary.of(rows)).stream().map(Comparison::p))
        .containsAll(all.stream().map(Comparison::p).toList());
  }

  private static List<Comparison> primary(Summary summary) {
    return FactorComparison.of(summary).stream().flatMap(one -> one.primary().stream()).toList();
  }

  @Test
  void theFileSaysWhichValueIsTheBaselineAndWhichStatisticCounts() {
    calls("cold", 1, 6, 0.5, 40);
    calls("warmed", 1, 2, 0.1, 40);
    var design =
        new Design(
            Statistic.MEDIAN,
            Map.of(Column.WARMING, "warmed"),
            Distribution.PERCENTILES,
            false,
            "42");
    var sink = new SummarySink(GroupKey.CELL, Designs.all(design));
    rows.forEach(sink::accept);
    assertThat(FactorComparison.of(sink.summary()).get(0).verdicts().get(0))
        .startsWith("median: cold takes 3.0 times as long as warmed");
  }

  @Test
  void eachFactorIsComparedWithTheOthersHeld() {
    for (String policy : List.of("round-robin", "random")) {
      for (String warming : List.of("cold", "warmed")) {
        rows.add(row(warming, 1).policy(policy).latency(3).build());
      }
    }
    assertThat(comparisons().stream().map(FactorComparison::factor))
        .containsExactly(Column.POLICY, Column.POLICY, Column.WARMING, Column.WARMING);
    assertThat(comparisons().get(0).common().get(Column.WARMING)).isEqualTo("cold");
  }

  @Test
  void callsThatFailedStandBeforeLatenciesAndForbidAVerdictOnMeans() {
    calls("cold", 1, 6, 1, 30);
    calls("warmed", 1, 5, 1, 10);
    for (int i = 11; i <= 30; i++) {
      rows.add(row("warmed", i).outcome(Outcome.FAILED, "exit 1").build());
    }
    FactorComparison comparison = comparisons().get(0);
    assertThat(comparison.primary().get(0).decided()).isFalse();
    assertThat(comparison.verdicts())
        .containsExactly(
            "warmed fails or rejects 67 % of its calls, cold 0 %",
            "no verdict on cold against warmed: the shares of failed calls differ by more than the"
                + " means, which are of the calls that ended ok");
    assertThat(comparison.groups().get(1).improvement().percent()).isNaN();
  }

  /** Who rejects most calls has few to serve: that is no praise. */
  @Test
  void aSideThatGotRidOfItsCallsIsNotCalledFaster() {
    calls("cold", 1, 6, 1, 100);
    for (int i = 1; i <= 100; i++) {
      boolean served = i % 10 == 0;
      SampleRows row = row("warmed", i).latency(0.5 + 0.1 * random.nextDouble());
      rows.add((served ? row : row.outcome(Outcome.REJECTED, "no place")).build());
    }
    assertThat(comparisons().get(0).primary().get(0).decided()).isFalse();
    assertThat(comparisons().get(0).verdicts().get(0))
        .startsWith("warmed fails or rejects 90 % of its calls, cold 0 %");
  }

  /**
   * Invocation numbers from elsewhere may leave gaps: nearly all calls in one batch are no units.
   */
  @Test
  void aNumberFarFromTheOthersMakesNoIntervalNarrow() {
    double stateA = 0;
    double stateB = 0;
    for (int i = 1; i <= 3_000; i++) {
      stateA = 0.8 * stateA + 0.6 * random.nextGaussian();
      stateB = 0.8 * stateB + 0.6 * random.nextGaussian();
      int number = i == 3_000 ? 200_000 : i;
      rows.add(row("cold", number).latency(Math.exp(0.3 * stateA)).build());
      rows.add(row("warmed", number).latency(Math.exp(0.3 * stateB)).build());
    }
    Comparison pair = comparisons().get(0).primary().get(0);
    assertThat(pair.ratio().interval().high() / pair.ratio().interval().low()).isGreaterThan(1.04);
  }

  @Test
  void fewCallsThatAllTookTheSameAreNoCertainty() {
    for (int i = 1; i <= 3; i++) {
      rows.add(row("cold", i).latency(0.010).build());
      rows.add(row("warmed", i).latency(0.011).build());
    }
    assertThat(comparisons().get(0).primary().get(0).decided()).isFalse();
    assertThat(comparisons().get(0).verdicts().get(0)).contains("tell nothing of how they vary");
  }

  /** As a run that was stopped in its last repetition leaves it. */
  @Test
  void aRepetitionThatOneSideLacksCostsThePairOfNoOther() {
    for (int repetition = 1; repetition <= 6; repetition++) {
      calls("cold", repetition, 6, 1, 50);
      if (repetition < 6) {
        calls("warmed", repetition, 5, 1, 50);
      }
    }
    assertThat(comparisons().get(0).verdicts().get(0))
        .endsWith("paired on the same 250 calls in 5 repetitions)");
  }

  @Test
  void repetitionsOfUnlikeLengthAreNotTheSameCalls() {
    for (int repetition = 1; repetition <= 6; repetition++) {
      calls("cold", repetition, 6, 1, 50);
      calls("warmed", repetition, 5, 1, 400);
    }
    assertThat(comparisons().get(0).verdicts().get(0)).endsWith("paired by repetition, 6 of them)");
  }

  /** One policy was only warmed, the other only cold: what differs may be the warming. */
  @Test
  void aFactorThatTheGroupingHidesIsNoEffectOfAnother() {
    for (int i = 1; i <= 50; i++) {
      rows.add(row("warmed", i).policy("a").latency(1 + random.nextDouble()).build());
      rows.add(row("cold", i).policy("b").latency(5 + random.nextDouble()).build());
    }
    Summary summary = Summary.of(rows, List.of(Column.POLICY));
    assertThat(FactorComparison.of(summary).get(0).primary().get(0).obstacle()).contains("Simpson");
  }

  @Test
  void startedContainersStandBeforeLatencies() {
    for (int i = 1; i <= 100; i++) {
      boolean starts = i % 3 == 0;
      rows.add(
          row("pre-warmed", i)
              .keepAlive("fixed(ttl=12s)")
              .mode(starts ? "pre-warmed" : "warmed")
              .latency((starts ? 1 : 0.1) + 0.01 * random.nextDouble())
              .build());
      rows.add(
          row("pre-warmed", i)
              .keepAlive("fixed(ttl=60s)")
              .mode("warmed")
              .latency(0.1 + 0.01 * random.nextDouble())
              .build());
    }
    assertThat(comparisons().get(0).verdicts().get(0))
        .startsWith(
            "fixed(ttl=12s) starts a container for 33 % of its calls, fixed(ttl=60s) for 0 %;"
                + " mean: fixed(ttl=60s) answers ");
  }

  @Test
  void groupsOfUnlikeMixesAreNotCompared() {
    for (int i = 1; i <= 60; i++) {
      rows.add(row("cold", i).function(i % 2 == 0 ? "slow" : "fast").latency(i % 2 + 1).build());
      rows.add(row("warmed", i).function(i % 3 == 0 ? "slow" : "fast").latency(i % 3 + 1).build());
    }
    Summary summary = Summary.of(rows, List.of(Column.WARMING));
    assertThat(FactorComparison.of(summary).get(0).verdicts().get(0)).contains("Simpson");
  }

  @Test
  void groupsThatWereChosenAfterTheDataAreCalledExploratory() {
    calls("cold", 1, 6, 1, 30);
    calls("warmed", 1, 5, 1, 30);
    Summary summary = Summary.of(rows, List.of(Column.WARMING));
    assertThat(FactorComparison.of(summary).get(0).verdicts())
        .allMatch(verdict -> verdict.startsWith("exploratory: "));
  }

  @Test
  void aGroupWithoutCallsThatEndedOkIsNoError() {
    calls("cold", 1, 6, 1, 10);
    for (int i = 1; i <= 10; i++) {
      rows.add(row("warmed", i).outcome(Outcome.FAILED, "exit 1").build());
    }
    Comparison pair = comparisons().get(0).primary().get(0);
    assertThat(pair.ratio().value()).isNaN();
    assertThat(pair.ratio().interval().known()).isFalse();
    assertThat(pair.decided()).isFalse();
  }

  private List<FactorComparison> comparisons() {
    return FactorComparison.of(Summary.of(rows));
  }

  private static SampleRows row(String warming, int invocation) {
    return SampleRows.row().simulated().cell(warming).warming(warming).invocation(invocation);
  }

  private static SampleRows block(String warming, int repetition, int invocation) {
    return SampleRows.row()
        .cell(warming)
        .warming(warming)
        .repetition(repetition)
        .invocation(invocation);
  }

  private void calls(String warming, int repetition, double middle, double width, int count) {
    calls(warming, repetition, middle, width, count, "round-robin");
  }

  /** Independent latencies around a value. */
  private void calls(
      String warming, int repetition, double middle, double width, int count, String policy) {
    for (int i = 1; i <= count; i++) {
      rows.add(
          row(warming, i)
              .policy(policy)
              .repetition(repetition)
              .latency(middle + width * (random.nextDouble() - 0.5))
              .build());
    }
  }
}
