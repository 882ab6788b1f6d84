package io.github.faasbench.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
  private final TextBytes lines = new TextBytes();
  private final Map<String, byte[]> quoted = new HashMap<>();
  private final String[] lastText = new String[Column.values().length];
  private final byte[][] lastQuoted = new byte[Column.values().length][];
  private int column;
  private long minute = Long.MIN_VALUE;
  private byte[] minuteText = {};

  CsvLines(CSVFormat format) {
    this.format = format;
  }

  void add(Invocation row) {
    int start = lines.length();
    try {
      for (Column next : Column.ALL) {
        column = next.ordinal();
        if (column > 0) {
          lines.add(',');
        }
        next.write(row, this);
      }
      lines.add('\n');
    } catch (RuntimeException e) {
      lines.length(start); // half a row must not stay
      throw e;
    }
  }

  int length() {
    return lines.length();
  }

  void clear() {
    lines.length(0);
  }

  ByteBuffer toWrite() {
    return lines.toWrite();
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
    lines.add(lastQuoted[column]);
  }

  @Override
  public void count(long value) {
    if (value >= 0) {
      lines.number(value);
    }
  }

  @Override
  public void seconds(double value) {
    lines.fixed(value, CsvText.SECONDS_DECIMALS);
  }

  @Override
  public void percent(double value) {
    lines.fixed(value, CsvText.PERCENT_DECIMALS);
  }

  @Override
  public void instant(Instant value) {
    long itsMinute = Math.floorDiv(value.getEpochSecond(), 60);
    if (itsMinute != minute) {
      String text = CsvText.instant(value);
      minuteText = bytes(text.substring(0, text.length() - AFTER_MINUTE));
      minute = itsMinute;
    }
    lines.add(minuteText);
    lines.digits(Math.floorMod(value.getEpochSecond(), 60), 2);
    lines.add('.');
    lines.digits(value.getNano() / 1000, 6);
    lines.add('Z');
  }

  private byte[] quoted(String value) {
    byte[] known = quoted.get(value);
    if (known == null) {
      if (quoted.size() == TEXTS_KEPT) {
        quoted.clear();
      }
      known = quote(value, false);
      quoted.put(value, known);
    }
    return known;
  }

  private byte[] quote(String value, boolean first) {
    var cell = new StringBuilder();
    try {
      format.print(CsvText.text(value), cell, first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes(cell.substring(first ? 0 : 1)); // without the comma before it
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
