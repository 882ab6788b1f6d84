package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file fixes before the data: at a run's end, and by report from what the run left. */
class DesignRunTest {

  /** One queue at 90 % load; it begins empty. */
  private static final String FILE =
      """
      name: design
      backend: sim
      nodes: {count: 1, cpu: 1, slots: 1}
      functions: [{name: f, model: {exec: "exponential(mean=100ms)"}}]
      policy: [random, round-robin]
      warming: warmed
      busy: wait
      workload: {poisson: {rate: 9/s}}
      invocations: 3000
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private StringWriter console = new StringWriter();

  private int faasbench(String... arguments) {
    console = new StringWriter();
    return Started.faasbench(console, console, arguments);
  }

  private Path run(String text, String... more) throws Exception {
    Path out = Files.createTempDirectory(folder, "out");
    Path file = Files.writeString(folder.resolve("e.yaml"), text);
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "-q"));
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(List.of(more));
    assertThat(faasbench(arguments.toArray(String[]::new))).as(console.toString()).isZero();
    return out;
  }

  private static JsonNode summary(Path out) throws Exception {
    try (Stream<Path> files = Files.walk(out)) {
      Path found = files.filter(f -> f.endsWith("summary.json")).findFirst().orElseThrow();
      return JSON.readTree(Files.readString(found));
    }
  }

  private JsonNode report(Path out) throws Exception {
    faasbench("report", out.resolve("metrics.csv").toString(), "--format", "json");
    return JSON.readTree(console.toString());
  }

  @Test
  void mserLeavesOutTheSameCallsInTheRunAndInTheReport() throws Exception {
    // With this seed the first thousand calls meet a queue that is longer than those later.
    Path out = run(FILE + "seed: 3\nwarmUp: mser\n");
    JsonNode run = summary(out).get("cells");
    assertThat(run).hasSize(2);
    for (JsonNode cell : run) {
      assertThat(cell.get("warmUpCalls").asLong()).isPositive();
      assertThat(cell.get("warmUpCalls").asLong() + cell.get("calls").asLong()).isEqualTo(3000);
    }
    assertThat(report(out).get("cells")).isEqualTo(run);
    assertThat(console.toString()).contains("\"mserCut\"");
    faasbench("report", out.resolve("metrics.csv").toString(), "--format", "md");
    assertThat(console.toString()).contains("left out as warm-up: ");
    assertThat(faasbench("report", out.resolve("metrics.csv").toString())).isZero();
    assertThat(Files.readString(out.resolve("report.html"))).contains("were left out as warm-up");
  }

  @Test
  void theFirstCallsAreLeftOutWhereTheFileSaysSo() throws Exception {
    Path out = run(FILE + "warmUp: {calls: 500}\n");
    JsonNode cell = summary(out).get("cells").get(0);
    assertThat(cell.get("calls").asLong()).isEqualTo(2500);
    assertThat(cell.get("warmUpCalls").asLong()).isEqualTo(500);
    assertThat(report(out).get("cells").get(0)).isEqualTo(cell);
  }

  @Test
  void percentilesAreThoseOfTheFileAndOfItsThresholds() throws Exception {
    Path out =
        run(
            FILE
                + "percentiles: [50, 99.9]\n"
                + "thresholds: [latency.p99.5 < 1000s, latency.p99.9 > 0s, container_start_share <= 0%]\n");
    assertThat(console.toString())
        .containsPattern("mean +median +p99.5 +p99.9")
        .contains("pass  latency.p99.9 > 0s: ", "pass  container_start_share <= 0%");
    JsonNode cell = summary(out).get("cells").get(0);
    assertThat(cell.at("/latencySeconds/percentiles"))
        .extracting(one -> one.get("percent").asDouble())
        .containsExactly(50.0, 99.5, 99.9);
    // 3,000 calls that depend on each other carry no interval of a p99.9.
    assertThat(cell.at("/latencySeconds/percentiles/2/interval").isNull()).isTrue();
    assertThat(cell.at("/latencySeconds/percentiles/2/value").asDouble())
        .isGreaterThan(cell.at("/latencySeconds/p99").asDouble());
  }

  /** At 90 % load 3,000 calls are worth a few: no interval, no verdict, in every output. */
  @Test
  void aCellThatCannotBeJudgedSaysSoEverywhere() throws Exception {
    Path out = run(FILE);
    assertThat(console.toString().replaceAll("\\s+", " "))
        .contains("calls depend on each other: 3,000 are worth about ");
    JsonNode cell = summary(out).get("cells").get(0);
    assertThat(cell.at("/certainty/refusal").asText()).startsWith("calls depend on each other: ");
    assertThat(cell.at("/certainty/ess").asDouble()).isLessThan(80);
    assertThat(cell.at("/latencySeconds/meanInterval").isNull()).isTrue();
    assertThat(report(out).get("cells").get(0)).isEqualTo(cell);
    faasbench("report", out.resolve("metrics.csv").toString(), "--format", "md");
    assertThat(console.toString()).contains("calls depend on each other: 3,000 are worth about ");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("calls depend on each other: 3,000 are worth about ");
  }

  /** Policies of one node choose alike: the same calls to the microsecond. */
  @Test
  void theSameChoicesUnderTwoNamesDifferByNothingAtAll() throws Exception {
    Path out = run(FILE);
    JsonNode pair = summary(out).at("/comparisons/0/primary/0");
    assertThat(pair.get("ratio").asDouble()).isEqualTo(1);
    assertThat(pair.at("/interval/low").asDouble()).isEqualTo(1);
    assertThat(pair.at("/interval/high").asDouble()).isEqualTo(1);
    assertThat(pair.get("verdict").asText())
        .isEqualTo("mean: random and round-robin are equal in each of the same 3,000 calls");
  }

  @Test
  void theBaselineIsTheFilesFirstValueAlsoWhereAnotherStandsFirstInTheTable() throws Exception {
    Path out =
        run(FILE.replace("[random, round-robin]", "[round-robin, random]").replace("3000", "200"));
    assertThat(summary(out).at("/comparisons/0/baseline").asText()).isEqualTo("round-robin");
    assertThat(report(out).at("/comparisons/0/baseline").asText()).isEqualTo("round-robin");
  }
}
