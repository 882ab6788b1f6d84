package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Period;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code warmUp} in whole runs on simulated nodes. */
class WarmUpRunTest {

  private static final String FILE =
      """
      name: warm
      backend: sim
      nodes: {count: 2, cpu: 4}
      functions: [{name: f, model: {exec: "exponential(mean=1s)"}}, {name: g, model: {exec: 1s}}]
      policy: round-robin
      warming: [cold, warmed]
      workload: [%s]
      mix: together
      repetitions: 2
      %s
      """;

  private static final String LOADS =
      "sequential, {closed: {clients: 4, think: 1s}}, {poisson: {rate: 2/s}}, {uniform: {rate:"
          + " 1/s}}";

  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int faasbench(String... arguments) {
    console.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    return Started.faasbench(console, errors, arguments);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private List<Invocation> run(String text, String... more) throws IOException {
    assertThat(exit(text, more)).as(errors.toString()).isZero();
    CsvRecords read = CsvRecords.read(out().resolve("metrics.csv"));
    assertThat(read.problems()).isEmpty();
    return read.rows();
  }

  private int exit(String text, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("e.yaml"), text);
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--no-report"));
    arguments.addAll(List.of("--out", out().toString()));
    arguments.addAll(List.of(more));
    return faasbench(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"warmUp: none", "warmUp: mser", "retries: 0"})
  void whereNothingIsDecidedAtTheCallThePeriodIsEmpty(String key) throws IOException {
    List<Invocation> rows = run(FILE.formatted(LOADS, "invocations: 5\n" + key));
    assertThat(rows).hasSize(2 * 2 * 4 * 10).allMatch(row -> row.period() == Period.NONE);
    assertThat(Files.readAllLines(out().resolve("metrics.csv")).get(1)).endsWith(",,,,,");
  }

  @Test
  void theFirstCallsOfEachCellAndRepetitionAreTheWarmUp() throws IOException {
    List<Invocation> rows = run(FILE.formatted(LOADS, "invocations: 10\nwarmUp: {calls: 7}"));
    assertThat(rows).hasSize(2 * 2 * 4 * 20);
    assertThat(rows)
        .allMatch(
            row -> row.period() == (row.invocation() <= 7 ? Period.WARM_UP : Period.MEASURED));
  }

  @ParameterizedTest
  @CsvSource({
    "'invocations: 30', sequential",
    "'invocations: 30', '{closed: {clients: 4, think: 1s}}'",
    "'invocations: 30', '{poisson: {rate: 2/s}}'",
    "'duration: 40s', '{uniform: {rate: 1/s}}'"
  })
  void whatWasDueBeforeThatTimeIsTheWarmUp(String length, String load) throws IOException {
    List<Invocation> rows = run(FILE.formatted(load, length + "\nwarmUp: {duration: 12s}"));
    Map<String, Long> began = new HashMap<>();
    rows.forEach(row -> began.merge(cell(row), row.arrivedAtNanos(), Math::min));
    assertThat(began).hasSize(4);
    if (load.contains("poisson")) { // its first call comes some time after the load's beginning
      assertThat(rows).allMatch(row -> periodFits(row, began.get(cell(row)), 9_000, 12_000));
    } else {
      // Exactly at the end of the warm-up, a uniform load has a call: it is measured.
      assertThat(rows).allMatch(row -> periodFits(row, began.get(cell(row)), 12_000, 12_000));
    }
    assertThat(rows).extracting(Invocation::period).contains(Period.WARM_UP, Period.MEASURED);
  }

  private static String cell(Invocation row) {
    return row.cell() + " " + row.repetition();
  }

  private static boolean periodFits(Invocation row, long began, long surelyBefore, long after) {
    double millis = (row.arrivedAtNanos() - began) / 1e6;
    return millis < surelyBefore && row.period() == Period.WARM_UP
        || millis >= after && row.period() == Period.MEASURED
        || millis >= surelyBefore && millis < after && row.period() != Period.NONE;
  }

  /** Of 25 calls a function that are all alike, the interval is narrow at the first look. */
  @Test
  void theStopRuleCountsMeasuredCallsOnly() throws IOException {
    String text =
        """
        name: warm
        backend: sim
        nodes: {count: 1, cpu: 4}
        functions: [{name: f, model: {exec: "1s"}}]
        policy: round-robin
        warming: warmed
        invocations: 25
        stop: {halfWidth: 5%, max: 400}
        """;
    assertThat(run(text)).hasSize(25);
    Files.delete(out().resolve("metrics.csv"));
    List<Invocation> rows = run(text + "warmUp: {calls: 60}\n");
    assertThat(rows).hasSize(85);
    assertThat(rows.subList(0, 60)).allMatch(Invocation::inWarmUp);
    assertThat(console.toString()).contains("is within 5 % in 1 of 1 cell");
  }

  /** A slow start must not count, whether the cell runs now or its rows are read back. */
  @Test
  void aRunThatGoesOnSaysTheSameOfItsStopRule() throws IOException {
    String text =
        FILE.formatted(
            "sequential", "stop: {halfWidth: 2%, of: mean, max: 100}\nwarmUp: {calls: 11}");
    List<Invocation> rows = run(text);
    String shown = console.toString();
    assertThat(shown).contains("in 0 of 4 cells").containsPattern("% after 9[45] calls a function");
    Path journal;
    try (Stream<Path> files = Files.walk(out())) {
      journal = files.filter(file -> file.endsWith("journal")).findAny().orElseThrow();
    }
    List<String> lines = Files.readAllLines(journal);
    Files.write(journal, lines.subList(0, lines.size() - 2));
    assertThat(run(text, "--resume")).isEqualTo(rows);
    assertThat(errors.toString()).contains("going on with run");
    assertThat(console).hasToString(shown);
  }

  @Test
  void mserNeedsTheCsv() throws IOException {
    String text = FILE.formatted("sequential", "invocations: 10\nwarmUp: mser");
    assertThat(exit(text, "--no-csv")).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString())
        .contains("warmUp: mser is found in the rows of the CSV, and with --no-csv there are none");
    assertThat(out()).doesNotExist();
    assertThat(exit(text.replace("mser", "{calls: 2}"), "--no-csv")).isZero();
  }

  /** The file does not say how many calls a trace has, and how long it is. */
  @ParameterizedTest
  @CsvSource({
    "calls: 3, 'which ends after 3 calls; make it shorter'",
    "duration: 6s, 'which ends after 3 calls and 5.0 s; make it shorter'"
  })
  void aTraceOfWhichNothingWouldBeMeasuredIsRefused(String warmUp, String why) throws IOException {
    Files.writeString(folder.resolve("t.csv"), "function,arrival_s\nf,0\nf,1\nf,5\n");
    String trace = "{trace: {file: " + folder.resolve("t.csv") + ", format: simple}}";
    String text = FILE.formatted(trace, "warmUp: {" + warmUp + "}");
    assertThat(exit(text)).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("warmUp: nothing would be measured of").contains(why);
    String shorter = warmUp.replace("3", "2").replace("6", "5");
    assertThat(run(text.replace(warmUp, shorter)))
        .filteredOn(row -> row.period() == Period.MEASURED)
        .hasSize(4);
  }

  @Test
  void anotherWarmUpIsUnlikeAndOneThatVersion01DidNotWriteIsNone() throws IOException {
    String text = FILE.formatted("sequential", "invocations: 10");
    run(text);
    Path old = Files.move(out(), folder.resolve("old")).resolve("metrics.csv");
    Path resolved;
    try (Stream<Path> files = Files.walk(folder.resolve("old"))) {
      resolved = files.filter(f -> f.endsWith("experiment.yaml")).findAny().orElseThrow();
    }
    Files.writeString(resolved, Files.readString(resolved).replace("warmUp: none\n", ""));
    run(text);
    String young = out().resolve("metrics.csv").toString();
    assertThat(faasbench("compare", old.toString(), young)).as(errors.toString()).isZero();
    run(text + "warmUp: {calls: 3}\n");
    assertThat(faasbench("compare", old.toString(), young)).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("warmUp: none (old), calls: 3 (new)");
  }
}
