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
  // Some spreadsheets take the wide signs of Chinese and Japanese for the plain ones.
  private static final String SIGN = "[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]";
  private static final Pattern FORMULA = Pattern.compile("[' ]*" + SIGN + ".*");
  private static final Pattern GUARDED = Pattern.compile("'[' ]*" + SIGN + ".*");
  // Half a surrogate pair among them: it has no bytes, and a writer would give up.
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

  static final int SECONDS_DECIMALS = 6;
  static final int PERCENT_DECIMALS = 2;

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
    var digits = new TextBytes();
    digits.fixed(value, SECONDS_DECIMALS);
    return digits.toString();
  }

  static String percent(double value) {
    var digits = new TextBytes();
    digits.fixed(value, PERCENT_DECIMALS);
    return digits.toString();
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
