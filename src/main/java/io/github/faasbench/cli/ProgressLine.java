package io.github.faasbench.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line of a terminal that is written over; it never wraps, or the next would not cover it. */
final class ProgressLine {

  private static final int MOST_WIDTH = 78;
  private static final int SHORTEST_HEAD = 12;

  private final PrintStream err;
  private final boolean terminal;
  private final boolean quiet;
  private final int width;
  private boolean open;

  /**
   * @param terminal whether a line can be written over; elsewhere there is one line a cell
   * @param quiet whether only warnings are shown
   * @param columns of the terminal
   */
  ProgressLine(PrintStream err, boolean terminal, boolean quiet, int columns) {
    this.err = err;
    this.terminal = terminal;
    this.quiet = quiet;
    width = Math.min(MOST_WIDTH, columns - 1);
  }

  /** Whether {@link #show} is wanted. */
  boolean drawn() {
    return terminal && !quiet;
  }

  /** A cell's end, where no line is drawn. */
  void cell(String format, Object... values) {
    if (!terminal && !quiet) {
      err.println(VisibleWriter.visible(String.format(Locale.ROOT, format, values)));
    }
  }

  void warning(String message) {
    end();
    err.println("warning: " + VisibleWriter.visible(message));
  }

  /**
   * Shows how far it is, where, and details. On a narrow terminal the head is shortened, then the
   * details give way from the first on, then the head.
   */
  void show(String head, String stage, String... details) {
    List<String> parts = new ArrayList<>(List.of(details));
    parts.add(0, stage);
    parts.replaceAll(VisibleWriter::visible);
    while (parts.size() > 1 && length(parts) > width) {
      parts.remove(1);
    }
    String tail = String.join(", ", parts);
    int room = width - tail.length() - " | ".length();
    String line =
        room < SHORTEST_HEAD ? tail : cut(VisibleWriter.visible(head), room) + " | " + tail;
    print(cut(line, width));
    open = true;
  }

  /** Leaves the line empty. */
  void end() {
    if (open) {
      print("");
      err.print("\r");
      err.flush();
      open = false;
    }
  }

  private void print(String line) {
    err.print("\r" + line + " ".repeat(width - line.length()));
    err.flush();
  }

  private static int length(List<String> parts) {
    return String.join(", ", parts).length();
  }

  private static String cut(String text, int room) {
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }
}
