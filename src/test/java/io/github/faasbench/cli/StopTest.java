package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code stop} in whole runs on simulated nodes. */
class StopTest {

  private static final String FILE =
      """
      name: stop
      backend: sim
      nodes: {count: 4, cpu: 4}
      functions:
        - {name: steady, model: {exec: "lognormal(mean=1s, sd=100ms)"}}
        - {name: wild, model: {exec: "exponential(mean=1s)"}}
      policy: round-robin
      warming: warmed
      workload: %s
      mix: %s
      stop: {halfWidth: 5%%, of: median, max: 400}
      """;

  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "{closed: {clients: 4}}", "{poisson: {rate: 1/s}}"})
  void aCellGoesOnUntilItsIntervalIsNarrowOrTheMostIsReached(String workload) throws Exception {
    Map<String, Long> calls = run(FILE.formatted(workload, "separate"), "a");
    assertThat(calls.get("steady")).isBetween(20L, 100L);
    assertThat(calls.get("wild")).isEqualTo(400);
    assertThat(console.toString())
        .contains("stop: the interval of the median is within 5 % in 1 of 2 cells")
        .contains("wild · round-robin · warmed")
        .containsPattern("repetition 1: \\d+\\.\\d % after 400 calls a function");
  }

  @Test
  void functionsThatShareACellGoOnUntilEachIsNarrow() throws Exception {
    Map<String, Long> calls = run(FILE.formatted("sequential", "together"), "a");
    assertThat(calls).isEqualTo(Map.of("steady", 400L, "wild", 400L));
  }

  @Test
  void theSameFileGivesTheSameCalls() throws Exception {
    run(FILE.formatted("{closed: {clients: 4}}", "separate"), "a");
    run(FILE.formatted("{closed: {clients: 4}}", "separate"), "b");
    assertThat(folder.resolve("a/metrics.csv"))
        .hasSameBinaryContentAs(folder.resolve("b/metrics.csv"));
  }

  private Map<String, Long> run(String text, String out) throws Exception {
    Path file = Files.writeString(folder.resolve("experiment.yaml"), text);
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(console))
            .setErr(new PrintWriter(new StringWriter()))
            .execute(
                "run", file.toString(), "--out", folder.resolve(out).toString(), "--no-report");
    assertThat(exit).isZero();
    List<Invocation> rows = CsvRecords.read(folder.resolve(out).resolve("metrics.csv")).rows();
    return rows.stream()
        .collect(Collectors.groupingBy(Invocation::function, TreeMap::new, Collectors.counting()));
  }
}
