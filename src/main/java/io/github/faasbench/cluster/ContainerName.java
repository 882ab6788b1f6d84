package io.github.faasbench.cluster;

/**
 * A container's name: a text and the number at its end. Its text is made when somebody reads it,
 * which simulated nodes hardly ever do.
 */
public final class ContainerName {

  private static final int MOST_DIGITS = 18;

  private final String prefix;

  /** At the end of the name; -1: no number stands there. */
  private final long number;

  private String text;

  /**
   * The name of both together.
   *
   * @param prefix ends with no digit
   * @param number at least 0
   */
  public ContainerName(String prefix, long number) {
    this.prefix = prefix;
    this.number = number;
  }

  private ContainerName(String prefix, long number, String text) {
    this(prefix, number);
    this.text = text;
  }

  /** The name with that text. */
  public static ContainerName of(String text) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(text.length() - digits - 1))) {
      digits++;
    }
    int start = text.length() - digits;
    boolean canonical =
        digits > 0 && digits <= MOST_DIGITS && (digits == 1 || text.charAt(start) != '0');
    return canonical
        ? new ContainerName(text.substring(0, start), Long.parseLong(text.substring(start)), text)
        : new ContainerName(text, -1, text);
  }

  @Override
  public String toString() {
    if (text == null) {
      text = prefix + number;
    }
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof ContainerName name
            && number == name.number
            && prefix.equals(name.prefix);
  }

  @Override
  public int hashCode() {
    return 31 * prefix.hashCode() + Long.hashCode(number);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
