package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a report may go, and in which format. */
@Timeout(120)
class ReportTargetTest {

  private static final String FILE =
      """
      name: target
      backend: sim
      nodes: {count: 1, cpu: 1}
      functions: [{name: f, model: {exec: 1s}}]
      policy: round-robin
      warming: cold
      invocations: 5
      """;

  @TempDir private Path folder;
  private StringWriter console = new StringWriter();
  private StringWriter errors = new StringWriter();
  private Path csv;
  private String rows;

  @BeforeEach
  void run() throws Exception {
    csv = folder.resolve("out/metrics.csv");
    assertThat(faasbench(Started.run(folder, FILE, folder.resolve("out")))).isZero();
    rows = Files.readString(csv);
  }

  private int faasbench(String... words) {
    console = new StringWriter();
    errors = new StringWriter();
    return Started.faasbench(console, errors, words);
  }

  private void refusedAsInput(Path out) throws Exception {
    for (String format : new String[] {"html", "md", "json"}) {
      int code =
          faasbench(
              "report", csv.toString(), "--format", format, "--force", "--out", out.toString());
      assertThat(code).isEqualTo(ExitCode.MISTAKE);
      assertThat(errors.toString()).contains("never replaces");
      assertThat(csv).hasContent(rows);
    }
  }

  @Test
  void noInputIsReplacedHoweverItIsCalled() throws Exception {
    assertThat(faasbench("report", csv.toString(), "--out", csv.toString()))
        .isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString())
        .contains(csv + ": is the input " + csv + ", which a report never");
    refusedAsInput(csv);
    refusedAsInput(folder.resolve("./out/../out/metrics.csv"));
    refusedAsInput(Files.createLink(folder.resolve("hard"), csv));
    refusedAsInput(Files.createSymbolicLink(folder.resolve("soft"), csv));

    Path second = Files.copy(csv, folder.resolve("second"));
    String[] both = {
      "report", csv.toString(), second.toString(), "--force", "--out", second.toString()
    };
    assertThat(faasbench(both)).isEqualTo(ExitCode.MISTAKE);
    assertThat(second).hasContent(rows);

    Path run;
    try (var all = Files.newDirectoryStream(csv.getParent(), path -> Files.isDirectory(path))) {
      run = all.iterator().next();
    }
    Path kept = run.resolve("environment.json");
    String before = Files.readString(kept);
    assertThat(faasbench("report", csv.toString(), "--force", "--out", kept.toString()))
        .isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("is a file of a run");
    assertThat(kept).hasContent(before);
  }

  @Test
  void somebodyElsesFileStaysUnlessForced() throws Exception {
    Path theirs =
        Files.writeString(folder.resolve("thesis.html"), "<!DOCTYPE html><title>mine</title>");
    assertThat(faasbench("report", csv.toString(), "--out", theirs.toString()))
        .isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("no report of faasbench").contains("--force");
    assertThat(theirs).hasContent("<!DOCTYPE html><title>mine</title>");
    assertThat(faasbench("report", csv.toString(), "--force", "--out", theirs.toString())).isZero();
    assertThat(Files.readString(theirs)).contains("<title>faasbench: ");
  }

  @Test
  void theNameSaysTheFormatAndAReportReplacesItsOwn() throws Exception {
    for (int time = 0; time < 2; time++) {
      for (String name : new String[] {"r.html", "r.md", "r.json"}) {
        Path out = folder.resolve(name);
        assertThat(faasbench("report", csv.toString(), "--out", out.toString()))
            .as(errors.toString())
            .isZero();
        assertThat(console.toString().strip()).isEqualTo(out.toString());
      }
    }
    assertThat(Files.readString(folder.resolve("r.html"))).startsWith("<!DOCTYPE html>");
    assertThat(Files.readString(folder.resolve("r.md"))).startsWith("### target");
    assertThat(Files.readString(folder.resolve("r.json"))).startsWith("{");

    assertThat(
            faasbench(
                "report",
                csv.toString(),
                "--format",
                "md",
                "--out",
                folder.resolve("x.html").toString()))
        .isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("--format md and --out").contains("contradict");
    assertThat(faasbench("report", csv.toString(), "--out", folder.resolve("x.csv").toString()))
        .isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("'.csv' says no format");
    assertThat(folder.resolve("x.html")).doesNotExist();
  }

  @Test
  void aDashIsStandardOutput() throws Exception {
    assertThat(faasbench("report", csv.toString(), "--out", "-")).isZero();
    assertThat(console.toString()).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(faasbench("report", csv.toString(), "--out", "-", "--format", "json")).isZero();
    assertThat(console.toString()).startsWith("{").endsWith("}\n");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void aPipeAndALongLineAreToldWithTheirPlace() throws Exception {
    Path pipe = folder.resolve("pipe.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(faasbench("report", pipe.toString())).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains(pipe + ": cannot be read (is a pipe");
    assertThat(faasbench("compare", csv.toString(), pipe.toString())).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains(pipe + ": cannot be read (is a pipe");

    Path wide = Files.writeString(folder.resolve("wide.csv"), rows + "x".repeat(5 << 20) + "\n");
    assertThat(faasbench("report", wide.toString())).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains(wide + ":7: longer than 4 MiB");
  }
}
