package io.github.faasbench.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes values with units the way the experiment file takes them. */
public final class Units {

  private static final Pattern QUANTITY = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([A-Za-zµ%]*)");
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final Map<String, Long> MICROS = new LinkedHashMap<>();
  private static final Map<String, Long> BYTES = new LinkedHashMap<>();
  private static final Map<String, String> OTHER_SPELLINGS = new LinkedHashMap<>();

  static {
    MICROS.put("us", 1L);
    MICROS.put("ms", 1_000L);
    MICROS.put("s", 1_000_000L);
    MICROS.put("m", 60_000_000L);
    MICROS.put("h", 3_600_000_000L);
    BYTES.put("B", 1L);
    BYTES.put("KB", 1_000L);
    BYTES.put("KiB", 1_024L);
    BYTES.put("MB", 1_000_000L);
    BYTES.put("MiB", 1_048_576L);
    BYTES.put("GB", 1_000_000_000L);
    BYTES.put("GiB", 1_073_741_824L);
    for (String name : List.of("sec", "secs", "second", "seconds")) {
      OTHER_SPELLINGS.put(name, "s");
    }
    for (String name : List.of("min", "mins", "minute", "minutes")) {
      OTHER_SPELLINGS.put(name, "m");
    }
    for (String name : List.of("hr", "hrs", "hour", "hours")) {
      OTHER_SPELLINGS.put(name, "h");
    }
    for (String name : List.of("msec", "millis", "milliseconds")) {
      OTHER_SPELLINGS.put(name, "ms");
    }
    OTHER_SPELLINGS.put("µs", "us");
    OTHER_SPELLINGS.put("k", "KiB");
    OTHER_SPELLINGS.put("mb", "MB");
    OTHER_SPELLINGS.put("mi", "MiB");
    OTHER_SPELLINGS.put("mib", "MiB");
    OTHER_SPELLINGS.put("g", "GiB");
    OTHER_SPELLINGS.put("gb", "GB");
    OTHER_SPELLINGS.put("gi", "GiB");
    OTHER_SPELLINGS.put("gib", "GiB");
  }

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,20})?) ?%");

  private Units() {}

  /**
   * A duration in the largest unit that shows it whole ({@code 90s}, {@code 10m}), a number with
   * the fewest digits that read back as the same number; others as they are.
   */
  public static String show(Object value) {
    if (value instanceof Duration duration) {
      return shown(duration);
    }
    return value instanceof Double number ? number(number) : String.valueOf(value);
  }

  /** Bytes in the largest unit that shows them whole: {@code 512MiB}, {@code 1500KB}. */
  static String size(long bytes) {
    String shown = bytes + "B";
    for (Map.Entry<String, Long> unit : BYTES.entrySet()) {
      if (bytes > 0 && bytes % unit.getValue() == 0) {
        shown = bytes / unit.getValue() + unit.getKey();
      }
    }
    return shown;
  }

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static Duration parseDuration(String text) {
    BigDecimal micros = quantity(text, "a duration", "30s or 250ms", MICROS);
    if (micros.compareTo(BigDecimal.valueOf(LONGEST.toSeconds() * 1_000_000)) > 0) {
      throw new IllegalArgumentException("longer than a year: " + Problems.quote(text));
    }
    return Duration.ofNanos(whole(micros, text, "finer than 1us") * 1_000);
  }

  /**
   * @return bytes
   * @throws IllegalArgumentException with what is wrong
   */
  static long parseSize(String text) {
    BigDecimal bytes = quantity(text, "a size", "512MiB", BYTES);
    return whole(bytes, text, "not a whole number of bytes");
  }

  /**
   * @return bytes per second, at least 1
   * @throws IllegalArgumentException with what is wrong
   */
  static long parseBandwidth(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0 || !text.substring(slash + 1).strip().equals("s")) {
      throw new IllegalArgumentException(
          "a bandwidth is wanted, as in 100MB/s, not " + Problems.quote(text));
    }
    long bytes = parseSize(text.substring(0, slash).strip());
    if (bytes == 0) {
      throw new IllegalArgumentException("must be above 0, not " + Problems.quote(text));
    }
    return bytes;
  }

  /**
   * @return per second
   * @throws IllegalArgumentException with what is wrong
   */
  static double parseRate(String text) {
    int slash = text.indexOf('/');
    Long micros = slash < 0 ? null : MICROS.get(text.substring(slash + 1).strip());
    String count = slash < 0 ? text : text.substring(0, slash).strip();
    if (micros == null || !count.matches("\\d{1,99}(\\.\\d{1,399})?")) {
      String wanted = "a rate is wanted, as in 5/s or 300/m, not " + Problems.quote(text);
      throw new IllegalArgumentException(wanted);
    }
    BigDecimal perSecond =
        new BigDecimal(count)
            .multiply(BigDecimal.valueOf(1_000_000))
            .divide(BigDecimal.valueOf(micros), MathContext.DECIMAL128);
    if (perSecond.doubleValue() == 0) {
      throw new IllegalArgumentException("a rate must be above 0, not " + Problems.quote(text));
    }
    return perSecond.doubleValue();
  }

  /**
   * A percentage.
   *
   * @return as a share from 0 to 1
   * @throws IllegalArgumentException with what is wrong
   */
  static double parseShare(String text) {
    Matcher percent = PERCENT.matcher(text);
    if (!percent.matches() || Double.parseDouble(percent.group(1)) > 100) {
      throw new IllegalArgumentException(
          "a share from 0% to 100% is wanted, as in 1%, not " + Problems.quote(text));
    }
    return Double.parseDouble(percent.group(1)) / 100;
  }

  /** The shortest text that is read as that share. */
  static String share(double share) {
    return new BigDecimal(Double.toString(share))
            .movePointRight(2)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1_000 / 1e6;
  }

  /** To the nearest microsecond, the finest that a file takes. */
  static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e6) * 1_000);
  }

  private static BigDecimal quantity(
      String text, String kind, String example, Map<String, Long> units) {
    if (text.startsWith("-")) {
      throw new IllegalArgumentException(
          kind + " can't be negative, as " + Problems.quote(text) + " is");
    }
    String allowed = Problems.allowed(units.keySet());
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches() || matcher.group(1).length() > 30) {
      String wanted = kind + " is wanted, as in " + example + ", not " + Problems.quote(text);
      boolean noZero = text.startsWith(".") && QUANTITY.matcher("0" + text).matches();
      String meant = noZero ? "; did you mean 0" + text + "?" : "";
      throw new IllegalArgumentException(wanted + allowed + meant);
    }
    String unit = matcher.group(2);
    if (unit.isEmpty()) {
      String needed = kind + " needs a unit, as in " + example + ", not " + Problems.quote(text);
      throw new IllegalArgumentException(needed + allowed);
    }
    if (!units.containsKey(unit)) {
      String meant = OTHER_SPELLINGS.get(unit.toLowerCase(Locale.ROOT));
      if (meant == null || !units.containsKey(meant)) {
        meant = unit.equals("M") && units == BYTES ? "MiB" : null;
      }
      String hint = meant == null ? "" : "; did you mean " + matcher.group(1) + meant + "?";
      throw new IllegalArgumentException("unknown unit " + Problems.quote(unit) + allowed + hint);
    }
    return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(units.get(unit)));
  }

  private static long whole(BigDecimal value, String text, String problem) {
    if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("too large: " + Problems.quote(text));
    }
    if (value.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(problem + ": " + Problems.quote(text));
    }
    return value.longValueExact();
  }

  private static String shown(Duration duration) {
    long micros = duration.toNanos() / 1_000;
    String shown = micros == 0 ? "0s" : micros + "us";
    for (Map.Entry<String, Long> unit : MICROS.entrySet()) {
      if (micros > 0 && micros % unit.getValue() == 0) {
        shown = micros / unit.getValue() + unit.getKey();
      }
    }
    return shown;
  }

  /** Double.toString changed its digits with Java 19; these are the same on every Java. */
  private static String number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return String.valueOf(number);
    }
    var exact = new BigDecimal(number);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == number) {
        return rounded.stripTrailingZeros().toPlainString();
      }
    }
    return exact.round(new MathContext(17)).stripTrailingZeros().toPlainString();
  }
}
