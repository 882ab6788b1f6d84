package io.github.faasbench.cli;

/**
 * What is shown, and how wide it may be. The launcher says what output and errors go to. {@code
 * COLUMNS}, where somebody exported it, is about terminals only: what goes into a pipe is read by
 * programs, and never cut or broken.
 */
final class Screen {

  private static final int NARROWEST = 20;
  private static final int UNKNOWN_COLUMNS = 80;

  private Screen() {}

  /** Whether errors go to a terminal, on which a line can be written over. */
  static boolean hasTerminal() {
    return System.getProperty("faasbench.terminal") != null && !isDumb(System.getenv("TERM"));
  }

  /** Whether help may be in colours where it goes to a terminal. */
  static boolean colours() {
    return colours(System.getenv("NO_COLOR"), System.getenv("TERM"));
  }

  /** By the environment: {@code NO_COLOR} counts when it is not empty (no-color.org). */
  static boolean colours(String noColour, String terminal) {
    return (noColour == null || noColour.isEmpty()) && !isDumb(terminal);
  }

  /** A terminal that can neither go back in a line nor show colours. */
  private static boolean isDumb(String terminal) {
    return "dumb".equals(terminal);
  }

  /** Columns for progress. */
  static int progressColumns() {
    return columns(System.getenv("COLUMNS"), System.getProperty("faasbench.terminal"));
  }

  /** Columns for tables and sentences; on a pipe as many as they need. */
  static int outputColumns() {
    return outputColumns(System.getenv("COLUMNS"), System.getProperty("faasbench.output"));
  }

  /**
   * The same by what is known.
   *
   * @param exported {@code COLUMNS}; null: not there
   * @param terminal columns of the terminal that output goes to, as text; null: it goes to none
   */
  static int outputColumns(String exported, String terminal) {
    return terminal == null ? Integer.MAX_VALUE : columns(exported, terminal);
  }

  private static int columns(String... texts) {
    for (String text : texts) {
      if (text != null && text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= NARROWEST) {
        return Integer.parseInt(text);
      }
    }
    return UNKNOWN_COLUMNS;
  }
}
