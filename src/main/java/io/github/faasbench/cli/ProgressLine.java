package io.github.faasbench.cli;

import java.io.PrintStream;

/** A line of a terminal that is written over. */
final class ProgressLine {

  private static final int WIDTH = 78;

  private final PrintStream err;
  private boolean open;

  ProgressLine(PrintStream err) {
    this.err = err;
  }

  /** Shows both; the head gives way where the line is too short. */
  void show(String head, String tail) {
    int room = Math.max(0, WIDTH - tail.length());
    String shortened =
        head.length() <= room ? head : head.substring(0, Math.max(0, room - 1)) + "…";
    String line = shortened + tail;
    err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
    err.flush();
    open = true;
  }

  /** Leaves the line empty. */
  void end() {
    if (open) {
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
      open = false;
    }
  }
}
