package io.github.faasbench.metrics;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where what a stopped run had measured of its unfinished cell goes when the run goes on: {@code
 * partial-CELL.csv} in its folder for the records, {@code partial-CELL-containers.csv} and the like
 * for companions; with {@code -2}, {@code -3} … after CELL when that happens again.
 */
record PutAside(Path folder, String stem) {

  private static final String PREFIX = "partial";

  /** Names that are free. */
  static PutAside of(RunFolder run, Optional<CellKey> cell) throws IOException {
    String base = PREFIX + cell.map(known -> "-" + RunFolder.fileName(known)).orElse("");
    String stem = base;
    for (int n = 2; isTaken(run.path(), stem); n++) {
      stem = base + "-" + n;
    }
    return new PutAside(run.path(), stem);
  }

  private static boolean isTaken(Path folder, String stem) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder,
            file -> {
              String name = file.getFileName().toString();
              return name.equals(stem + ".csv") || name.matches(Pattern.quote(stem) + "-[a-z].*");
            })) {
      return files.iterator().hasNext();
    }
  }

  /** For the records. */
  Path records() {
    return folder.resolve(stem + ".csv");
  }

  /** For a file of the run's folder. */
  Path companion(String name) {
    return folder.resolve(stem + "-" + name);
  }
}
