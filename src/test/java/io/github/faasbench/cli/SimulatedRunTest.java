package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.policy.catalog.TestJar;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whole commands on a file with simulated nodes. */
class SimulatedRunTest {

  private static final String FILE =
      """
      name: simulated
      backend: sim
      seed: 7
      nodes: {count: 3, cpu: 0.5, memory: 512MiB, slots: 2}
      functions:
        - name: f
          model: {pull: 1.1s, start: "lognormal(mean=250ms, sd=40ms)", exec: "exponential(mean=1s)",
                  memory: 128MiB, cores: 0.5}
        - name: g
          model: {pull: 0.3s, start: 0.2s, init: 0.1s, exec: "uniform(min=0.5s, max=3s)",
                  memory: 64MiB}
      policy: [%s]
      warming: [%s]
      workload: [sequential, {closed: {clients: 4, think: 0.5s}}, {poisson: {rate: 1/s}}]
      keepAlive: [%s]
      invocations: 20
      order: %s
      """;
  private static final String USUAL =
      FILE.formatted(
          "round-robin, least-used",
          "cold, pre-warmed, warmed",
          "none, {fixed: {ttl: 2s}}",
          "interleaved");
  private static final String REVERSED =
      FILE.formatted(
          "least-used, round-robin",
          "warmed, pre-warmed, cold",
          "{fixed: {ttl: 2s}}, none",
          "as-written");

  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("experiment.yaml"), text);
  }

  private int faasbench(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(console));
    commandLine.setErr(new PrintWriter(console));
    return commandLine.execute(arguments);
  }

  private List<Invocation> run(String text, String out, String... more) throws Exception {
    Path into = folder.resolve(out);
    List<String> arguments = new ArrayList<>(List.of("run", file(text).toString(), "-q"));
    arguments.addAll(List.of("--out", into.toString()));
    arguments.addAll(List.of(more));
    int exit = faasbench(arguments.toArray(String[]::new));
    assertThat(exit).as(console.toString()).isZero();
    CsvRecords read = CsvRecords.read(into.resolve("metrics.csv"));
    assertThat(read.problems()).isEmpty();
    return read.rows();
  }

  /** A cell's containers all wait in one way; what has to wait for a place is no matter of it. */
  @Test
  void rowsSayHowTheContainersOfTheirCellWait() throws Exception {
    String all = "cold, pre-warmed, warmed, paused, resident";
    String text =
        FILE.formatted("round-robin", all, "none, {fixed: {ttl: 20s}}", "interleaved")
            .replace("exec: \"exponential", "unpause: 11ms, exec: \"exponential");
    List<Invocation> rows = run(text, "out", "--no-report");
    Map<String, Set<String>> modes =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    Invocation::warming, Collectors.mapping(Invocation::mode, Collectors.toSet())));
    assertThat(modes.get("cold")).containsExactlyInAnyOrder("cold", "warmed");
    for (String waiting : List.of("warmed", "paused", "resident")) {
      assertThat(modes.get(waiting)).contains(waiting).isSubsetOf("cold", "pre-warmed", waiting);
    }
    assertThat(rows).allMatch(row -> Math.abs(row.phaseError()) < 5e-6);
    assertThat(rows)
        .filteredOn(row -> row.mode().equals("paused"))
        .allMatch(row -> row.startSeconds() == (row.function().equals("f") ? .011 : 0));
    assertThat(rows)
        .filteredOn(row -> row.mode().equals("resident"))
        .allMatch(row -> row.startSeconds() == 0);
    faasbench("report", folder.resolve("out/metrics.csv").toString(), "--format", "md");
    List<String> rungs =
        console
            .toString()
            .lines()
            .filter(line -> line.contains("sequential") && line.contains("| none"))
            .map(line -> line.split(" *\\| *")[2])
            .distinct()
            .toList();
    assertThat(rungs).containsExactly(all.split(", "));
  }

  @Test
  void theSameFileAndSeedGiveTheSameCsvToTheByte() throws Exception {
    List<Invocation> rows = run(USUAL, "one", "--no-report");
    run(USUAL, "two", "--no-report");
    assertThat(rows).hasSize(2 * 3 * 3 * 2 * 2 * 20);
    assertThat(folder.resolve("two/metrics.csv"))
        .hasSameBinaryContentAs(folder.resolve("one/metrics.csv"));
  }

  @Test
  void aCellsRowsDoNotDependOnTheCellsBeforeIt() throws Exception {
    Map<String, List<String>> usual = byCell(run(USUAL, "usual", "--no-report"));
    Map<String, List<String>> reversed = byCell(run(REVERSED, "reversed", "--no-report"));
    assertThat(List.copyOf(usual.keySet())).isNotEqualTo(List.copyOf(reversed.keySet()));
    assertThat(usual).hasSize(72).isEqualTo(reversed);
  }

  /** Cell to its rows, without the run's id. */
  private static Map<String, List<String>> byCell(List<Invocation> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                Invocation::cell,
                java.util.LinkedHashMap::new,
                Collectors.mapping(
                    row -> row.toString().replace(row.run(), "RUN"), Collectors.toList())));
  }

  @Test
  void anotherSeedGivesOtherRows() throws Exception {
    List<Double> one = latencies(run(USUAL, "one", "--no-report"));
    List<Double> other =
        latencies(run(USUAL.replace("seed: 7", "seed: 8"), "other", "--no-report"));
    assertThat(one).isNotEqualTo(other);
  }

  private static List<Double> latencies(List<Invocation> rows) {
    return rows.stream().map(Invocation::latencySeconds).toList();
  }

  @Test
  void phasesAddUpExactlyAndNothingIsLeftOver() throws Exception {
    for (Invocation row : run(USUAL, "out", "--no-report")) {
      assertThat(row.outcome()).isEqualTo(Invocation.Outcome.OK);
      assertThat(row.transportSeconds()).isZero();
      assertThat(row.loadAgeSeconds()).isZero();
      assertThat(row.lagSeconds()).isZero();
    }
    assertThat(console.toString()).doesNotContain("phases that miss the latency");
  }

  @Test
  void itSaysEverywhereThatItIsSimulated() throws Exception {
    List<Invocation> rows = run(USUAL, "out");
    assertThat(rows).extracting(Invocation::backend).containsOnly("sim");
    assertThat(rows.get(0).arrivedAt().toString()).startsWith("2000-01-01T00:00:0");
    assertThat(console.toString()).startsWith("simulated on 3 nodes");
    Path run = folder.resolve("out").resolve(rows.get(0).run());
    assertThat(Files.readString(run.resolve("environment.json")))
        .contains("\"sim: simulated, in virtual time\"")
        .contains("\"node-1 to node-3\"")
        .contains("pull 1100ms, start lognormal(mean=250ms, sd=40ms), init 0s");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("<strong>Simulated.</strong>")
        .contains("sim: simulated, in virtual time");
  }

  @Test
  void withoutACsvItWritesNothing() throws Exception {
    Path out = folder.resolve("out");
    int exit = faasbench("run", file(USUAL).toString(), "--out", out.toString(), "-q", "--no-csv");
    assertThat(exit).isZero();
    assertThat(out).doesNotExist();
    assertThat(console.toString()).contains("simulated on 3 nodes").contains("pre-warmed");
  }

  @Test
  void rejectedCallsAreRowsAndTheExitCodeSaysSo() throws Exception {
    String full =
        USUAL
            .replace("slots: 2", "slots: 1, whenFull: reject")
            .replace("poisson: {rate: 1/s}", "poisson: {rate: 50/s}");
    String out = folder.resolve("o").toString();
    int exit = faasbench("run", file(full).toString(), "--out", out, "-q", "--no-report");
    assertThat(exit).isEqualTo(ExitCode.CALLS_FAILED);
    List<String> errors = new ArrayList<>();
    CsvRecords.read(folder.resolve("o/metrics.csv")).rows().stream()
        .filter(row -> row.outcome() != Invocation.Outcome.OK)
        .forEach(row -> errors.add(row.error()));
    assertThat(errors).contains("node-2: its slot is taken");
  }

  @Test
  void callsThatWouldWaitForEverAreRejectedWithTheReason() throws Exception {
    TestJar.of(
        folder.resolve("mine.jar"),
        """
        public final class Never implements SchedulingPolicy {
          public Needs needs() { return Needs.NONE; }
          public Decision choose(Request request, ClusterView cluster, long nowNanos) {
            return new Decision.Wait("not today");
          }
        }
        """);
    String full =
        """
        name: standstill
        backend: sim
        nodes: {count: 2, cpu: 1}
        functions: [{name: f, model: {exec: 1s}}]
        policy: Never
        policyJars: [mine.jar]
        warming: cold
        workload: [{poisson: {rate: 1/s}}, {closed: {clients: 3}}]
        invocations: 10
        """;
    String out = folder.resolve("o").toString();
    int exit = faasbench("run", file(full).toString(), "--out", out, "-q", "--no-report");
    assertThat(exit).as(console.toString()).isEqualTo(ExitCode.CALLS_FAILED);
    List<Invocation> rejected =
        CsvRecords.read(folder.resolve("o/metrics.csv")).rows().stream()
            .filter(row -> row.outcome() == Invocation.Outcome.REJECTED)
            .toList();
    assertThat(rejected)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.error()).isEqualTo("would wait for ever: not today"));
  }

  @Test
  void commandsForNodesSayThatThereAreNone() throws Exception {
    String path = file(USUAL).toString();
    assertThat(faasbench("doctor", path)).isZero();
    assertThat(faasbench("clean", path)).isZero();
    for (String verb : List.of("up", "down", "status")) {
      assertThat(faasbench("nodes", verb, path)).isEqualTo(ExitCode.MISTAKE);
    }
    assertThat(Stream.of(console.toString().split("\n")))
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith(path + ": its 3 nodes are simulated: "));
  }

  @Test
  void aBrokenLawIsABugOfTheToolAndSaysSo() {
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(console));
    int code =
        new Failures()
            .handleExecutionException(
                new IllegalStateException("the simulation broke an invariant"), commandLine, null);
    assertThat(code).isEqualTo(1);
    assertThat(console.toString())
        .contains("a bug, please report it")
        .contains("the simulation broke an invariant");
  }
}
