package io.github.faasbench.experiment;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Reads numbers written in decimal. What YAML 1.1 would silently read as another number ({@code
 * 010}, {@code 1_000}, {@code 12:30}) is refused with the reason.
 */
final class Numerals {

  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,399})");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,399})(\\.\\d{1,1100})?([eE][-+]?\\d{1,2})?");
  private static final Pattern LEADING_ZERO = Pattern.compile("-?0[0-9]+(\\.\\d+)?");
  private static final Pattern UNDERSCORES = Pattern.compile("-?\\d[\\d_]*\\d");

  private Numerals() {}

  /**
   * @param wanted what is allowed, for the message
   * @throws IllegalArgumentException with what is wrong
   */
  static long whole(String text, boolean plain, String wanted, long minimum, long maximum) {
    check(text, plain, wanted, WHOLE);
    var number = new BigInteger(text);
    boolean tooSmall = number.compareTo(BigInteger.valueOf(minimum)) < 0;
    if (!tooSmall && number.compareTo(BigInteger.valueOf(maximum)) <= 0) {
      return number.longValueExact();
    }
    String range = "between " + minimum + " and " + maximum;
    if (maximum >= Integer.MAX_VALUE && tooSmall) {
      range = "at least " + minimum;
    }
    throw new IllegalArgumentException("must be " + range + ", not " + text);
  }

  /**
   * @param minimum smallest value allowed; NaN: none
   * @throws IllegalArgumentException with what is wrong
   */
  static double number(String text, boolean plain, double minimum) {
    check(text, plain, "a number", NUMBER);
    double number = Double.parseDouble(text);
    if (number < minimum) {
      throw new IllegalArgumentException(
          "must be at least " + Units.show(minimum) + ", not " + text);
    }
    return number;
  }

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static double above0(String text, boolean plain, double maximum) {
    double number = number(text, plain, Double.NaN);
    if (number > 0 && number <= maximum) {
      return number;
    }
    String upTo = maximum < Double.MAX_VALUE ? " and at most " + Units.show(maximum) : "";
    throw new IllegalArgumentException("must be above 0" + upTo + ", not " + text);
  }

  private static void check(String text, boolean plain, String wanted, Pattern pattern) {
    if (pattern.matcher(text).matches()) {
      if (plain) {
        return;
      }
      throw new IllegalArgumentException(
          wanted + " is wanted, not a text; write " + text + " without quotes");
    }
    String remedy = "";
    if (LEADING_ZERO.matcher(text).matches()) {
      String digits = text.replaceFirst("^(-?)0+(?=\\d)", "$1");
      remedy = "; YAML 1.1 takes a leading 0 for octal: write " + digits;
    } else if (text.contains("_") && UNDERSCORES.matcher(text).matches()) {
      remedy = "; write " + text.replace("_", "");
    }
    throw new IllegalArgumentException(wanted + " is wanted, not " + Problems.quote(text) + remedy);
  }
}
