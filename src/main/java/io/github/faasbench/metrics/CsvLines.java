package io.github.faasbench.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/**
 * Lines of the CSV, row after row. The few texts that stand in very many rows are quoted once, by
 * commons-csv; numbers and times need no quotes.
 */
final class CsvLines implements Cells {

  /** Seconds of an instant's text with all that follows: {@code 59.123456Z}. */
  private static final int AFTER_MINUTE = 10;

  private static final int TEXTS_KEPT = 10_000;

  private final CSVFormat format;
  private final StringBuilder lines = new StringBuilder();
  private final Map<String, String> quoted = new HashMap<>();
  private final String[] lastText = new String[Column.values().length];
  private final String[] lastQuoted = new String[Column.values().length];
  private int column;
  private long minute = Long.MIN_VALUE;
  private String minuteText = "";

  CsvLines(CSVFormat format) {
    this.format = format;
  }

  void add(Invocation row) {
    int start = lines.length();
    try {
      for (Column next : Column.ALL) {
        column = next.ordinal();
        if (column > 0) {
          lines.append(',');
        }
        next.write(row, this);
      }
      lines.append('\n');
    } catch (RuntimeException e) {
      lines.setLength(start); // half a row must not stay
      throw e;
    }
  }

  int length() {
    return lines.length();
  }

  void clear() {
    lines.setLength(0);
  }

  @Override
  public String toString() {
    return lines.toString();
  }

  @Override
  @SuppressWarnings("StringEquality")
  public void text(String value) {
    if (value != lastText[column]) {
      lastText[column] = value;
      lastQuoted[column] = column == 0 ? quote(value, true) : quoted(value);
    }
    lines.append(lastQuoted[column]);
  }

  @Override
  public void count(long value) {
    if (value >= 0) {
      lines.append(value);
    }
  }

  @Override
  public void seconds(double value) {
    CsvText.seconds(value, lines);
  }

  @Override
  public void percent(double value) {
    CsvText.percent(value, lines);
  }

  @Override
  public void instant(Instant value) {
    long itsMinute = Math.floorDiv(value.getEpochSecond(), 60);
    if (itsMinute != minute) {
      String text = CsvText.instant(value);
      minuteText = text.substring(0, text.length() - AFTER_MINUTE);
      minute = itsMinute;
    }
    lines.append(minuteText);
    CsvText.digits(Math.floorMod(value.getEpochSecond(), 60), 2, lines);
    lines.append('.');
    CsvText.digits(value.getNano() / 1000, 6, lines);
    lines.append('Z');
  }

  private String quoted(String value) {
    String known = quoted.get(value);
    if (known == null) {
      if (quoted.size() == TEXTS_KEPT) {
        quoted.clear();
      }
      known = quote(value, false);
      quoted.put(value, known);
    }
    return known;
  }

  private String quote(String value, boolean first) {
    var cell = new StringBuilder();
    try {
      format.print(CsvText.text(value), cell, first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cell.substring(first ? 0 : 1); // without the comma before it
  }
}
