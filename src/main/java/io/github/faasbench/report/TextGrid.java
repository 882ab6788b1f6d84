package io.github.faasbench.report;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns of plain text; names give way first when the line gets too long. */
public final class TextGrid {

  private static final int GAP = 2;
  private static final int SHORTEST_NAME = 8;

  private final List<String> header;
  private final int nameColumns;
  private final List<List<String>> rows = new ArrayList<>();

  /** Of the columns, for a line of that many characters; empty: not known yet. */
  private int[] widths = {};

  private int widthsFor;

  /** The first {@code nameColumns} columns hold names, to the left; the others numbers. */
  TextGrid(List<String> header, int nameColumns) {
    this.header = header;
    this.nameColumns = nameColumns;
  }

  void add(List<String> row) {
    rows.add(row);
    widths = new int[0];
  }

  String headerLine(int width) {
    return line(header, widths(width));
  }

  String rowLine(int row, int width) {
    return line(rows.get(row), widths(width));
  }

  /** Header and ruler of a table in Markdown. */
  String markdownHeader() {
    StringBuilder ruler = new StringBuilder("|");
    for (int column = 0; column < header.size(); column++) {
      ruler.append(column < nameColumns ? " :-- |" : " --: |");
    }
    return markdown(header) + "\n" + ruler;
  }

  String markdownRow(int row) {
    return markdown(rows.get(row));
  }

  private static String markdown(List<String> cells) {
    StringBuilder line = new StringBuilder("|");
    cells.forEach(cell -> line.append(' ').append(markdown(cell.strip())).append(" |"));
    return line.toString();
  }

  /** A name must not be taken for a mark, nor end the line. */
  static String markdown(String text) {
    return Figures.visible(text).replaceAll("[\\\\`*_\\[\\]<>|#~]", "\\\\$0");
  }

  /** Whether its lines keep to the width, names shortened. */
  boolean fits(int width) {
    return total(widths(width)) <= width;
  }

  private int[] widths(int width) {
    if (widths.length > 0 && widthsFor == width) {
      return widths;
    }
    widthsFor = width;
    widths = new int[header.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = length(header.get(column));
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], length(row.get(column)));
      }
    }
    while (total(widths) > width && shrinkWidestName(widths)) {
      continue;
    }
    return widths;
  }

  private boolean shrinkWidestName(int[] widths) {
    int widest = 0;
    for (int column = 1; column < nameColumns; column++) {
      widest = widths[column] > widths[widest] ? column : widest;
    }
    if (widths[widest] <= SHORTEST_NAME) {
      return false;
    }
    widths[widest]--;
    return true;
  }

  private static int total(int[] widths) {
    int total = GAP * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    return total;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = shortened(cells.get(column), widths[column]);
      String blank = " ".repeat(Math.max(0, widths[column] - length(cell)));
      line.append(column == 0 ? "" : " ".repeat(GAP));
      line.append(column < nameColumns ? cell + blank : blank + cell);
    }
    return line.toString().stripTrailing();
  }

  /** Cuts in the middle: names of one family differ at the start or, in parameters, at the end. */
  public static String shortened(String text, int width) {
    int[] points = text.codePoints().toArray();
    if (points.length <= width) {
      return text;
    }
    int tail = (width - 1) / 2;
    int head = width - 1 - tail;
    return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
  }

  /** Broken between words; what goes on stands two further in. */
  static List<String> wrapped(String line, int width) {
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder(indent);
    for (String word : line.strip().split(" ")) {
      if (!current.toString().isBlank() && current.length() + word.length() > width) {
        lines.add(current.toString().stripTrailing());
        current = new StringBuilder(indent + "  ");
      }
      current.append(word).append(' ');
    }
    lines.add(current.toString().stripTrailing());
    return lines;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
