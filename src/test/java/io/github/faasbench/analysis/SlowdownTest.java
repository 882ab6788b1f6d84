package io.github.faasbench.analysis;

import static io.github.faasbench.metrics.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowdownTest {

  /** numpy.percentile(latency / exec, ...) of the same ten calls. */
  @Test
  void percentilesAreThoseOfNumpy() {
    double[] latency = {2, 3, 0.5, 8, 1.2, 0.9, 4, 2.5, 6, 10};
    double[] exec = {1, 0.5, 0.5, 2, 1, 0.3, 2, 2.4, 1, 0.8};
    List<Invocation> rows = new ArrayList<>();
    for (int i = 0; i < latency.length; i++) {
      rows.add(row().latency(latency[i]).exec(exec[i]).build());
    }
    Distribution slowdown = slowdown(rows);
    assertThat(slowdown.mean()).isCloseTo(3.8741666667, within(1e-9));
    assertThat(slowdown.median()).isCloseTo(2.5000000000, within(1e-9));
    assertThat(slowdown.p90()).isCloseTo(6.6500000000, within(1e-9));
    assertThat(slowdown.p99()).isCloseTo(11.9150000000, within(1e-9));
  }

  /**
   * A queue with one server, first come first served: service 0.1 s (in 9 of 10) or 5 s, load 0.8.
   * Pollaczek and Khinchine: the wait is 8.505085 s and independent of the call's own service, so
   * the mean slowdown is 1 + 8.505085 (0.9 / 0.1 + 0.1 / 5) = 77.7159.
   */
  @Test
  void ofAQueueWithOneServerItIsThatOfTheory() {
    Stream random = new Stream(11);
    var sink = new SummarySink();
    for (int repetition = 1; repetition <= 40; repetition++) {
      double wait = 0;
      for (int i = 0; i < Sample.SIZE; i++) {
        double service = random.nextDouble() < 0.9 ? 0.1 : 5;
        sink.accept(row().repetition(repetition).latency(wait + service).exec(service).build());
        double gap = -StrictMath.log(1 - random.nextDouble()) / 1.3559322;
        wait = Math.max(0, wait + service - gap);
      }
    }
    Distribution slowdown = sink.summary().groups().get(0).sample().slowdown();
    assertThat(slowdown.count()).isEqualTo(40 * Sample.SIZE);
    // About 2800 waits that do not depend on each other: 3 standard errors.
    assertThat(slowdown.mean()).isCloseTo(77.7159, within(0.08 * 77.7159));
  }

  @Test
  void aFailedCallIsInfinitelySlowAndOneWithoutServiceTimeCountsForNothing() {
    List<Invocation> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rows.add(row().latency(3).exec(1).build());
    }
    rows.add(row().latency(100).exec(Double.NaN).build());
    rows.add(row().latency(100).exec(0).build());
    rows.add(row().outcome(Outcome.FAILED, "exit 1").build());
    Distribution slowdown = slowdown(rows);
    assertThat(slowdown.count()).isEqualTo(3);
    assertThat(slowdown.mean()).isEqualTo(3);
    assertThat(slowdown.median()).isEqualTo(3);
    assertThat(slowdown.p99()).isInfinite();
  }

  @Test
  void withoutServiceTimesThereIsNone() {
    assertThat(slowdown(List.of(row().latency(2).exec(Double.NaN).build())).median()).isNaN();
    assertThat(slowdown(List.of(row().outcome(Outcome.LOST, "gone").build())).median()).isNaN();
  }

  private static Distribution slowdown(List<Invocation> rows) {
    return Summary.of(rows).groups().get(0).sample().slowdown();
  }
}
