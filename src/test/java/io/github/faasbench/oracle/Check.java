package io.github.faasbench.oracle;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A figure that must come out of a case.
 *
 * @param expected what the source says
 * @param known how exactly the source knows it: 0 for a formula, a half width for a simulation
 * @param errorLimit the largest standard error, relative to what is expected, with which 20 seeds
 *     of 100,000 calls say anything: a noisier check fails
 */
record Check(
    String figure,
    ToDoubleFunction<Run> measure,
    double expected,
    double known,
    double errorLimit) {

  /**
   * Standard errors that seen and expected may lie apart. With 20 seeds, hence 19 degrees of
   * freedom, a right model fails a check with a probability of 7.7e-4 (Student).
   */
  static final double ERRORS = 4;

  static final double FALSE_ALARM = 7.7e-4;

  private static final double USUAL_LIMIT = 0.01;
  private static final double USUAL_CALLS = 100_000;

  /** What the seeds say about a check. */
  record Verdict(Check check, double seen, double error, double errorLimit) {

    double halfWidth() {
      return ERRORS * error + check.known;
    }

    boolean precise() {
      return error <= errorLimit;
    }

    boolean holds() {
      return precise() && Math.abs(seen - check.expected) <= halfWidth();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: expected %.6g, seen %.6g, interval %.6g to %.6g%s",
          check.figure,
          check.expected,
          seen,
          seen - halfWidth(),
          seen + halfWidth(),
          precise()
              ? ""
              : String.format(
                  Locale.ROOT, "; its standard error is %.2g, above %.2g", error, errorLimit));
    }
  }

  /**
   * A figure by a formula.
   *
   * @param cell words that tell the cell from the others of its experiment
   * @param printed the number as the source prints it: the formula must give it, or one is wrong
   */
  static Check of(
      String cell,
      String figure,
      ToDoubleFunction<Sample> measure,
      String printed,
      double formula) {
    return near(cell, figure, measure, agreed(printed, formula), 0);
  }

  /** A figure that its source knows to plus or minus so much: it simulated too, or approximates. */
  static Check near(
      String cell, String figure, ToDoubleFunction<Sample> measure, double expected, double known) {
    String name = cell.isEmpty() ? figure : figure + " " + cell;
    return new Check(
        name, run -> measure.applyAsDouble(run.cell(cell)), expected, known, USUAL_LIMIT);
  }

  /** The formula's number, if it is what is printed. */
  static double agreed(String printed, double formula) {
    int point = printed.indexOf('.');
    double lastDigit = point < 0 ? 1e-9 : Math.pow(10, point + 1 - printed.length());
    if (!(Math.abs(Double.parseDouble(printed) - formula) <= lastDigit)) {
      throw new IllegalArgumentException(
          "printed is " + printed + ", but the formula gives " + formula);
    }
    return formula;
  }

  /** The same with another limit to the relative standard error. */
  Check within(double limit) {
    return new Check(figure, measure, expected, known, limit);
  }

  /**
   * Judges by the figures of independent seeds.
   *
   * @param calls of each seed: the limit is for 100,000, and goes down with the square root
   */
  Verdict judge(double[] seen, int calls) {
    double mean = Arrays.stream(seen).average().orElseThrow();
    double squares = Arrays.stream(seen).map(x -> (x - mean) * (x - mean)).sum();
    int n = seen.length;
    double limit = errorLimit * Math.sqrt(USUAL_CALLS / calls);
    return new Verdict(this, mean, Math.sqrt(squares / (n - 1) / n), limit * Math.abs(expected));
  }
}
