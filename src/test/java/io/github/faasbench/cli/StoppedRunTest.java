package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.CsvRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs in processes of their own that stop by themselves, and say how to go on. */
class StoppedRunTest {

  private static final String FILE =
      """
      name: stopped
      backend: sim
      seed: 5
      nodes: {count: 4, cpu: 2, memory: 2GiB}
      functions: [{name: f, model: {exec: "exponential(mean=1s)", memory: 64MiB}}]
      policy: [round-robin, random]
      warming: [cold, warmed]
      keepAlive: {fixed: {ttl: 5s}}
      workload: {poisson: {rate: 1/s}}
      invocations: INVOCATIONS
      """;

  @TempDir private Path folder;

  private Path home(String name, int invocations) throws Exception {
    Path home = Files.createDirectory(folder.resolve(name));
    Files.writeString(
        home.resolve("e.yaml"), FILE.replace("INVOCATIONS", Integer.toString(invocations)));
    return home;
  }

  private static Path csv(Path home) {
    return home.resolve("out/metrics.csv");
  }

  @Test
  void aFullDiskEndsTheRunWithWholeRowsAndItGoesOnWhenThereIsRoom() throws Exception {
    Path whole = home("whole", 1000);
    assertThat(new Forked(whole).end()).isZero();
    assertThat(Files.size(csv(whole))).isGreaterThan(900_000);

    Path full = home("full", 1000);
    // Of any file; in blocks of 1,024 bytes. The second cell's rows don't fit any more.
    var run = new Forked(full, "run e.yaml --no-report", "ulimit -f 400");
    assertThat(run.end()).as(run.errors()).isEqualTo(ExitCode.MISTAKE);
    assertThat(run.errors())
        .contains(
            "out/metrics.csv: a row cannot be written (File too large); make room and --resume")
        .endsWith("to go on with it: faasbench run e.yaml --no-report --resume\n");
    CsvRecords kept = CsvRecords.read(csv(full));
    assertThat(kept.problems()).isEmpty();
    assertThat(kept.rows().size()).isBetween(1001, 1999);
    assertThat(Files.readString(csv(full))).endsWith("\n");

    var again = new Forked(full, "run e.yaml --no-report --resume", "ulimit -f 500");
    assertThat(again.end()).as("as full as before").isEqualTo(ExitCode.MISTAKE);
    var last = new Forked(full);
    assertThat(last.end()).as(last.errors()).isZero();
    assertThat(csv(full)).hasSameBinaryContentAs(csv(whole));
  }

  @Test
  void aFullDiskAtTheReportLeavesNoHalfOfItAndTheRunGoesOn() throws Exception {
    Path home = home("full", 10);
    var run = new Forked(home, "run e.yaml", "ulimit -f 600");
    assertThat(run.end()).as(run.errors()).isEqualTo(ExitCode.MISTAKE);
    assertThat(run.errors())
        .contains(
            "out/report.html: the report cannot be written (File too large); make room and --resume")
        .doesNotContain("--out FILE")
        .endsWith("to go on with it: faasbench run e.yaml --resume\n");
    try (var left = Files.list(home.resolve("out"))) {
      assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("report"));
    }
    var last = new Forked(home, "run e.yaml --resume");
    assertThat(last.end()).as(last.errors()).isZero();
    assertThat(home.resolve("out/report.html")).isNotEmptyFile();
  }

  @Test
  void aSmallHeapEndsARunAsOtherBugsDo() throws Exception {
    Path home = home("small", 10);
    String many = "run e.yaml --no-report --set nodes.count=100000";
    var run = new Forked(home, many, "export JDK_JAVA_OPTIONS=-Xmx24m");
    assertThat(run.end()).as(run.errors()).isEqualTo(ExitCode.BUG);
    assertThat(run.errors())
        .contains("faasbench: not enough memory (")
        .contains("FAASBENCH_JAVA_OPTS=-Xmx4g")
        .contains("The stack trace is in .faasbench/error.log")
        .doesNotContain("\tat ");
    assertThat(Files.readString(home.resolve(".faasbench/error.log"))).contains("OutOfMemoryError");
  }

  @Test
  void anInterruptedRunPrintsTheCommandThatGoesOnWithIt() throws Exception {
    Path whole = home("whole", 20_000);
    String command = "run e.yaml --no-report --out 'my out' --set \"description=it's \\$1\"";
    assertThat(new Forked(whole, command).end()).isZero();

    Path stopped = home("stopped", 20_000);
    var run = new Forked(stopped, command);
    run.await("cell 1/4");
    run.interrupt();
    assertThat(run.end()).as(run.errors()).isEqualTo(ExitCode.INTERRUPTED);
    String given = "run e.yaml --no-report --out 'my out' --set 'description=it'\\''s $1' --resume";
    assertThat(run.errors())
        .contains("interrupted: the rows up to here are kept")
        .endsWith("to go on with it: faasbench " + given + "\n");

    var last = new Forked(stopped, given);
    assertThat(last.end()).as(last.errors()).isZero();
    assertThat(last.errors()).contains("going on with run ");
    assertThat(stopped.resolve("my out/metrics.csv"))
        .hasSameBinaryContentAs(whole.resolve("my out/metrics.csv"));
  }
}
