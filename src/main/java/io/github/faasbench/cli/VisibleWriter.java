package io.github.faasbench.cli;

import io.github.faasbench.report.Figures;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Where a command's output goes: names, errors and answers that others wrote stand in it, and must
 * not steer the terminal. Only line ends and tabs pass; other control and format characters (escape
 * sequences, changes of the writing direction) become visible.
 */
final class VisibleWriter extends FilterWriter {

  private VisibleWriter(Writer out) {
    super(out);
  }

  static PrintWriter around(Writer out) {
    return new PrintWriter(new VisibleWriter(out), true);
  }

  /** Several lines of text, as they may be shown. */
  static String visible(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\n')) {
      return text;
    }
    StringBuilder visible = new StringBuilder();
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\t') {
        visible.append(Figures.visible(text.substring(start, at)));
        visible.append(text, at, Math.min(at + 1, text.length()));
        start = at + 1;
      }
    }
    return visible.toString();
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c));
  }

  @Override
  public void write(char[] chars, int from, int length) throws IOException {
    write(new String(chars, from, length));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    out.write(visible(text.substring(from, from + length)));
  }
}
