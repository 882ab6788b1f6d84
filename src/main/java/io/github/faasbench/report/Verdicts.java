package io.github.faasbench.report;

import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.comparison.FactorComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the comparisons of a summary show, for pages. */
public final class Verdicts {

  private Verdicts() {}

  /**
   * The sentences about groups that have the same in common.
   *
   * @param name what tells them from others; empty: nothing
   */
  public record Place(String name, List<String> sentences) {}

  /**
   * In reading order.
   *
   * @param summary that was compared
   */
  public static List<Place> of(List<FactorComparison> comparisons, Summary summary) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (FactorComparison comparison : comparisons) {
      places
          .computeIfAbsent(ConsoleVerdicts.place(comparison, summary), name -> new ArrayList<>())
          .addAll(ConsoleVerdicts.sentences(comparison));
    }
    List<Place> list = new ArrayList<>();
    places.forEach((name, sentences) -> list.add(new Place(name, sentences)));
    return list;
  }

  /** How the sentences were found. */
  public static String method(List<FactorComparison> comparisons) {
    long tests = ConsoleVerdicts.tests(comparisons);
    return (tests == 0
            ? "No comparison could be tested; what is said describes these calls only. "
            : "A difference is told where Student's t shows it: p below 0.05 after Holm's correction"
                + " over the "
                + tests
                + " primary comparison(s) of the run, each value against the baseline. ")
        + "Secondary sentences are a family of their own, asked only where a primary one shows a"
        + " difference. How each number is found stands in docs/statistics.md.";
  }
}
