package io.github.faasbench.metrics;

import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A {@code metrics.csv} that an older version of the tool began. Rows of two kinds can't stand in
 * one file, so it gets the name {@code metrics-VERSION.csv} beside the folders of its runs, and a
 * new file begins; not a byte of it changes.
 *
 * @param version whose columns it has
 * @param movedTo its new place
 */
public record OlderCsv(String version, Path movedTo) {

  /**
   * Moves the file where it is such a one, in one step. Call it with the folder locked.
   *
   * @return what was moved; empty: it is today's, no file of the tool, or not there
   * @throws RecordsException it can't be read or moved
   */
  public static Optional<OlderCsv> moveAside(Path csv) throws RecordsException {
    try {
      Optional<KnownHeader> older =
          Files.isRegularFile(csv, LinkOption.NOFOLLOW_LINKS) ? header(csv) : Optional.empty();
      if (older.isEmpty()) {
        return Optional.empty();
      }
      Path free = freeName(csv, older.get().version());
      OwnFiles.move(csv, free);
      return Optional.of(new OlderCsv(older.get().version(), free));
    } catch (IOException e) {
      throw new RecordsException(
          csv
              + ": cannot be looked into or moved aside ("
              + FileErrors.of(e)
              + "); choose another folder with --out DIR",
          e);
    }
  }

  /** What to tell of it, in one line. */
  public String notice(Path csv) {
    return csv
        + ": has the columns of faasbench "
        + version
        + ", and this version's rows have more: it is now "
        + movedTo.getFileName()
        + ", which every command reads, and a new "
        + csv.getFileName()
        + " begins";
  }

  /** Of a first line that has its end: without, a crash cut it off, and there are no rows. */
  private static Optional<KnownHeader> header(Path csv) throws IOException {
    byte[] start;
    try (var in = PlainFile.open(csv)) {
      start = in.readNBytes(String.join(",", Column.headers()).length() + 2);
    }
    String text = new String(start, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    return end < 0
        ? Optional.empty()
        : KnownHeader.older(List.of(text.substring(0, end).replaceFirst("\r$", "").split(",", -1)));
  }

  private static Path freeName(Path csv, String version) {
    String stem = csv.getFileName().toString().replaceFirst("\\.csv$", "") + "-" + version;
    Path free = csv.resolveSibling(stem + ".csv");
    for (int n = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); n++) {
      free = csv.resolveSibling(stem + "-" + n + ".csv");
    }
    return free;
  }
}
