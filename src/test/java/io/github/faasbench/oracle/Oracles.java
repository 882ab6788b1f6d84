package io.github.faasbench.oracle;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.oracle.Check.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every case that is known from elsewhere, by the full rule: 20 seeds of a million calls, ten times
 * as many where tails are heavy or the load is 0.9 and more. {@code bench/oracles} calls it.
 */
public final class Oracles {

  private static final int CALLS = 1_000_000;
  private static final int TENFOLD = 10;
  private static final String ROW = "%-30s %-42s %14s %14s %-29s %s%n";

  /** Made once: some of their expected figures take a second to reckon. */
  private static final List<Case> CASES =
      Stream.of(SingleNodeCases.all(), NodeChoiceCases.all(), OtherCases.all())
          .flatMap(List::stream)
          .toList();

  private final List<String> wanted;
  private int checks;
  private int failed;
  private int intervals;

  private Oracles(String[] wanted) {
    this.wanted = List.of(wanted);
  }

  /**
   * Prints the table; exits with 1 when a case fails.
   *
   * @param arguments parts of the names of the cases that are wanted; none: all
   */
  public static void main(String[] arguments) {
    System.exit(new Oracles(arguments).run() ? 0 : 1);
  }

  /** All cases that are known in distribution. */
  static List<Case> cases() {
    return CASES;
  }

  private boolean run() {
    System.out.printf(
        ROW, "case", "figure", "expected", "seen", "interval (4 standard errors)", "verdict");
    for (ExactCase which : ExactCases.all()) {
      if (wanted(which.name())) {
        exact(which.name(), which.source(), which.problems(Simulated.REAL));
      }
    }
    if (wanted(TraceReplay.NAME) && TraceReplay.folder() == null) {
      System.out.println(TraceReplay.NAME + ": left out, FAASBENCH_TRACES is not set");
    } else if (wanted(TraceReplay.NAME)) {
      exact(TraceReplay.NAME, TraceReplay.SOURCE, TraceReplay.problems());
    }
    Trial trial = new Trial(Simulated.REAL, true);
    for (Case which : cases()) {
      if (wanted(which.name())) {
        int calls = which.slow() ? TENFOLD * CALLS : CALLS;
        List<Verdict> verdicts = trial.of(which, calls);
        verdicts.forEach(verdict -> row(which, verdict));
        System.out.println("    " + Trial.SEEDS + " x " + calls + "; " + which.source());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d checks, %d failed. A right model fails one of the %d that have an interval with a"
            + " probability of at most %.2g %%.%n",
        checks,
        failed,
        intervals,
        100 * intervals * Check.FALSE_ALARM);
    return failed == 0 && checks > 0;
  }

  private boolean wanted(String name) {
    return wanted.isEmpty()
        || wanted.stream()
            .anyMatch(
                part -> Pattern.compile(Pattern.quote(part) + "(?!\\d)").matcher(name).find());
  }

  private void exact(String name, String source, List<String> problems) {
    count(problems.isEmpty());
    System.out.printf(
        ROW, name, "every call", "", "", "exact", problems.isEmpty() ? "ok" : "FAILED");
    problems.forEach(problem -> System.out.println("    " + problem));
    System.out.println("    " + source);
  }

  private void row(Case which, Verdict verdict) {
    count(verdict.holds());
    intervals++;
    String interval =
        number(verdict.seen() - verdict.halfWidth())
            + " to "
            + number(verdict.seen() + verdict.halfWidth());
    System.out.printf(
        ROW,
        which.name(),
        verdict.check().figure(),
        number(verdict.check().expected()),
        number(verdict.seen()),
        interval,
        verdict.holds() ? "ok" : verdict.precise() ? "FAILED" : "FAILED: too noisy");
  }

  private void count(boolean holds) {
    checks++;
    failed += holds ? 0 : 1;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
