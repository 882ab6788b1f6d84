package io.github.faasbench.report;

import static io.github.faasbench.metrics.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.analysis.Summary;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.SampleRows;
import io.github.faasbench.random.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {

  @Test
  void theTableIsThatOfTheThesis() {
    List<Invocation> rows =
        List.of(
            row().function("fibonacci-image-big-func-small").latency(6.542).build(),
            row()
                .function("fibonacci-image-big-func-small")
                .latency(90)
                .outcome(Outcome.TIMEOUT, "after 90 s")
                .build(),
            row()
                .function("fibonacci-image-big-func-small")
                .warming("pre-warmed")
                .latency(5.4022)
                .build(),
            row()
                .function("fibonacci-image-big-func-small")
                .warming("warmed")
                .latency(5.2647)
                .build(),
            row().function("fibonacci-image-small-func-big").latency(13.3288).build());
    assertThat(ConsoleTable.render(Summary.of(rows), 80))
        .isEqualTo(
            """
            fibonacci-image-big-func-small
              policy       warming     n  failed        mean  median     p95  improvement
              round-robin  cold        2       1  6.542 (ok)       ∞       ∞            -
              round-robin  pre-warmed  1       0       5.402   5.402   5.402            -
              round-robin  warmed      1       0       5.265   5.265   5.265            -

            fibonacci-image-small-func-big
              policy       warming     n  failed        mean  median     p95  improvement
              round-robin  cold        1       0      13.329  13.329  13.329            -

            latency in seconds
            (ok): of the calls that ended ok

            what differs (described, not tested):
              fibonacci-image-big-func-small
                cold fails or rejects 50 % of its calls, pre-warmed 0 %
                cold fails or rejects 50 % of its calls, warmed 0 %
                no verdict on cold against pre-warmed, warmed: the shares of failed calls
                  differ by more than the means, which are of the calls that ended ok
            note: 1 of 5 calls did not end ok (1 timeout): means are of the others only, in
              percentiles they count as infinitely slow.
            warning: p95 rests on 1 call(s) in fibonacci-image-big-func-small · pre-warmed
              and 3 other group(s): with fewer than 59 no 95 % interval of it has an upper
              end. Make 200 invocations for an interval of p95, 1000 for one of p99, or do
              not quote them.
            """);
  }

  @Test
  void longNamesGiveWayAndFactorsThatVaryGetAColumn() {
    List<Invocation> rows =
        List.of(
            row().policy("weighted-round-robin-with-history(window=30s)").latency(0.02).build(),
            row()
                .policy("weighted-round-robin-with-history(window=60s)")
                .workload("closed(clients=8)")
                .latency(0.02)
                .build());
    assertThat(ConsoleTable.render(Summary.of(rows), 80))
        .isEqualTo(
            """
            fib
              policy    warming  workload     n  failed    mean  median     p95  improvement
              wei…30s)  cold     sequential   1       0  20.000  20.000  20.000            -
              wei…60s)  cold     close…ts=8)  1       0  20.000  20.000  20.000            -

            latency in milliseconds
            warning: p95 rests on 1 call(s) in weighted-round-robin-with-history(window=30s)
              · sequential and 1 other group(s): with fewer than 59 no 95 % interval of it
              has an upper end. Make 200 invocations for an interval of p95, 1000 for one of
              p99, or do not quote them.
            """);
  }

  @Test
  void onANarrowTerminalNamesAndFiguresHaveLinesOfTheirOwn() {
    List<Invocation> rows =
        List.of(
            row().function("fibonacci-image-small-func-big").latency(13.3288).build(),
            row()
                .function("fibonacci-image-small-func-big")
                .warming("pre-warmed")
                .latency(12.2149)
                .build());
    String text = ConsoleTable.render(Summary.of(rows), 50);
    assertThat(text)
        .isEqualTo(
            """
            fibonacci-image-small-func-big
              policy       warming
              n  failed    mean  median     p95   gain
              round-robin  cold
              1       0  13.329  13.329  13.329      -
              round-robin  pre-warmed
              1       0  12.215  12.215  12.215  8.4 %

            latency in seconds; gain: improvement of the mean,
              against cold

            what differs (described, not tested):
              mean: pre-warmed took 0.916 times as long as
                cold, which is described and not tested: on
                real nodes each repetition is one block of
                time, and a difference takes 5 a side: set
                repetitions: 5
            warning: p95 rests on 1 call(s) in cold and 1
              other group(s): with fewer than 59 no 95 %
              interval of it has an upper end. Make 200
              invocations for an interval of p95, 1000 for one
              of p99, or do not quote them.
            """);
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50));
  }

  @Test
  void whereThereIsRoomTheMeanHasItsIntervalAndVerdictsFollow() {
    List<Invocation> rows = new java.util.ArrayList<>();
    Stream random = new Stream(3);
    for (int i = 1; i <= 30; i++) {
      SampleRows cold = row().simulated().invocation(i);
      rows.add(cold.latency(6 + 0.3 * random.nextDouble()).build());
      SampleRows warmed = row().simulated().invocation(i).warming("warmed");
      rows.add(warmed.latency(2 + 0.3 * random.nextDouble()).build());
    }
    String wide = ConsoleTable.render(Summary.of(rows), 120);
    assertThat(wide)
        .contains("mean   95 % interval  median    p95            improvement")
        .containsPattern(
            "warmed   30       0  2\\.1\\d\\d  2\\.\\d{3} to 2\\.\\d{3} .* 6\\d\\.\\d % \\(")
        .contains("95 % interval: of the mean, over calls")
        .contains("what differs (Student's t):\n  mean: warmed answers 2.");
    assertThat(ConsoleTable.render(Summary.of(rows), 70)).doesNotContain("95 % interval  median");
  }

  /** A repetition on real nodes is one block of time: its interval is not called one of 95 %. */
  @Test
  void onRealNodesTheIntervalOfOneBlockIsNamedSo() {
    List<Invocation> rows = new java.util.ArrayList<>();
    Stream random = new Stream(3);
    for (int i = 1; i <= 30; i++) {
      rows.add(row().invocation(i).latency(6 + 0.3 * random.nextDouble()).build());
    }
    assertThat(ConsoleTable.render(Summary.of(rows), 120))
        .contains("within block")
        .doesNotContain("95 % interval  ");
  }

  @Test
  void aNameCannotSteerTheTerminal() {
    String text =
        ConsoleTable.render(
            Summary.of(List.of(row().function("a\u001b[2Jb").policy("c\u202ed").build())), 80);
    assertThat(text).contains("a\\u001b[2Jb").contains("c\\u202ed").doesNotContain("\u001b");
  }

  @Test
  void aGroupWithoutAnOkCallHasDashesAndNoRowsSayWhy() {
    assertThat(
            ConsoleTable.render(
                Summary.of(List.of(row().outcome(Outcome.LOST, "node gone").build())), 80))
        .contains("  round-robin  cold     1       1     -       -    -            -");
    assertThat(ConsoleTable.render(Summary.of(List.of()), 80))
        .isEqualTo("No invocation was recorded.\n");
  }
}
