package io.github.faasbench;

import java.util.List;
import java.util.Random;

/**
 * Texts that somebody wrote to be taken for something else, drawn from a seed. {@code
 * FAASBENCH_SEED} sets it; the long form ({@code FAASBENCH_LONG}) draws ten times as many, from a
 * new seed each time.
 */
public final class Hostile {

  private static final boolean LONG = System.getenv("FAASBENCH_LONG") != null;
  private static final long SEED =
      System.getenv("FAASBENCH_SEED") != null
          ? Long.parseLong(System.getenv("FAASBENCH_SEED"))
          : LONG ? System.nanoTime() : 20261128;

  /** Each of them means something to one of those who read what the tool writes. */
  private static final List<String> PIECES =
      List.of(
          // spreadsheets
          "=1+1",
          "+cmd|' /C calc'!A0",
          "-2+3",
          "@SUM(1)",
          "\t=1",
          "\r=1",
          "'=1",
          "''+1",
          " =1",
          "\uFF1D1",
          "=HYPERLINK(\"http://x\")",
          // HTML, its attributes, scripts and comments
          "<script>alert(1)</script>",
          "</script><script>alert(2)//",
          "\"><img src=x onerror=alert(3)>",
          "' onmouseover='alert(4)",
          "\" autofocus onfocus=\"alert(5)",
          "<!--",
          "-->",
          "]]>",
          "</title></style></textarea>",
          "&lt;svg/onload=alert(6)&gt;",
          "&#60;b&#62;",
          "javascript:alert(7)",
          // what draws figures, and its templates
          "<br><a href='javascript:alert(8)'>x</a>",
          "%{x}<extra></extra>",
          "${7*7}",
          "{{7*7}}",
          "{% for x in y %}",
          "$x^2$",
          "\\u003cscript\\u003e",
          "\\",
          "\\'",
          "*/alert(9)/*",
          // terminals
          "\u001b[31m",
          "\u001b]0;title\u0007",
          "\u001b[2J\u001b[H",
          "\u009b31m",
          "\b\b\b",
          "\u007f",
          "\u202e",
          "\u2066",
          "\u200b",
          "\uFEFF",
          "\u061c",
          // shells and command lines
          "'; touch pwned; '",
          "$(touch pwned)",
          "`touch pwned`",
          "&& touch pwned",
          "| tee pwned",
          "\n touch pwned",
          "-v",
          "--help",
          "--privileged",
          "--",
          "*",
          "~",
          "!!",
          "#",
          "\"",
          "'",
          // lines of logs, records and progress
          "\n2026-11-28T00:00:00Z warning: forged",
          "\r\nforged,1,2,3",
          "\u2028",
          "\u0085",
          ",",
          ";",
          // paths
          "../../etc/passwd",
          "..",
          ".",
          "/etc/passwd",
          "a/b",
          "C:\\x",
          "con",
          // Markdown
          "|",
          "| a | b |",
          "```",
          "[x](javascript:alert(1))",
          "![x](http://example.org/x)",
          "</details>",
          "**b**",
          "# h",
          // YAML
          "!!javax.script.ScriptEngineManager [x]",
          "&a [*a]",
          "*a",
          ": ",
          " #",
          "---",
          "{a: b",
          "[1, 2",
          "? x",
          "%YAML 9.9",
          "<<: *a",
          // formats
          "%s%n%d",
          "{0}",
          // Unicode
          "\uD800",
          "\uDFFF",
          "\uFFFF",
          "\uD83D\uDC68\u200D\uD83D\uDC69",
          "e\u0301\u0301\u0301",
          "\u05D0\u05D1",
          "\u0000",
          "\u00a0",
          "é",
          "NaN",
          "1e999",
          "null",
          "true");

  private final Random random;

  private Hostile(Random random) {
    this.random = random;
  }

  /** The draws of one case: of the same seed and number, always the same. */
  public static Hostile of(String what, int number) {
    // The first numbers of seeds that are near each other are alike: spread them (SplitMix64).
    long seed = SEED * 1_000_003 + what.hashCode() * 31L + number;
    seed = (seed ^ seed >>> 30) * 0xbf58476d1ce4e5b9L;
    seed = (seed ^ seed >>> 27) * 0x94d049bb133111ebL;
    return new Hostile(new Random(seed ^ seed >>> 31));
  }

  /** How many cases to draw, where {@code cases} is enough for every change. */
  public static int count(int cases) {
    return LONG ? 10 * cases : cases;
  }

  /** One case, which may throw anything. */
  public interface Case {
    void of(Hostile hostile) throws Exception;
  }

  /** Carries out that many cases, and prints the count. */
  public static void each(String what, int cases, Case one) {
    int count = count(cases);
    for (int number = 0; number < count; number++) {
      try {
        one.of(of(what, number));
      } catch (Throwable t) {
        throw new AssertionError(
            what + ", case " + number + " of FAASBENCH_SEED=" + SEED + ": " + t.getMessage(), t);
      }
    }
    System.out.println("hostile inputs: " + count + " " + what + " (seed " + SEED + ")");
  }

  public Random random() {
    return random;
  }

  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** One to four pieces, with letters between; now and then very long. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      if (random.nextInt(3) == 0) {
        text.append(oneOf("name", "x", "fibonacci-1", "9"));
      }
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return random.nextInt(50) == 0 ? text.toString().repeat(200) : text.toString();
  }

  /** Bytes with a meaning to nobody. */
  public byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }
}
