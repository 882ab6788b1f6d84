package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The summary for programs and for issues. */
class ReportFormatsTest {

  private static final String FILE =
      """
      name: formats
      backend: sim
      nodes: {count: 2, cpu: 1, slots: 1, whenFull: reject}
      functions:
        - {name: f_1, model: {exec: "exponential(mean=1s)", pull: 2s}}
        - {name: g, model: {exec: 1s}}
      policy: [round-robin, random]
      warming: [cold, warmed]
      warmReplicas: all
      invocations: 40
      thresholds: [latency.mean < 1ms, {check: failed < 1%, where: {warming: cold}}]
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private StringWriter console = new StringWriter();

  private int faasbench(String... arguments) {
    console = new StringWriter();
    return Started.faasbench(console, new StringWriter(), arguments);
  }

  private Path run(String... settings) throws Exception {
    Path out = Files.createTempDirectory(folder, "out");
    String[] run = Started.run(folder, FILE, out, settings);
    faasbench(run);
    return out.resolve("metrics.csv");
  }

  private static List<String> mistakes(String json) throws Exception {
    var out = new StringWriter();
    Main.commandLine().setOut(new PrintWriter(out)).execute("schema", "summary");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(out.toString(), InputFormat.JSON)
        .validate(json, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void theJsonKeepsToItsSchemaAndHasTheCsvsFigures() throws Exception {
    Path csv = run();
    assertThat(faasbench("report", csv.toString(), "--format", "json"))
        .isEqualTo(ExitCode.CHECK_MISSED);
    assertThat(mistakes(console.toString())).isEmpty();
    JsonNode summary = JSON.readTree(console.toString());
    assertThat(summary.get("schemaVersion").intValue()).isEqualTo(2);
    assertThat(summary.at("/runs/0/environment/seed").intValue()).isEqualTo(42);
    assertThat(summary.get("cells")).hasSize(8);
    assertThat(summary.get("comparisons")).isNotEmpty();
    assertThat(summary.get("warnings"))
        .extracting(warning -> warning.get("what").textValue())
        .anySatisfy(what -> assertThat(what).startsWith("p95 rests on "));
    assertThat(summary.at("/thresholds/0/status").textValue()).isEqualTo("missed");
    assertThat(summary.at("/thresholds/1/status").textValue()).isEqualTo("passed");
    List<Invocation> rows = CsvRecords.read(csv).rows();
    for (JsonNode cell : summary.get("cells")) {
      double mean =
          rows.stream()
              .filter(row -> row.function().equals(cell.at("/key/function").textValue()))
              .filter(row -> row.policy().equals(cell.at("/key/policy").textValue()))
              .filter(row -> row.warming().equals(cell.at("/key/warming").textValue()))
              .mapToDouble(Invocation::latencySeconds)
              .average()
              .orElseThrow();
      assertThat(cell.at("/latencySeconds/mean").doubleValue()).isCloseTo(mean, within(1e-9));
    }
  }

  @Test
  void aRunKeepsTheSameJsonInItsFolder() throws Exception {
    Path csv = run();
    faasbench("report", csv.toString(), "--format", "json");
    Path folderOfRun = csv.resolveSibling(CsvRecords.read(csv).rows().get(0).run());
    String kept = Files.readString(folderOfRun.resolve("summary.json"));
    assertThat(mistakes(kept)).isEmpty();
    assertLike(JSON.readTree(kept), JSON.readTree(console.toString()), "");
  }

  /** A run knows nanoseconds, its CSV microseconds; what is drawn at random follows from them. */
  private static void assertLike(JsonNode run, JsonNode report, String path) {
    if (run.isNumber() && report.isNumber()) {
      double most = 1e-4 * Math.max(1, Math.abs(run.doubleValue()));
      assertThat(report.doubleValue()).as(path).isCloseTo(run.doubleValue(), within(most));
    } else if (run.isContainerNode()) {
      assertThat(report.size()).as(path).isEqualTo(run.size());
      run.properties()
          .forEach(
              field ->
                  assertLike(
                      field.getValue(), report.path(field.getKey()), path + "/" + field.getKey()));
      for (int i = 0; run.isArray() && i < run.size(); i++) {
        assertLike(run.get(i), report.path(i), path + "/" + i);
      }
    } else {
      assertThat(report).as(path).isEqualTo(run);
    }
  }

  /** Infinite, missing and failed: all of it has a place in the schema. */
  @Test
  void aRunInWhichCallsFailKeepsToTheSchemaToo() throws Exception {
    Path csv = run("workload={closed: {clients: 9}}", "repetitions=2", "timeout=1s");
    assertThat(faasbench("report", csv.toString(), "--format", "json", "--run", "all"))
        .isEqualTo(ExitCode.CHECK_MISSED);
    assertThat(mistakes(console.toString())).isEmpty();
    assertThat(console.toString()).contains("\"infinite\"").contains(": null");
  }

  @Test
  void otherGroupsKeepToTheSchemaToo() throws Exception {
    Path csv = run();
    faasbench("report", csv.toString(), "--format", "json", "--group-by", "node,warming");
    assertThat(mistakes(console.toString())).isEmpty();
    assertThat(JSON.readTree(console.toString()).get("cells")).hasSize(4);
  }

  /** Neither when calls arrived nor what they were made of: there is nothing to miss. */
  @Test
  void anotherToolsCallsWithoutArrivalsAndPhasesAreSummarised() throws Exception {
    Path csv =
        Files.writeString(
            folder.resolve("other.csv"), "name,took_ms\nf,100\nf,120\ng,300\ng,310\n");
    String columns = "function=name,latency_s=took_ms/1000";
    assertThat(faasbench("report", csv.toString(), "--columns", columns, "--format", "json"))
        .isZero();
    assertThat(mistakes(console.toString())).isEmpty();
    JsonNode summary = JSON.readTree(console.toString());
    assertThat(summary.at("/cells/0/latencySeconds/mean").doubleValue()).isEqualTo(0.11);
    assertThat(summary.at("/cells/1/latencySeconds/max").doubleValue()).isEqualTo(0.31);
    assertThat(summary.get("warnings").toString()).doesNotContain("phases");
    assertThat(faasbench("report", csv.toString(), "--columns", columns)).isZero();
    assertThat(folder.resolve("report.html")).content().contains("<h2>f</h2>", "<h2>g</h2>");
  }

  @Test
  void theSchemaRefusesWhatItDoesNotKnow() throws Exception {
    faasbench("report", run().toString(), "--format", "json");
    String json = console.toString();
    assertThat(mistakes(json.replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 3")))
        .isNotEmpty();
    assertThat(mistakes(json.replace("\"calls\"", "\"invocations\""))).isNotEmpty();
    assertThat(mistakes(json.replace("\"p95\"", "\"p96\""))).isNotEmpty();
  }

  @Test
  void theMarkdownHasTablesSentencesThresholdsAndHowItWasMeasured() throws Exception {
    Path file = folder.resolve("summary.md");
    Path csv = run();
    faasbench("report", csv.toString(), "--format", "md", "--out", file.toString());
    assertThat(console.toString()).isEqualTo(file + "\n");
    String text = Files.readString(file);
    assertThat(text)
        .startsWith(
            "### formats\n\n**f\\_1**\n\n| policy | warming | n | failed | mean | 95 % interval |"
                + " median |")
        .contains("\n| :-- | :-- | --: | --: |")
        .contains(
            "**g**", "what differs", "- FAIL  latency.mean \\< 1ms: ", "- pass  failed \\< 1%")
        .contains("**Warnings**\n\n- p95 rests on ")
        .contains("<details><summary>How it was measured</summary>")
        .contains("| seed | 42 |", "| loadProbe | fresh |")
        .endsWith("</details>\n");
    // A table in Markdown: every line has as many cells as its header.
    for (String block : text.split("\n\n")) {
      List<String> lines = block.lines().filter(line -> line.startsWith("|")).toList();
      assertThat(lines.stream().map(line -> line.replace("\\|", "").split("\\|").length).distinct())
          .hasSizeLessThanOrEqualTo(1);
    }
  }
}
