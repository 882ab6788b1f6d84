package io.github.faasbench.metrics;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How values look in a cell of the CSV. Text is kept on one line (control characters become
 * spaces), and a text that a spreadsheet would take for a formula gets an apostrophe in front.
 */
final class CsvText {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  // Apostrophes before the sign count too, so that guarding and unguarding are exact inverses.
  private static final Pattern FORMULA = Pattern.compile("[' ]*[=+\\-@].*");
  private static final Pattern GUARDED = Pattern.compile("'[' ]*[=+\\-@].*");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

  private CsvText() {}

  static String oneLine(String value) {
    return CONTROL.matcher(value).replaceAll(" ");
  }

  static String text(String value) {
    String line = oneLine(value);
    return FORMULA.matcher(line).matches() ? "'" + line : line;
  }

  static String unguarded(String cell) {
    return GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
  }

  static String instant(Instant value) {
    return MICROS.format(value);
  }

  static String count(long value) {
    return value < 0 ? "" : Long.toString(value);
  }

  static String seconds(double value) {
    var digits = new StringBuilder();
    seconds(value, digits);
    return digits.toString();
  }

  static String percent(double value) {
    var digits = new StringBuilder();
    percent(value, digits);
    return digits.toString();
  }

  static void seconds(double value, StringBuilder to) {
    fixed(value, 1_000_000, 6, to);
  }

  static void percent(double value, StringBuilder to) {
    fixed(value, 100, 2, to);
  }

  // Not String.format: the same digits in every locale, and a hundred times faster.
  private static void fixed(double value, int unit, int decimals, StringBuilder to) {
    if (Double.isNaN(value)) {
      return;
    }
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("an infinite value was measured");
    }
    long scaled = Math.round(value * unit);
    if (scaled < 0) {
      to.append('-');
    }
    to.append(Math.abs(scaled) / unit).append('.');
    digits(Math.abs(scaled) % unit, decimals, to);
  }

  /** The number with zeros in front. */
  static void digits(long number, int width, StringBuilder to) {
    int start = to.length();
    to.setLength(start + width);
    long left = number;
    for (int at = start + width - 1; at >= start; at--) {
      to.setCharAt(at, (char) ('0' + left % 10));
      left /= 10;
    }
  }

  /** One cell's text, before quoting. */
  static final class Alone implements Cells {
    String text = "";

    @Override
    public void text(String value) {
      text = CsvText.text(value);
    }

    @Override
    public void count(long value) {
      text = CsvText.count(value);
    }

    @Override
    public void seconds(double value) {
      text = CsvText.seconds(value);
    }

    @Override
    public void percent(double value) {
      text = CsvText.percent(value);
    }

    @Override
    public void instant(Instant value) {
      text = CsvText.instant(value);
    }
  }
}
