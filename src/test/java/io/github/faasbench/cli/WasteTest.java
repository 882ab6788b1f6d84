package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLives;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What keeping containers cost, wherever a run is summed up. */
class WasteTest {

  private static final String FILE =
      """
      name: waste
      backend: sim
      nodes: {count: 1, cpu: 4, memory: 250MiB}
      functions: [{name: f, model: {start: 0.5s, exec: {exponential: {mean: 1s}}, memory: 100MiB}}]
      policy: round-robin
      warming: cold
      keepAlive: %s
      workload: {poisson: {rate: 0.5/s}}
      repetitions: 3
      invocations: 60
      """;

  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();

  private int faasbench(String... words) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(console));
    commandLine.setErr(new PrintWriter(new StringWriter()));
    return commandLine.execute(words);
  }

  private void run(String keepAlive) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE.formatted(keepAlive));
    assertThat(faasbench("run", file.toString(), "-q", "--out", folder.resolve("o").toString()))
        .as(console.toString())
        .isZero();
  }

  private Path csv() {
    return folder.resolve("o/metrics.csv");
  }

  @Test
  void theSummaryAddsUpTheLivesByCellAndSaysTheSameLater() throws Exception {
    run("[none, {fixed: {ttl: 5s}}, pool]");
    List<ContainerLife> lives = new ArrayList<>();
    Path file;
    try (var files = Files.walk(folder.resolve("o"))) {
      file = files.filter(f -> f.endsWith("containers.csv")).findFirst().orElseThrow();
    }
    ContainerLives.stream(file, lives::add, problem -> {});
    JsonNode beside =
        new ObjectMapper().readTree(file.resolveSibling("summary.json").toFile()).get("cells");
    Path json = folder.resolve("s.json");
    faasbench("report", csv().toString(), "--format", "json", "--out", json.toString());
    JsonNode later = new ObjectMapper().readTree(json.toFile()).get("cells");
    assertThat(later).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode seen = later.get(i).get("containers");
      String keepAlive = later.get(i).get("key").get("keepAlive").asText();
      List<ContainerLife> own =
          lives.stream().filter(life -> life.cell().keepAlive().equals(keepAlive)).toList();
      assertThat(seen.get("count").asInt()).isEqualTo(own.size());
      double idle = own.stream().mapToDouble(ContainerLife::idleMebibyteSeconds).sum();
      assertThat(seen.get("idleMebibyteSeconds").asDouble()).isCloseTo(idle, within(1e-6));
      assertThat(seen.get("idleMebibyteSecondsOfRepetition").asDouble())
          .isCloseTo(idle / 3, within(1e-6));
      assertThat(seen.get("preWarmsUsed").asLong())
          .isEqualTo(own.stream().filter(ContainerLife::preWarmUsed).count());
      assertThat(seen.get("idleMebibyteSecondsOfRepetitionInterval").get("low").asDouble())
          .isLessThanOrEqualTo(idle / 3);
      assertThat(beside.get(i).get("containers").get("idleMebibyteSeconds").asDouble())
          .as("in the run itself")
          .isCloseTo(idle, within(1e-2)); // the CSV has microseconds
    }
    assertThat(later.get(0).get("containers")).isNotNull();
  }

  @Test
  void consoleMarkdownAndPageShowIt() throws Exception {
    run("[none, {fixed: {ttl: 5s}}]");
    assertThat(console.toString())
        .contains("containers that waited for calls")
        .contains("idle, GiB·s");
    assertThat(Files.readString(folder.resolve("o/report.html")))
        .contains("<section id=\"waste\">")
        .contains("idle memory (GiB·s)");
    console.getBuffer().setLength(0);
    faasbench("report", csv().toString(), "--format", "md");
    assertThat(console.toString()).contains("**Containers that waited for calls**");
  }

  @Test
  void whereNoContainerWaitedNothingIsSaid() throws Exception {
    run("none");
    assertThat(console.toString()).doesNotContain("waited for calls");
    assertThat(Files.readString(folder.resolve("o/report.html"))).doesNotContain("id=\"waste\"");
  }
}
