package io.github.faasbench.cluster.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** Writes text so that a POSIX shell reads it back to the byte. */
final class ShellQuote {
  private ShellQuote() {}

  /**
   * One word.
   *
   * @throws IllegalArgumentException for a NUL character, which no argument can hold
   */
  static String word(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an argument holds a NUL character");
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }

  static String words(List<String> texts) {
    return texts.stream().map(ShellQuote::word).collect(Collectors.joining(" "));
  }
}
