package io.github.faasbench.cli;

import java.util.ArrayList;
import java.util.List;

/** Which lines two texts do not share, in their order. */
final class TextDifference {

  private static final int MOST_SHOWN = 10;

  private TextDifference() {}

  /**
   * The lines that are only in one of them, each after the name of its text.
   *
   * @param old name of the first text
   * @param young name of the second
   */
  static List<String> of(String before, String after, String old, String young) {
    List<String> lines = new ArrayList<>();
    List<String> rest = new ArrayList<>(after.lines().toList());
    for (String line : before.lines().toList()) {
      if (!rest.remove(line)) {
        lines.add(old + ": " + line.strip());
      }
    }
    rest.forEach(line -> lines.add(young + ": " + line.strip()));
    if (lines.isEmpty()) {
      lines.add("the order of its lines");
    }
    int more = lines.size() - MOST_SHOWN;
    if (more <= 0) {
      return lines;
    }
    List<String> shown = new ArrayList<>(lines.subList(0, MOST_SHOWN));
    shown.add("and " + Texts.count(more, "more line"));
    return shown;
  }
}
