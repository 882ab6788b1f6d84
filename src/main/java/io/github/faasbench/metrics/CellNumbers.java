package io.github.faasbench.metrics;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads numbers and times as the sink writes them, without a regular expression or a formatter:
 * millions of rows are read in seconds. What looks otherwise is left to those.
 */
final class CellNumbers {

  private static final double[] POWERS = new double[16];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  /** {@code 2026-01-31T09:30:00.123456Z} */
  private static final int TIME_LENGTH = 27;

  private String day = "";
  private long secondsOfDay;

  /**
   * A plain decimal of at most 15 digits; NaN for anything else. Both parts of the quotient are
   * exact, so it is the double nearest to the text, as from {@link Double#parseDouble}.
   */
  static double plainDecimal(String cell) {
    int length = cell.length();
    int start = cell.charAt(0) == '-' ? 1 : 0;
    int point = -1;
    long digits = 0;
    if (length - start > POWERS.length || length == start) {
      return Double.NaN;
    }
    for (int i = start; i < length; i++) {
      char c = cell.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
      } else if (c == '.' && point < 0 && i > start) {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    if (point < 0 && length - start == POWERS.length) {
      return Double.NaN;
    }
    double value = point < 0 ? digits : digits / POWERS[length - point - 1];
    return start == 1 ? -value : value;
  }

  static boolean allDigits(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      if (cell.charAt(i) < '0' || cell.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * A time of ISO-8601.
   *
   * @throws java.time.DateTimeException it is none
   */
  Instant instant(String cell) {
    if (cell.length() != TIME_LENGTH
        || cell.charAt(10) != 'T'
        || cell.charAt(13) != ':'
        || cell.charAt(16) != ':'
        || cell.charAt(19) != '.'
        || cell.charAt(26) != 'Z') {
      return Instant.parse(cell);
    }
    int hours = number(cell, 11, 13);
    int minutes = number(cell, 14, 16);
    int seconds = number(cell, 17, 19);
    int micros = number(cell, 20, 26);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) {
      return Instant.parse(cell);
    }
    if (micros < 0) {
      return Instant.parse(cell);
    }
    if (!cell.startsWith(day) || day.isEmpty()) {
      secondsOfDay = LocalDate.parse(cell.substring(0, 10)).toEpochDay() * 86_400;
      day = cell.substring(0, 10);
    }
    return Instant.ofEpochSecond(
        secondsOfDay + hours * 3600L + minutes * 60L + seconds, micros * 1000L);
  }

  /** Below 0: not only digits. */
  private static int number(String cell, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = cell.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
