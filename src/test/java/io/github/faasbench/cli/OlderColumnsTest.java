package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command beside a CSV that version 0.1 left, with its run's folder. */
class OlderColumnsTest {

  private static final String FILE =
      """
      name: older
      backend: sim
      nodes: {count: 2, cpu: 1}
      functions: [{name: f, model: {exec: "exponential(mean=1s)"}}]
      policy: [round-robin, random]
      warming: [warmed]
      invocations: 20
      """;

  private static final String NEW = ",host_containers,varied,workflow,payload_bytes,period";

  @TempDir private Path folder;
  private StringWriter console = new StringWriter();
  private StringWriter errors = new StringWriter();

  private Path out() {
    return folder.resolve("out");
  }

  private Path csv() {
    return out().resolve("metrics.csv");
  }

  private int faasbench(String... arguments) {
    console = new StringWriter();
    errors = new StringWriter();
    return Started.faasbench(console, errors, arguments);
  }

  private int run(String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE);
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--no-report"));
    arguments.addAll(List.of("--out", out().toString()));
    arguments.addAll(List.of(more));
    return faasbench(arguments.toArray(String[]::new));
  }

  /** A run as version 0.1 left it; answers its folder. */
  private Path oldRun() throws IOException {
    assertThat(run()).as(errors.toString()).isZero();
    Path run;
    try (var folders = Files.newDirectoryStream(out(), Files::isDirectory)) {
      run = folders.iterator().next();
    }
    List<String> old =
        Files.readAllLines(csv()).stream()
            .map(line -> line.replaceFirst("(" + NEW + "|,,,,,)$", ""))
            .toList();
    assertThat(old.get(1).split(",", -1)).hasSize(34);
    Files.write(csv(), old);
    rewrite(run.resolve("journal"), "\tcolumns=0.2", "");
    return run;
  }

  private static void rewrite(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  @Test
  void everyCommandReadsItWithoutAWordOfMissingColumns() throws Exception {
    Path run = oldRun();
    String learning = "policy=predictive(history=" + csv() + ")";
    Path elsewhere = folder.resolve("elsewhere");
    for (String[] command :
        List.of(
            new String[] {"report", csv().toString(), "--format", "md"},
            new String[] {"compare", csv().toString(), csv().toString()},
            new String[] {"plan", folder.resolve("e.yaml").toString()},
            new String[] {
              "run", "" + folder.resolve("e.yaml"), "--out", "" + elsewhere, "--set"
            })) {
      List<String> arguments = new ArrayList<>(List.of(command));
      if (command[0].equals("run")) {
        arguments.add(learning);
      }
      int exit = faasbench(arguments.toArray(String[]::new));
      assertThat(exit).as(command[0] + errors).isZero();
      assertThat(errors.toString()).as(command[0]).doesNotContain("missing").doesNotContain("none");
    }
    assertThat(Files.readString(csv())).doesNotContain("period");
    assertThat(run).exists();
  }

  @Test
  void aRunBesideItMovesItAsideSaysSoAndItsReportStillFindsItsFolder() throws Exception {
    Path run = oldRun();
    byte[] before = Files.readAllBytes(csv());
    assertThat(run("-q")).as(errors.toString()).isZero();
    Path moved = out().resolve("metrics-0.1.csv");
    assertThat(errors.toString().lines())
        .containsExactly(
            "warning: "
                + csv()
                + ": has the columns of faasbench 0.1, and this version's rows have more: it is now"
                + " metrics-0.1.csv, which every command reads, and a new metrics.csv begins");
    assertThat(moved).hasBinaryContent(before);
    List<String> rows = Files.readAllLines(csv());
    assertThat(rows).hasSize(41);
    assertThat(rows.get(0)).endsWith(NEW);
    assertThat(rows.get(1)).doesNotContain("," + run.getFileName() + ",");
    assertThat(faasbench("report", moved.toString(), "--format", "md")).isZero();
    assertThat(errors.toString()).doesNotContain("missing");
    assertThat(console.toString()).contains(run.getFileName().toString());
    assertThat(faasbench("compare", moved.toString(), csv().toString())).isZero();
  }

  @Test
  void anUnfinishedRunOfItCannotGoOnAndIsSaidToWhileANewOneBegins() throws Exception {
    Path run = oldRun();
    List<String> journal = Files.readAllLines(run.resolve("journal"));
    List<String> stopped = journal.subList(0, journal.size() - 2);
    Files.write(run.resolve("journal"), stopped);
    byte[] before = Files.readAllBytes(csv());
    assertThat(run("--resume")).as(errors.toString()).isZero();
    assertThat(errors.toString())
        .contains("it is now metrics-0.1.csv")
        .contains(
            "warning: run "
                + run.getFileName()
                + " is unfinished, but it began with the columns of faasbench 0.1, and this"
                + " version's rows have more: it can't go on, a new run begins; what it had"
                + " measured is kept")
        .doesNotContain("going on with run");
    assertThat(out().resolve("metrics-0.1.csv")).hasBinaryContent(before);
    assertThat(run.resolve("journal")).hasContent(String.join("\n", stopped));
    assertThat(Files.readAllLines(csv())).hasSize(41);
    // The new one is the newest from now on, and is finished.
    assertThat(run("--resume")).isZero();
    assertThat(errors.toString()).contains("is finished: nothing to resume").doesNotContain("0.1");
    assertThat(Files.readAllLines(csv())).hasSize(41);
  }

  @Test
  void aDryRunMovesNothing() throws Exception {
    oldRun();
    assertThat(run("--dry-run")).isZero();
    assertThat(csv()).exists();
    assertThat(out().resolve("metrics-0.1.csv")).doesNotExist();
  }
}
