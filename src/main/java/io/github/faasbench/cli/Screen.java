package io.github.faasbench.cli;

/**
 * How wide what is shown may be. The launcher says what output and errors go to; {@code COLUMNS},
 * where somebody exported it, counts for pipes as well.
 */
final class Screen {

  private static final int NARROWEST = 20;
  private static final int PIPE_COLUMNS = 100;
  private static final int UNKNOWN_COLUMNS = 80;

  private Screen() {}

  /** Whether errors go to a terminal, on which a line can be written over. */
  static boolean hasTerminal() {
    return System.getProperty("faasbench.terminal") != null;
  }

  /** Columns for progress. */
  static int progressColumns() {
    return columns(System.getProperty("faasbench.terminal"), UNKNOWN_COLUMNS);
  }

  /** Columns for tables. */
  static int tableColumns() {
    String output = System.getProperty("faasbench.output");
    return columns(output, output == null ? PIPE_COLUMNS : UNKNOWN_COLUMNS);
  }

  /** Columns for sentences: on a pipe they are not broken, for programs look for them. */
  static int lineColumns() {
    return System.getProperty("faasbench.output") == null ? Integer.MAX_VALUE : tableColumns();
  }

  private static int columns(String terminal, int otherwise) {
    String exported = System.getenv("COLUMNS");
    for (String text : new String[] {exported, terminal}) {
      if (text != null && text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= NARROWEST) {
        return Integer.parseInt(text);
      }
    }
    return otherwise;
  }
}
