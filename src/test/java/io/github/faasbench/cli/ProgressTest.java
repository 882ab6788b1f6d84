package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.Invocation.Period;
import io.github.faasbench.metrics.SampleRows;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Cell CELL =
      Plan.of(
              Experiments.of(
                  """
                  name: e
                  nodes: [{name: a, host: h, user: u}]
                  functions: [{name: f, image: i, command: [run]}]
                  policy: round-robin
                  warming: cold
                  """))
          .cells()
          .get(0);

  /** The line of a cell with calls that took 1 s, 2 s, … and further ones that failed. */
  private static String line(int ok, int failed) {
    var bytes = new ByteArrayOutputStream();
    var progress =
        new Progress(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false, ok + failed);
    progress.cellStarted(CELL, 1, 1);
    for (int i = 1; i <= failed; i++) {
      progress.recorded(
          CELL, SampleRows.row().outcome(Outcome.FAILED, "no").latency(0.001).build());
    }
    for (int i = 1; i <= ok; i++) {
      progress.recorded(CELL, SampleRows.row().latency(i).build());
    }
    progress.cellEnded(CELL);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theMedianCountsFailedCallsAsInfinitelySlow() {
    assertThat(line(5, 0)).contains("5 calls, 0 failed, median 3.000 s, ");
    assertThat(line(4, 0)).contains("median 2.500 s, ");
    assertThat(line(3, 2)).contains("5 calls, 2 failed, median 3.000 s, ");
    assertThat(line(4, 1)).contains("median 3.000 s, ");
  }

  @Test
  void theMedianIsThatOfTheCellWhateverTheOrderOfItsCallsAndWithoutItsWarmUp() {
    var bytes = new ByteArrayOutputStream();
    var progress =
        new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false, 9);
    progress.cellStarted(CELL, 1, 2);
    progress.recorded(CELL, SampleRows.row().period(Period.WARM_UP).latency(50).build());
    for (double latency : new double[] {9, 1, 2}) {
      progress.recorded(CELL, SampleRows.row().latency(latency).build());
    }
    progress.recorded(CELL, SampleRows.row().outcome(Outcome.LOST, "no").build());
    progress.cellEnded(CELL);
    progress.cellStarted(CELL, 2, 2);
    for (double latency : new double[] {8, 0.5, 0.25}) {
      progress.recorded(CELL, SampleRows.row().latency(latency).build());
    }
    progress.cellEnded(CELL);
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("cell 1/2 ")
                    .contains(": 5 calls, 1 failed, median 5.500 s, "),
            second ->
                assertThat(second)
                    .startsWith("cell 2/2 ")
                    .contains(": 3 calls, 0 failed, median 0.500 s, "));
  }

  @Test
  void whereHalfOrMoreFailedItSaysSo() {
    assertThat(line(2, 3)).contains("5 calls, 3 failed, median ∞ (half or more failed), ");
    assertThat(line(2, 2)).contains("median ∞ (half or more failed), ");
    assertThat(line(0, 1)).contains("median ∞ (half or more failed), ");
    assertThat(line(0, 0)).contains("no median yet");
  }
}
