package io.github.faasbench.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All rows by the full rule, as a table. {@code bench/coverage} calls it. */
public final class Coverage {

  private final Method method;
  private final List<Row> failed = new ArrayList<>();
  private int judged;

  private Coverage(Method method) {
    this.method = method;
  }

  /**
   * Prints the table; exits with 1 where a row fails, or where one holds though its method is
   * broken.
   *
   * @param arguments {@code --break independence} or {@code seeds}; {@code --scale 0.1} for a tenth
   *     of the trials; numbers of the checks that are wanted, none: all
   */
  public static void main(String[] arguments) {
    Method method = Method.TOOL;
    double scale = 1;
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--break" -> method = Method.valueOf(arguments[++i].toUpperCase(Locale.ROOT));
        case "--scale" -> scale = Double.parseDouble(arguments[++i]);
        default -> wanted.add(arguments[i]);
      }
    }
    var coverage = new Coverage(method);
    System.out.print(Row.header());
    for (Map.Entry<String, Checks.Check> check : new Checks(method, scale).all().entrySet()) {
      if (wanted.isEmpty() || wanted.contains(check.getKey())) {
        check.getValue().rows(coverage::tell);
      }
    }
    System.exit(coverage.asItMust() ? 0 : 1);
  }

  private void tell(Row row) {
    System.out.print(row);
    judged += row.judged() ? 1 : 0;
    if (!row.holds()) {
      failed.add(row);
    }
  }

  private boolean asItMust() {
    if (method != Method.TOOL) {
      System.out.printf(
          "Broken on purpose (%s): %d of %d rows fail, as each must.%n",
          method.name().toLowerCase(Locale.ROOT), failed.size(), judged);
      return failed.size() == judged && judged > 0;
    }
    System.out.printf("%d rows judged, %d failed.%n", judged, failed.size());
    failed.forEach(row -> System.out.println("FAILED: " + row.name()));
    return failed.isEmpty() && judged > 0;
  }
}
