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

  static String count(long value) {
    return value < 0 ? "" : Long.toString(value);
  }

  static String instant(Instant value) {
    return MICROS.format(value);
  }

  static String seconds(double value) {
    return fixed(value, 6);
  }

  static String percent(double value) {
    return fixed(value, 2);
  }

  // Not String.format: the same digits in every locale, and a hundred times faster.
  private static String fixed(double value, int decimals) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("an infinite value was measured");
    }
    long unit = decimals == 6 ? 1_000_000 : 100;
    long scaled = Math.round(value * unit);
    long whole = Math.abs(scaled) / unit;
    String fraction = Long.toString(unit + Math.abs(scaled) % unit).substring(1);
    return (scaled < 0 ? "-" : "") + whole + "." + fraction;
  }
}
