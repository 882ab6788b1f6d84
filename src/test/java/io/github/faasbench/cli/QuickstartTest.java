package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

  /** The means that the thesis publishes for its scenario 1 (6.3.1), in seconds. */
  private static final Map<String, Double> THESIS =
      Map.of(
          "fibonacci-image-big-func-small cold", 6.542,
          "fibonacci-image-big-func-small pre-warmed", 5.4022,
          "fibonacci-image-big-func-small warmed", 5.2647,
          "fibonacci-image-small-func-big cold", 13.3288,
          "fibonacci-image-small-func-big pre-warmed", 12.2149,
          "fibonacci-image-small-func-big warmed", 12.0481);

  @TempDir private Path out;

  @Test
  void theQuickstartGivesTheThesissTableWithinTwoPercent() throws Exception {
    var console = new StringWriter();
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(console))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("run", "experiments/quickstart.yaml", "--out", out.toString(), "--no-report");
    assertThat(exit).isZero();
    assertThat(console.toString()).contains("simulated");

    Map<String, Double> means =
        CsvRecords.read(out.resolve("metrics.csv")).rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.function() + " " + row.warming(),
                    TreeMap::new,
                    Collectors.averagingDouble(Invocation::latencySeconds)));
    assertThat(means.keySet()).isEqualTo(new TreeMap<>(THESIS).keySet());
    THESIS.forEach(
        (cell, seconds) ->
            assertThat(means.get(cell)).as(cell).isCloseTo(seconds, within(0.02 * seconds)));
  }
}
