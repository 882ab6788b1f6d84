package io.github.faasbench.analysis;

import static io.github.faasbench.metrics.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void aCellIsOneGroupOverItsRepetitions() {
    List<Invocation> rows =
        List.of(
            row().latency(2).build(),
            row().repetition(2).latency(4).build(),
            row().workload("closed(clients=8)").latency(9).build());
    Summary summary = Summary.of(rows);
    assertThat(summary.groups()).hasSize(2);
    GroupSummary closed = summary.groups().get(0);
    GroupSummary sequential = summary.groups().get(1);
    assertThat(closed.key().get(Column.WORKLOAD)).isEqualTo("closed(clients=8)");
    assertThat(sequential.calls()).isEqualTo(2);
    assertThat(sequential.latency().mean()).isEqualTo(3);
  }

  @Test
  void latencyIsOfOkCallsAndFailuresAreCountedByOutcome() {
    Summary summary =
        Summary.of(
            List.of(
                row().latency(2).build(),
                row().latency(50).outcome(Outcome.TIMEOUT, "timeout").build(),
                row().latency(60).outcome(Outcome.FAILED, "exit 1").build(),
                row().outcome(Outcome.REJECTED, "no node").node("").mode("").build()));
    GroupSummary group = summary.groups().get(0);
    assertThat(group.calls()).isEqualTo(4);
    assertThat(group.failed()).isEqualTo(3);
    assertThat(group.latency().count()).isEqualTo(1);
    assertThat(group.latency().max()).isEqualTo(2);
    assertThat(group.latency().p25()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(group.failedPercent()).isEqualTo(75);
    assertThat(group.outcomes())
        .isEqualTo(
            Map.of(Outcome.OK, 1L, Outcome.TIMEOUT, 1L, Outcome.FAILED, 1L, Outcome.REJECTED, 1L));
    assertThat(group.nodes()).isEqualTo(Map.of("ssh_node_1", 3L));
    assertThat(summary.notes())
        .containsExactly(
            "3 of 4 calls did not end ok (1 failed, 1 timeout, 1 rejected): means are of the"
                + " others only, in percentiles they count as infinitely slow.");
  }

  /** The 99th percentile by nearest rank: of 100 calls the 99th, of 200 the 198th. */
  @Test
  void aGeneratorThatCouldNotKeepUpIsTold() {
    List<Invocation> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      // Two of 200 are late by far, as a pause of this machine may make them: that is allowed.
      rows.add(row().function("good").latency(2).lag(i < 2 ? 1 : 0.019).build());
      rows.add(row().function("late").latency(2).lag(i < 3 ? 0.5 : 0).build());
    }
    Summary summary = Summary.of(rows);
    assertThat(summary.groups().get(0).lagP99Seconds()).isCloseTo(0.019, within(2e-5));
    assertThat(summary.groups().get(1).lagP99Seconds()).isCloseTo(0.5, within(5e-4));
    assertThat(summary.groups().get(0).generatorFellBehind()).isFalse();
    assertThat(summary.groups().get(1).generatorFellBehind()).isTrue();
    assertThat(Summary.of(List.of(row().build())).groups().get(0).lagP99Seconds()).isZero();
  }

  @Test
  void aSummaryOfVeryManyCallsSaysHowFarItsPercentilesMayBeOff() {
    var sink = new SummarySink();
    for (int i = 0; i <= LatencyTally.EXACT; i++) {
      sink.accept(row().latency(1 + i % 7).build());
    }
    Summary summary = sink.summary();
    assertThat(summary.groups().get(0).latency().max()).isEqualTo(7);
    assertThat(summary.notes())
        .contains("Percentiles of more than 100,000 calls are within 0.05 % of the exact value.");
  }

  @Test
  void groupsWhoseRowsAlternateAreKeptApart() {
    var sink = new SummarySink();
    for (int i = 0; i < 300; i++) {
      String function = "f" + i % 3;
      String policy = i % 2 == 0 ? "random" : "round-robin";
      sink.accept(row().function(function).policy(policy).repetition(i % 5).latency(i % 6).build());
    }
    Summary summary = sink.summary();
    assertThat(summary.groups()).hasSize(6).allSatisfy(g -> assertThat(g.calls()).isEqualTo(50));
    assertThat(summary.groups())
        .allSatisfy(g -> assertThat(g.latency().min()).isEqualTo(g.latency().max()));
  }

  @Test
  void improvementIsThatOfTheThesisAgainstColdWithTheOtherFactorsTheSame() {
    Summary summary =
        Summary.of(
            List.of(
                row().latency(6.542).build(),
                row().warming("pre-warmed").latency(5.4022).build(),
                row().warming("warmed").latency(5.2647).build(),
                row().function("other").warming("warmed").latency(1).build()));
    assertThat(summary.groups().stream().map(g -> g.key().get(Column.WARMING)))
        .containsExactly("cold", "pre-warmed", "warmed", "warmed");
    assertThat(summary.groups().get(0).improvement().percent()).isNaN();
    assertThat(summary.groups().get(1).improvement().percent()).isCloseTo(17.42, within(0.005));
    assertThat(summary.groups().get(2).improvement().percent()).isCloseTo(19.52, within(0.005));
    assertThat(summary.groups().get(3).improvement().percent()).isNaN();
  }

  @Test
  void nodesThatGotNothingCountInTheDistribution() {
    Summary summary =
        Summary.of(
            List.of(
                row().policy("most-used").node("node_1").build(),
                row().policy("most-used").node("node_1").build(),
                row().policy("round-robin").node("node_1").build(),
                row().policy("round-robin").node("node_10").build(),
                row().policy("round-robin").node("node_2").build()));
    GroupSummary mostUsed = summary.groups().get(0);
    GroupSummary roundRobin = summary.groups().get(1);
    assertThat(mostUsed.nodes()).isEqualTo(Map.of("node_1", 2L, "node_2", 0L, "node_10", 0L));
    assertThat(mostUsed.nodes().keySet()).containsExactly("node_1", "node_2", "node_10");
    assertThat(mostUsed.jainIndex()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(roundRobin.jainIndex()).isCloseTo(1, within(1e-12));
  }

  @Test
  void phaseMeansAddUpToTheMeanLatencyAlsoWhereOnlySomeCallsHadThePhase() {
    GroupSummary group =
        Summary.of(List.of(row().pull(1).latency(3).build(), noPull(2.5))).groups().get(0);
    assertThat(group.phaseMeans().get(Phase.PULL)).isEqualTo(0.5);
    assertThat(group.phaseMeans().values().stream().mapToDouble(d -> d).sum())
        .isCloseTo(group.latency().mean(), within(1e-9));
    assertThat(group.phaseFailures()).isZero();
    GroupSummary warm = Summary.of(List.of(noPull(2.5))).groups().get(0);
    assertThat(warm.phaseMeans().get(Phase.PULL)).isNaN();
  }

  @Test
  void coldShareCountsWhatHappenedAndColdInNameOnlyIsNoted() {
    Summary summary =
        Summary.of(
            List.of(
                row().warming("warmed").mode("cold").layersPresent(3).build(),
                row().warming("warmed").mode("cold").build(),
                row().warming("warmed").build(),
                row().warming("warmed").transport(-1).build()));
    GroupSummary group = summary.groups().get(0);
    assertThat(group.coldShare()).isEqualTo(0.5);
    assertThat(group.coldInNameOnly()).isEqualTo(1);
    assertThat(group.phaseFailures()).isEqualTo(1);
  }

  @Test
  void throughputSumsTheTimeOfRepetitionsAndNotThePausesBetweenThem() {
    GroupSummary group =
        Summary.of(
                List.of(
                    row().latency(2).build(),
                    row().after(Duration.ofSeconds(2)).latency(3).build(),
                    row().repetition(2).after(Duration.ofHours(1)).latency(5).build()))
            .groups()
            .get(0);
    assertThat(group.throughputPerSecond()).isCloseTo(3 / 10.0, within(1e-9));
  }

  /** Four calls in 8 s, of which two did not end ok; the last of these still takes its time. */
  @Test
  void throughputIsOfCallsThatEndedOk() {
    GroupSummary group =
        Summary.of(
                List.of(
                    row().latency(2).build(),
                    row().after(Duration.ofSeconds(1)).outcome(Outcome.FAILED, "exit 1").build(),
                    row().after(Duration.ofSeconds(2)).latency(3).build(),
                    row()
                        .after(Duration.ofSeconds(3))
                        .latency(5)
                        .outcome(Outcome.TIMEOUT, "timeout")
                        .build()))
            .groups()
            .get(0);
    assertThat(group.throughputPerSecond()).isCloseTo(2 / 8.0, within(1e-9));
  }

  @Test
  void whereNoTimePassedThereIsNoThroughput() {
    GroupSummary group = Summary.of(List.of(row().latency(0).build())).groups().get(0);
    assertThat(group.throughputPerSecond()).isNaN();
  }

  /** 800 calls of four functions that ran together in 100 s are 8 a second, and not 2. */
  @Test
  void throughputOfFunctionsThatRanTogetherCountsTheirTimeOnce() {
    var sink = new SummarySink(List.of(Column.POLICY));
    for (int i = 0; i < 800; i++) {
      sink.accept(
          row()
              .function("f" + i % 4)
              .invocation(i + 1)
              .after(Duration.ofMillis(125L * i))
              .latency(0.125)
              .build());
    }
    assertThat(sink.summary().groups().get(0).throughputPerSecond()).isCloseTo(8, within(1e-9));
  }

  @Test
  void callsOfTheWarmUpAreCountedAndInNoFigure() {
    var sink = new SummarySink();
    sink.accept(row().invocation(1).latency(50).period(Invocation.Period.WARM_UP).build());
    sink.accept(row().invocation(2).latency(2).period(Invocation.Period.MEASURED).build());
    GroupSummary group = sink.summary().groups().get(0);
    assertThat(group.warmUp()).isEqualTo(1);
    assertThat(group.calls()).isEqualTo(1);
    assertThat(group.latency().max()).isEqualTo(2);
  }

  @Test
  void aPreWarmedCallStartsAContainerAndIsNotCold() {
    GroupSummary group =
        Summary.of(
                List.of(
                    row().invocation(1).warming("pre-warmed").build(),
                    row().invocation(2).warming("pre-warmed").mode("warmed").build()))
            .groups()
            .get(0);
    assertThat(group.coldShare()).isZero();
    assertThat(group.startedShare()).isEqualTo(0.5);
  }

  @Test
  void otherColumnsGroupOtherwise() {
    Summary summary =
        Summary.of(
            List.of(row().node("b").build(), row().node("a").build(), row().node("b").build()),
            List.of(Column.NODE, Column.OUTCOME));
    assertThat(summary.groups().stream().map(g -> g.key().values()))
        .containsExactly(List.of("a", "ok"), List.of("b", "ok"));
    assertThat(summary.groups().get(1).nodes()).isEqualTo(Map.of("b", 2L));
  }

  @Test
  void aGroupWithoutACallThatEndedOkHasNoInterval() {
    var summaries = new SummarySink();
    for (int i = 1; i <= 20; i++) {
      summaries.accept(row().invocation(i).outcome(Outcome.FAILED, "exit 1").build());
    }
    GroupSummary group = summaries.summary().groups().get(0);
    assertThat(group.latency().median()).isNaN();
    assertThat(group.interval(Statistic.MEDIAN).known()).isFalse();
    assertThat(group.interval(Statistic.MEDIAN).method()).isEqualTo("no call ended ok");
  }

  private static Invocation noPull(double latency) {
    Invocation i = row().pull(0).latency(latency).build();
    return new Invocation(
        i.experiment(),
        i.run(),
        i.cell(),
        i.repetition(),
        i.invocation(),
        i.function(),
        i.image(),
        i.policy(),
        i.warming(),
        i.keepAlive(),
        i.workload(),
        i.backend(),
        i.mode(),
        i.node(),
        i.attempts(),
        i.outcome(),
        i.exitCode(),
        i.error(),
        i.arrivedAtNanos(),
        i.latencySeconds(),
        i.lagSeconds(),
        i.queueSeconds(),
        i.selectSeconds(),
        Double.NaN,
        i.startSeconds(),
        i.execSeconds(),
        i.transportSeconds(),
        i.pulledBytes(),
        i.layersPresent(),
        i.cleanupSeconds(),
        i.cpuPercent(),
        i.ramPercent(),
        i.loadAgeSeconds(),
        i.inFlight());
  }

  /** 1200 functions on 1000 nodes: a million zeros would be most of the memory. */
  @Test
  void ofVeryManyGroupsAndNodesOnlyThoseThatWereUsedAreCounted() {
    var sink = new SummarySink();
    for (int i = 0; i < 1200; i++) {
      sink.accept(row().function("f" + i).node("node-" + i % 1000).build());
      sink.accept(row().function("f" + i).node("node-" + (i + 1) % 1000).build());
    }
    GroupSummary group = sink.summary().groups().get(0);
    assertThat(group.nodes()).hasSize(2);
    // Two of 1000 nodes got one call each: 2 * 2 / (1000 * 2).
    assertThat(group.jainIndex()).isCloseTo(0.002, within(1e-12));
  }
}
