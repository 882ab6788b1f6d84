package io.github.faasbench.files;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;

/**
 * Ends the reading of a text at the first line that is longer than {@link #MOST_CHARACTERS}: who
 * reads lines would else hold all of a file that has no ends of lines. The lines of a table end
 * where no quote is open.
 */
final class LineLimit extends FilterReader {

  /** Above a row that holds all of the largest experiment file, which has 3 MiB. */
  static final int MOST_CHARACTERS = 4 << 20;

  private final Path file;
  private final boolean table;
  private boolean quoted;
  private long length;
  private long lines = 1;

  /**
   * @param table whether a quote may hold ends of lines
   */
  LineLimit(Reader reader, Path file, boolean table) {
    super(reader);
    this.file = file;
    this.table = table;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] buffer, int from, int most) throws IOException {
    int read = super.read(buffer, from, most);
    for (int at = from; at < from + read; at++) {
      char next = buffer[at];
      quoted ^= table && next == '"';
      length++;
      if (next == '\n') {
        lines++;
      }
      if (!quoted && (next == '\n' || next == '\r')) {
        length = 0;
      } else if (length > MOST_CHARACTERS) {
        throw new LineTooLong(file, lines);
      }
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
