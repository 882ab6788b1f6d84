package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whole commands with every policy, and with the one that writes down what it expected. */
class LearningRunTest {

  private static final String FILE =
      """
      name: learning
      backend: sim
      seed: 7
      nodes: {count: 4, cpu: 1, memory: 512MiB}
      functions:
        - {name: f, model: {pull: 2s, start: 0.2s, exec: 1s, memory: 64MiB}}
        - {name: g, model: {pull: 1s, start: 0.2s, exec: 3s, memory: 64MiB}}
      policy: [%s]
      warming: cold
      keepAlive: {fixed: {ttl: 5s}}
      workload: {poisson: {rate: 1/s}}
      mix: together
      whenNoNode: wait
      invocations: 150
      """;

  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();

  private int run(String policies, String out) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE.formatted(policies));
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(console));
    commandLine.setErr(new PrintWriter(console));
    return commandLine.execute(
        "run", file.toString(), "-q", "--no-report", "--out", folder.resolve(out).toString());
  }

  private List<String[]> predictions(String out) throws Exception {
    try (var files = Files.walk(folder.resolve(out))) {
      Path found = files.filter(f -> f.endsWith("predictions.csv")).findFirst().orElseThrow();
      return Files.readAllLines(found).stream().map(line -> line.split(",")).toList();
    }
  }

  @Test
  void everyPolicyCarriesALoadToItsEndOnTheSameCalls() throws Exception {
    List<String> names = Catalog.node().stream().map(Entry::name).toList();
    assertThat(run(String.join(", ", names), "all")).as(console.toString()).isZero();
    Map<String, List<Invocation>> byPolicy =
        CsvRecords.read(folder.resolve("all/metrics.csv")).rows().stream()
            .collect(Collectors.groupingBy(Invocation::policy));
    assertThat(byPolicy).hasSize(names.size());
    assertThat(byPolicy.values())
        .allSatisfy(
            rows -> {
              assertThat(rows).hasSize(300);
              assertThat(rows).extracting(Invocation::mode).contains("cold", "warmed");
            });
    assertThat(
            byPolicy.values().stream()
                .map(rows -> rows.stream().map(Invocation::arrivedAt).sorted().toList().toString()))
        .as("arrivals")
        .containsOnly(
            byPolicy.get("random").stream()
                .map(Invocation::arrivedAt)
                .sorted()
                .toList()
                .toString());
  }

  @Test
  void expectationsStandBesideWhatCameOfThemAndAreGoodInTheEnd() throws Exception {
    assertThat(run("predictive, random", "one")).as(console.toString()).isZero();
    Map<String, Invocation> calls =
        CsvRecords.read(folder.resolve("one/metrics.csv")).rows().stream()
            .filter(row -> row.policy().startsWith("predictive"))
            .collect(Collectors.toMap(r -> r.function() + r.invocation(), Function.identity()));
    List<String[]> rows = predictions("one");
    assertThat(String.join(",", rows.get(0)))
        .isEqualTo("run,cell,repetition,invocation,function,node,mode,expected_s,took_s,error_s");
    assertThat(rows.size() - 1).as("all but the first calls").isBetween(200, 299);
    double[] errors = new double[rows.size() - 1];
    for (int i = 1; i < rows.size(); i++) {
      String[] row = rows.get(i);
      Invocation call = calls.get(row[4] + row[3]);
      double expected = Double.parseDouble(row[7]);
      double took = Double.parseDouble(row[8]);
      assertThat(row[5]).isEqualTo(call.node());
      assertThat(took).isCloseTo(call.latencySeconds(), within(2e-6)); // no call waited
      assertThat(Double.parseDouble(row[9])).isCloseTo(expected - took, within(2e-6));
      errors[i - 1] = Math.abs(expected - took) / took;
    }
    double[] late = Arrays.copyOfRange(errors, errors.length - 100, errors.length);
    Arrays.sort(late);
    assertThat(late[50]).as("median relative error of the last 100").isLessThan(0.3);
  }

  @Test
  void anEarlierCsvGivesExpectationsFromTheFirstCallOn() throws Exception {
    assertThat(run("random", "past")).isZero();
    String history = "{predictive: {history: " + folder.resolve("past/metrics.csv") + "}}";
    assertThat(run(history, "next")).as(console.toString()).isZero();
    assertThat(predictions("next")).hasSize(1 + 300);
  }

  @Test
  void aCsvWithNothingToLearnFromIsRefusedBeforeTheRun() throws Exception {
    assertThat(run("random", "past")).isZero();
    Path past = folder.resolve("past/metrics.csv");
    Files.writeString(past, Files.readString(past).replaceAll(",[fg],", ",another,"));
    assertThat(run("{predictive: {history: " + past + "}}", "next")).isEqualTo(2);
    assertThat(console.toString())
        .contains(past + ": no successful call of this experiment's functions");
  }
}
