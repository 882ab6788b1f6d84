package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.CsvSink;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.SampleRows;
import io.github.faasbench.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a plan takes: 4 s a cell, and its calls. */
class EstimateTest {

  @TempDir private Path folder;
  private Path csv;

  @BeforeEach
  void path() {
    csv = folder.resolve("metrics.csv");
  }

  private static Plan plan(String... overrides) {
    return Plan.of(
        Experiments.of(
            """
            name: e
            nodes: [{name: a, host: h, user: u, cpu: 1}, {name: b, host: i, user: u, cpu: 1}]
            functions:
              - {name: fib, image: "localhost:5055/fib", command: [run], model: {exec: 1s}}
            policy: round-robin
            warming: cold
            invocations: 10
            """,
            overrides));
  }

  private Estimate of(String... overrides) {
    Plan plan = plan(overrides);
    return Estimate.Earlier.of(csv).estimate(plan, plan.cells());
  }

  private long seconds(String... overrides) {
    return of(overrides).total().toSeconds();
  }

  private void rows(SampleRows... rows) throws Exception {
    try (var sink = CsvSink.open(csv, true)) {
      for (SampleRows row : rows) {
        sink.accept(row.build());
      }
    }
  }

  @Test
  void withoutRowsItRestsOnRoundFiguresOfEachWarming() {
    assertThat(seconds()).isEqualTo(4 + 10 * 12);
    assertThat(seconds("warming=pre-warmed")).isEqualTo(4 + 45);
    assertThat(seconds("warming=warmed")).isEqualTo(4 + 35);
    assertThat(seconds("warming=[cold, warmed]", "repetitions=2"))
        .isEqualTo(4 * 4 + 2 * 120 + 2 * 35);
    assertThat(of().text())
        .startsWith("estimated time: 2 min")
        .contains("(a rough guess: the CSV has no such calls yet)");
  }

  @Test
  void rowsOfTheSameImageAndWarmingTakeTheirPlaceWithTheirCleanUp() throws Exception {
    rows(
        SampleRows.row().latency(2).cleanup(0.5),
        SampleRows.row().latency(3).cleanup(Double.NaN),
        SampleRows.row().latency(100).outcome(Outcome.FAILED, "no"),
        SampleRows.row().function("other").latency(200),
        SampleRows.row().warming("warmed").latency(1).cleanup(0));
    assertThat(of().total()).isEqualTo(Duration.ofSeconds(4 + 28)); // 27.5 rounded
    assertThat(of().text()).contains("(from the calls that the CSV already has)");
    assertThat(seconds("warming=warmed")).isEqualTo(4 + 10);
    Estimate part = of("warming=[cold, warmed, pre-warmed]");
    assertThat(part.total()).isEqualTo(Duration.ofSeconds(12 + 83)); // 27.5, 10 and 45
    assertThat(part.measuredCells()).isEqualTo(2);
    assertThat(part.text()).contains("(in part a guess: the CSV has such calls for 2 of 3 cells)");
  }

  @Test
  void clientsShareTheCallsAsFarAsThereAreNodes() {
    assertThat(seconds("workload={closed: {clients: 2}}")).isEqualTo(4 + 60);
    assertThat(seconds("workload={closed: {clients: 5}}")).isEqualTo(4 + 60);
  }

  @Test
  void callsThatComeByThemselvesEndOneCallAfterTheLastHasCome() {
    assertThat(seconds("workload=uniform(rate=2/s)", "invocations=60")).isEqualTo(4 + 30 + 12);
  }

  @Test
  void aSimulationTakesNoWallClockTime() {
    assertThat(of("backend=sim").text())
        .isEqualTo("simulated: it runs as fast as this machine can");
  }

  @Test
  void aFileThatCanNotBeReadCountsAsNone() throws Exception {
    Files.writeString(csv, "no,such,columns\n1,2,3\n");
    assertThat(seconds()).isEqualTo(4 + 120);
    assertThat(of().measuredCells()).isZero();
  }
}
