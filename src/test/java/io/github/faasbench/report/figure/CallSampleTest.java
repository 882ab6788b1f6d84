package io.github.faasbench.report.figure;

import static io.github.faasbench.metrics.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CallSampleTest {

  @Test
  void spansOfTimeAreWidenedUntilTheyHoldItAllAndNothingIsLost() {
    TimeBins bins = new TimeBins();
    for (int second = 0; second < 10_000; second++) {
      bins.add(second, 1);
    }
    assertThat(bins.sums().length).isBetween(TimeBins.MOST / 2, TimeBins.MOST);
    assertThat(bins.sums().length * bins.widthSeconds()).isBetween(10_000.0, 10_200.0);
    assertThat(Arrays.stream(bins.sums()).sum()).isEqualTo(10_000);
  }

  @Test
  void aCallCoversEachSpanAsLongAsItRunsInIt() {
    TimeBins bins = new TimeBins();
    bins.widenTo(1);
    bins.cover(0.25, 2.5);
    assertThat(bins.sums()).containsExactly(0.75, 1, 0.5);
    bins.cover(200, 201);
    assertThat(bins.widthSeconds()).isEqualTo(2);
    assertThat(Arrays.stream(bins.sums()).sum()).isEqualTo(3.25, within(1e-12));
  }

  @Test
  void asManyCallsAreKeptAsAskedForAndEachIsAsLikely() {
    int[] kept = new int[2];
    CallSample sample = new CallSample(400);
    for (int i = 0; i < 100_000; i++) {
      sample.add(row().latency(i).build(), i);
    }
    sample.points().forEach(point -> kept[point.latencySeconds() < 50_000 ? 0 : 1]++);
    assertThat(kept[0] + kept[1]).isEqualTo(400);
    // Binomial with a standard deviation of 10.
    assertThat(kept[0]).isBetween(160, 240);
    assertThat(sample.isSampled()).isTrue();
  }

  @Test
  void callsInFlightAreThoseOfOneRepetitionWithoutTheirWait() {
    CallSample sample = new CallSample(10);
    sample.add(row().node("a").latency(4).build(), 0);
    sample.add(row().node("a").lag(2).build(), 2);
    sample.add(row().node("b").outcome(Outcome.FAILED, "x").latency(1).build(), 0);
    sample.add(row().node("a").repetition(2).latency(100).build(), 0);
    var busy = sample.inFlight(10);
    assertThat(busy).containsOnlyKeys("a", "b");
    assertThat(sum(busy.get("a"))).isEqualTo(4 + 2, within(1e-9));
    assertThat(sum(busy.get("b"))).isEqualTo(1, within(1e-9));
    assertThat(busy.get("a").widthSeconds()).isEqualTo(busy.get("b").widthSeconds());
    assertThat(sample.inFlight(1)).containsOnlyKeys("a");
  }

  private static double sum(TimeBins bins) {
    return Arrays.stream(bins.sums()).sum();
  }
}
