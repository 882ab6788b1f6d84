package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run writes goes through no link, and waits at no pipe; the named folder may be a link. */
@Timeout(120)
class LinkedFilesTest {

  private static final String FILE =
      """
      name: links
      backend: sim
      nodes: {count: 1, cpu: 1, slots: 1}
      functions: [{name: f, model: {exec: 1s}}]
      policy: round-robin
      warming: warmed
      keepAlive: {fixed: {ttl: 5s}}
      invocations: 5
      """;

  @TempDir private Path folder;
  private StringWriter errors = new StringWriter();
  private Path out;
  private Path file;
  private Path theirs;

  @BeforeEach
  void files() throws Exception {
    out = Files.createDirectory(folder.resolve("out"));
    file = Files.writeString(folder.resolve("e.yaml"), FILE);
    theirs = Files.writeString(folder.resolve("theirs.txt"), "theirs\n");
  }

  private int run(String... more) {
    errors = new StringWriter();
    List<String> words = new java.util.ArrayList<>(List.of("run", file.toString(), "-q"));
    words.addAll(List.of("--out", out.toString()));
    words.addAll(List.of(more));
    return Started.faasbench(new StringWriter(), errors, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metrics.csv", "report.html", "report.html.part", ".faasbench.lock", ".starting"})
  void aLinkInTheFolderIsToldAndNotFollowed(String name) throws Exception {
    Files.createSymbolicLink(out.resolve(name), theirs);
    assertThat(run()).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString())
        .contains(out.resolve(name).toString())
        .contains("is a link to " + theirs);
    assertThat(theirs).hasContent("theirs");
  }

  @Test
  void aFolderBehindALinkKeepsItsFiles() throws Exception {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.writeString(kept.resolve("letter.txt"), "dear\n");
    Files.createSymbolicLink(out.resolve(".starting"), kept);
    assertThat(run()).isEqualTo(ExitCode.MISTAKE);
    assertThat(kept.resolve("letter.txt")).hasContent("dear");
    assertThat(errors.toString()).contains(out.resolve(".starting") + ": is a link to " + kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run.log", "containers.csv", "environment.json.part", "summary.json", "journal"})
  void aLinkInTheRunsFolderIsNotFollowedEither(String name) throws Exception {
    assertThat(run()).isZero();
    Path run;
    try (var all = Files.newDirectoryStream(out, path -> Files.isDirectory(path))) {
      run = all.iterator().next();
    }
    Path journal = run.resolve("journal");
    String whole = Files.readString(journal);
    Files.writeString(journal, whole.substring(0, whole.indexOf("ended")));
    Files.deleteIfExists(run.resolve(name));
    Files.createSymbolicLink(run.resolve(name), theirs);
    run("--resume");
    assertThat(theirs).hasContent("theirs");
    assertThat(errors.toString()).contains("is a link to " + theirs);
  }

  @Test
  void theNamedFolderMayBeALink() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Files.delete(out);
    Files.createSymbolicLink(out, disk);
    assertThat(run()).as(errors.toString()).isZero();
    assertThat(disk.resolve("report.html")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.csv", "report.html", ".starting", ".faasbench.lock"})
  void aPipeIsToldAndNotWaitedFor(String name) throws Exception {
    Path pipe = out.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(run()).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains(pipe.getFileName().toString()).contains("is a pipe");
  }

  @Test
  void aPageThatIsNobodysReportStays() throws Exception {
    Files.writeString(out.resolve("report.html"), "<html>my own</html>\n");
    assertThat(run()).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("no report of faasbench").contains("--no-report");
    assertThat(out.resolve("metrics.csv")).doesNotExist();
    assertThat(run("--no-report")).as(errors.toString()).isZero();
    assertThat(out.resolve("report.html")).hasContent("<html>my own</html>");
  }
}
