package io.github.faasbench.report;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. Nothing to say is an empty text. */
public final class Figures {

  private Figures() {}

  public static String decimals(double value, int decimals) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  public static String percent(double value) {
    return Double.isNaN(value) ? "" : decimals(value, 1) + " %";
  }

  /** How many times as much: as exact as a reader needs it. */
  public static String factor(double value) {
    return decimals(value, value < 10 ? 2 : value < 100 ? 1 : 0);
  }

  /** Control and invisible format characters made visible: a name must not steer a terminal. */
  public static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.SURROGATE
                  || (c & 0xfffe) == 0xfffe) { // no characters at all: some readers end there
                visible.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                visible.appendCodePoint(c);
              }
            });
    return visible.toString();
  }
}
