package io.github.faasbench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.FolderLock;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code --resume} goes on with, and what it refuses. Stops are made by cutting the journal.
 */
class ResumeTest {

  private static final String FILE =
      """
      name: resume
      backend: sim
      seed: 3
      nodes: {count: 2, cpu: 1}
      functions: [{name: f, model: {exec: "exponential(mean=1s)"}}]
      policy: [round-robin, random]
      warming: [cold, warmed]
      keepAlive: {fixed: {ttl: 5s}}
      invocations: 20
      """;

  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path out;
  private Path file;

  @BeforeEach
  void files() throws IOException {
    out = folder.resolve("out");
    file = Files.writeString(folder.resolve("e.yaml"), FILE);
  }

  private int run(String... more) {
    console.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--no-report"));
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(List.of(more));
    return Started.faasbench(console, errors, arguments.toArray(String[]::new));
  }

  private Path csv() {
    return out.resolve("metrics.csv");
  }

  private List<Path> runs() throws IOException {
    try (var all = Files.list(out)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private Path onlyRun() throws IOException {
    assertThat(runs()).hasSize(1);
    return runs().get(0);
  }

  /** As if the run had been killed in its third cell, all of whose rows were written. */
  private static void stopInThirdCell(Path run) throws IOException {
    Path journal = run.resolve("journal");
    List<String> lines = Files.readAllLines(journal);
    int end = 0;
    for (int started = 0; started < 3; end++) {
      started += lines.get(end).startsWith("started") ? 1 : 0;
    }
    Files.writeString(journal, String.join("\n", lines.subList(0, end)) + "\n");
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  @Test
  void theUnfinishedCellBeginsAgainAndItsRowsAreKeptAndNamed() throws Exception {
    assertThat(run()).isZero();
    List<String> whole = lines(csv());
    String shown = console.toString();
    Path run = onlyRun();
    List<String> containers = lines(run.resolve("containers.csv"));
    stopInThirdCell(run);

    assertThat(run("--resume")).isZero();
    assertThat(lines(csv())).isEqualTo(whole);
    assertThat(lines(run.resolve("containers.csv"))).isEqualTo(containers);
    assertThat(console).hasToString(shown);
    List<Path> partial;
    try (var all = Files.newDirectoryStream(run, "partial-*")) {
      partial = new ArrayList<>();
      all.forEach(partial::add);
    }
    assertThat(partial).hasSize(2);
    Path rows = partial.stream().filter(p -> !p.toString().contains("cont")).findFirst().get();
    assertThat(errors.toString())
        .contains("the unfinished cell begins again; the rows that it had (40) are now in " + rows)
        .contains("going on with run " + run.getFileName() + ": 2 cells are done");
    CsvRecords moved = CsvRecords.read(rows);
    assertThat(moved.problems()).isEmpty();
    // The fourth cell's are among them: the journal was cut, and not the CSV.
    assertThat(moved.rows()).hasSize(40);
    assertThat(lines(rows).subList(1, 41)).isEqualTo(whole.subList(41, 81));
    assertThat(lines(run.resolve("journal"))).last().isEqualTo("finished");
  }

  @Test
  void asManyTimesAsItStops() throws Exception {
    assertThat(run()).isZero();
    List<String> whole = lines(csv());
    for (int stop = 0; stop < 3; stop++) {
      stopInThirdCell(onlyRun());
      assertThat(run("--resume")).isZero();
      assertThat(lines(csv())).isEqualTo(whole);
    }
    try (var all = Files.newDirectoryStream(onlyRun(), "partial-c????????*.csv")) {
      assertThat(all)
          .extracting(path -> path.getFileName().toString().replaceAll("c[0-9a-f]{8}", "CELL"))
          .containsExactlyInAnyOrder(
              "partial-CELL.csv",
              "partial-CELL-2.csv",
              "partial-CELL-3.csv",
              "partial-CELL-containers.csv",
              "partial-CELL-2-containers.csv",
              "partial-CELL-3-containers.csv");
    }
  }

  @Test
  void rowsThatOtherRunsAppendedMeanwhileStay() throws Exception {
    assertThat(run()).isZero();
    List<String> whole = lines(csv());
    stopInThirdCell(onlyRun());
    assertThat(run("--set", "name=other")).isZero();
    List<String> others = lines(csv()).subList(81, 161);
    assertThat(others).hasSize(80);

    assertThat(run("--resume")).isZero();
    List<String> expected = new ArrayList<>(whole.subList(0, 41));
    expected.addAll(others);
    expected.addAll(whole.subList(41, 81));
    assertThat(lines(csv())).isEqualTo(expected);

    // And the other one's places have moved: it goes on all the same.
    Path other =
        runs().stream()
            .filter(run -> says(run.resolve("experiment.yaml"), "other"))
            .findAny()
            .get();
    stopInThirdCell(other);
    assertThat(run("--resume", "--set", "name=other")).isZero();
    expected.addAll(expected.subList(81, 121));
    expected.subList(81, 121).clear();
    assertThat(lines(csv())).isEqualTo(expected);
  }

  private static boolean says(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void tornLastLinesOfCsvAndJournalAreRepaired() throws Exception {
    assertThat(run()).isZero();
    List<String> whole = lines(csv());
    stopInThirdCell(onlyRun());
    String text = Files.readString(csv());
    Files.writeString(csv(), text.substring(0, text.length() - 30));
    Files.writeString(onlyRun().resolve("journal"), "ended\tc12", StandardOpenOption.APPEND);

    assertThat(run("--resume")).isZero();
    assertThat(lines(csv())).isEqualTo(whole);
    assertThat(errors.toString()).contains("its last line was unfinished (a crash?)");
    assertThat(errors.toString()).contains("the rows that it had (39)");
  }

  @Test
  void anotherFileIsRefusedWithWhatDiffers() throws Exception {
    assertThat(run()).isZero();
    stopInThirdCell(onlyRun());
    byte[] before = Files.readAllBytes(csv());
    assertThat(run("--resume", "--set", "invocations=25")).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString())
        .contains("the newest unfinished run in " + out + ", " + onlyRun().getFileName())
        .contains("is of another file")
        .contains("\n  then: invocations: 20\n  now: invocations: 25\n")
        .contains("or start anew without --resume");
    assertThat(csv()).hasBinaryContent(before);
  }

  @Test
  void anotherPlanIsRefused() throws Exception {
    assertThat(run()).isZero();
    stopInThirdCell(onlyRun());
    Path journal = onlyRun().resolve("journal");
    String text = Files.readString(journal);
    Files.writeString(journal, text.replaceFirst("plan=[0-9a-f]{64}", "plan=" + "0".repeat(64)));
    assertThat(run("--resume")).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString())
        .contains("is of another plan")
        .contains(
            "the cells, their order, seeds or numbers of calls (the run began with faasbench");
  }

  @Test
  void whatPoliciesLearnFromBeforehandIsAPartOfTheFile() throws Exception {
    Path history = folder.resolve("history.csv");
    String learning = "policy=[{predictive: {history: " + history + "}}, random]";
    assertThat(run()).isZero();
    Files.copy(csv(), history);
    assertThat(run("--set", learning)).isZero();
    for (Path run : runs()) {
      if (says(run.resolve("experiment.yaml"), "predictive")) {
        stopInThirdCell(run);
      }
    }
    Files.write(history, List.of(lines(history).get(1)), UTF_8, StandardOpenOption.APPEND);
    assertThat(run("--resume", "--set", learning)).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("then: # " + history + " sha256 ");
  }

  @Test
  void aCsvThatWasChangedMeanwhileIsRefusedAndLeftAlone() throws Exception {
    assertThat(run()).isZero();
    stopInThirdCell(onlyRun());
    List<String> changed = new ArrayList<>(lines(csv()));
    changed.remove(7);
    Files.write(csv(), changed);
    assertThat(run("--resume")).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString())
        .contains(csv() + ": has 19 rows of run " + onlyRun().getFileName() + ", cell c")
        .contains("of which the run had written 20")
        .contains("start anew without --resume");
    assertThat(lines(csv())).isEqualTo(changed);
  }

  @Test
  void aDamagedJournalIsRefusedWithItsLine() throws Exception {
    assertThat(run()).isZero();
    Path journal = onlyRun().resolve("journal");
    List<String> damaged = new ArrayList<>(lines(journal));
    damaged.set(2, "\0\0\0\0");
    Files.write(journal, damaged);
    assertThat(run("--resume")).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).startsWith(journal + ":3: not a line of a journal");
  }

  @Test
  void whatOthersLeftIsPassedOverAndTold() throws Exception {
    assertThat(run()).isZero();
    List<String> whole = lines(csv());
    Path run = onlyRun();
    stopInThirdCell(run);
    Path notes = Files.createDirectories(out.resolve("notes"));
    Files.writeString(notes.resolve("journal"), "Monday: it rained\n");
    Files.createDirectories(out.resolve("folder/journal"));
    Path other = Files.createDirectories(out.resolve("other"));
    Files.write(other.resolve("journal"), new byte[] {0, 1, 2, '\n'});
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.copy(run.resolve("journal"), elsewhere.resolve("journal"));
    Files.createSymbolicLink(out.resolve("linked"), elsewhere);

    assertThat(run("--resume")).as(errors.toString()).isZero();
    assertThat(errors.toString())
        .contains("warning: " + notes.resolve("journal") + ":1: not a line of a journal")
        .contains("warning: " + out.resolve("folder/journal") + ": is a folder")
        .contains("warning: " + other.resolve("journal") + ":1: not a line of a journal")
        .contains("warning: " + out.resolve("linked") + ": is a link to " + elsewhere)
        .contains("--resume passes it over")
        .contains("going on with run " + run.getFileName());
    assertThat(lines(csv())).isEqualTo(whole);
  }

  @Test
  void anEditedLatencyOfAFinishedCellIsNotTakenOver() throws Exception {
    assertThat(run()).isZero();
    Path journal = onlyRun().resolve("journal");
    stopInThirdCell(onlyRun());
    List<String> changed = new ArrayList<>(lines(csv()));
    String row = changed.get(7);
    int digit = row.indexOf('.', row.indexOf(",sequential,")) + 1;
    changed.set(
        7,
        row.substring(0, digit)
            + (row.charAt(digit) == '1' ? '2' : '1')
            + row.substring(digit + 1));
    Files.write(csv(), changed);
    assertThat(run("--resume")).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString())
        .contains(csv() + ": rows of run " + onlyRun().getFileName() + ", cell c")
        .contains("are not as the run had written them")
        .contains("start anew without --resume");
    assertThat(lines(csv())).isEqualTo(changed);

    // A run of a version that kept no hashes goes on.
    Files.writeString(journal, Files.readString(journal).replaceAll("\tsha256=[0-9a-f]+\n", "\n"));
    assertThat(run("--resume")).as(errors.toString()).isZero();
  }

  @Test
  void aFinishedRunIsLeftAloneAndWhereThereIsNoneOneBegins() throws Exception {
    assertThat(run("--resume")).isZero();
    assertThat(errors.toString()).contains("nothing to resume in " + out + ": a new run begins");
    List<String> whole = lines(csv());
    assertThat(whole).hasSize(81);
    assertThat(run("--resume")).isZero();
    assertThat(errors.toString())
        .contains("run " + onlyRun().getFileName() + " is finished: nothing to resume");
    assertThat(lines(csv())).isEqualTo(whole);
    assertThat(run("--resume", "--set", "name=other")).isZero();
    assertThat(lines(csv())).hasSize(161);
  }

  @Test
  void ofRunsOfTheSameFileTheNewestUnfinishedOneGoesOn() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(run()).isZero();
    }
    stopInThirdCell(runs().get(0));
    stopInThirdCell(runs().get(1));
    assertThat(run("--resume")).isZero();
    assertThat(errors.toString()).contains("going on with run " + runs().get(1).getFileName());
    assertThat(runs().get(1).getFileName().toString()).endsWith("-2");
    assertThat(run("--resume")).isZero();
    assertThat(errors.toString()).contains("going on with run " + runs().get(0).getFileName());
    assertThat(run("--resume")).isZero();
    assertThat(errors.toString()).contains("is finished: nothing to resume");
    assertThat(lines(csv())).hasSize(241);
  }

  @Test
  void aRunWhoseCellsAreAllDoneGetsItsSummaryAndReport() throws Exception {
    assertThat(run()).isZero();
    Path run = onlyRun();
    String shown = console.toString();
    Files.delete(run.resolve("summary.json"));
    List<String> journal = lines(run.resolve("journal"));
    Files.write(run.resolve("journal"), journal.subList(0, journal.size() - 1));
    assertThat(run("--resume")).isZero();
    assertThat(console).hasToString(shown);
    assertThat(run.resolve("summary.json")).exists();
    assertThat(lines(run.resolve("journal"))).last().isEqualTo("finished");
  }

  @Test
  void whatIsNotAsWhenTheRunBeganIsToldAndKept() throws Exception {
    assertThat(run()).isZero();
    Path environment = onlyRun().resolve("environment.json");
    String began = Files.readString(environment);
    String java = System.getProperty("java.version") + " (";
    assertThat(began).contains(java);
    Files.writeString(environment, began.replace(java, "11.0.1 ("));
    stopInThirdCell(onlyRun());
    assertThat(run("--resume")).isZero();
    String vendor = System.getProperty("java.vendor") + ")";
    String line = "Java: 11.0.1 (" + vendor + ", then " + java + vendor;
    assertThat(errors.toString()).contains("warning: not as when the run began: " + line);
    assertThat(Files.readString(environment))
        .contains("\"java\" : \"11.0.1 (")
        .contains("\"changed\" : [ \"" + line + "\" ]");
    assertThat(Files.readString(onlyRun().resolve("run.log"))).contains(line);
  }

  @Test
  void withoutCsvThereIsNothingToGoOnWith() {
    assertThat(run("--resume", "--no-csv")).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("with --no-csv there are none");
  }

  @Test
  void aFolderThatAnotherRunWritesIsRefusedButCanBeReported() throws Exception {
    assertThat(run()).isZero();
    byte[] before = Files.readAllBytes(csv());
    try (FolderLock held = FolderLock.acquire(out)) {
      assertThat(held).isNotNull();
      for (String resume : List.of("--resume", "-q")) {
        assertThat(run(resume)).isEqualTo(ExitCode.MISTAKE);
        assertThat(errors.toString())
            .contains(out + ": another faasbench run is writing to this folder");
      }
      Files.writeString(csv(), "resume,half", StandardOpenOption.APPEND);
      int reported = Started.faasbench(console, errors, "report", csv().toString());
      assertThat(reported).as(errors.toString()).isZero();
      assertThat(errors.toString()).contains(csv() + ":82: has 2 of 39 cells");
      assertThat(out.resolve("report.html")).exists();
    }
    Files.write(csv(), before);
  }
}
