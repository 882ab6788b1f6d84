package io.github.faasbench.cli;

import io.github.faasbench.files.OwnFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The run's log: lines with their time; kept in memory until the run's folder is known. */
final class RunLog implements AutoCloseable {

  private final PrintStream echo;
  private final List<String> early = new ArrayList<>();
  private PrintWriter writer;

  /** Lines are shown as well when verbose. */
  RunLog(boolean verbose) {
    echo = verbose ? System.err : null;
  }

  /** From here on lines go to the file, after those that it has. */
  synchronized void open(Path file) throws IOException {
    writer =
        new PrintWriter(
            new OutputStreamWriter(OwnFiles.append(file), StandardCharsets.UTF_8), true);
    early.forEach(writer::println);
    early.clear();
  }

  /** Any thread may call. */
  synchronized void line(String text) {
    // What a node or a file said can't begin a line of its own: the time tells ours.
    String said = VisibleWriter.visible(text.stripTrailing()).replace("\n", "\n  ");
    String line = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + said;
    if (writer == null) {
      early.add(line);
    } else {
      writer.println(line);
    }
    if (echo != null) {
      echo.println(line);
    }
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
