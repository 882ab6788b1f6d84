package io.github.faasbench.cli;

import io.github.faasbench.files.FileRefused;
import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The file that a report goes to: no input of any, and nobody else's. */
final class ReportTarget {

  /** As far into a file as it takes to know a report of ours. */
  private static final int START_BYTES = 4096;

  private ReportTarget() {}

  /**
   * Nothing is lost when the report is written there.
   *
   * @param csvs the records that the report is of; what lies in a run's folder beside them is read
   *     as well
   * @param force whether somebody else's file may be replaced
   * @throws CliException it is an input, or a file that is no report of faasbench
   */
  static void check(Path out, List<Path> csvs, boolean force) throws CliException, IOException {
    checkInputs(out, csvs);
    if (!Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    OwnFiles.check(out);
    if (isOfRun(out, csvs)) {
      throw CliException.mistake(
          out + ": is a file of a run, which a report is made from; name another file");
    }
    if (!force && !isReport(out)) {
      throw CliException.mistake(
          out
              + ": is there, and is no report of faasbench; move it away, name another file, or say"
              + " --force to replace it");
    }
  }

  /**
   * It is none of the records that the report is of.
   *
   * @throws CliException it is one, however it is called
   */
  static void checkInputs(Path out, List<Path> csvs) throws CliException, IOException {
    for (Path csv : csvs) {
      if (isSame(out, csv)) {
        throw CliException.mistake(
            out + ": is the input " + csv + ", which a report never replaces; name another file");
      }
    }
  }

  /** The same for the page that a run ends with: a file that is no report stays. */
  static void checkOfRun(Path html) throws CliException, IOException {
    if (!Files.exists(html, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    OwnFiles.check(html);
    if (!isReport(html)) {
      throw CliException.mistake(
          html
              + ": is there, and is no report of faasbench, so the run's can't go there; move it"
              + " away, choose another folder with --out DIR, or say --no-report");
    }
  }

  /**
   * Writes it, in the place of an earlier one once it is whole.
   *
   * @param advice what to do where that fails
   */
  static void write(Path out, String text, String advice) throws RecordsException {
    try {
      OwnFiles.root(out.toAbsolutePath().getParent());
      OwnFiles.replace(out.toAbsolutePath(), text);
    } catch (FileRefused e) {
      throw new RecordsException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RecordsException(
          out + ": the report cannot be written (" + FileErrors.of(e) + "); " + advice, e);
    }
  }

  /** Also by another spelling, through a link, or by another name of the same file. */
  private static boolean isSame(Path out, Path csv) throws IOException {
    return Files.exists(out) && Files.exists(csv) && Files.isSameFile(out, csv);
  }

  private static boolean isOfRun(Path out, List<Path> csvs) throws IOException {
    Path folder = out.toRealPath().getParent();
    if (!Files.exists(folder.resolve("journal")) || isReport(out)) {
      return false;
    }
    for (Path csv : csvs) {
      Path beside = csv.toAbsolutePath().getParent();
      if (Files.exists(beside) && beside.toRealPath().equals(folder.getParent())) {
        return true;
      }
    }
    return false;
  }

  /** An empty file holds nothing that could be lost, and counts as one. */
  private static boolean isReport(Path file) throws IOException {
    String start;
    try (InputStream in = PlainFile.open(file)) {
      start = new String(in.readNBytes(START_BYTES), StandardCharsets.UTF_8);
    }
    return start.isEmpty()
        || start.startsWith("<!DOCTYPE html>") && start.contains("<title>faasbench: ")
        || start.startsWith("{")
            && start.contains("\"schemaVersion\"")
            && start.contains("\"tool\"")
        || start.startsWith("### ") && isMarkdown(file);
  }

  private static boolean isMarkdown(Path file) throws IOException {
    return PlainFile.text(file)
        .contains("\n<details><summary>How it was measured</summary>\n\nRun ");
  }
}
