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
    boolean byRepetition = comparisons.stream().allMatch(FactorComparison::byRepetition);
    return "By latency. Two groups differ where Mann-Whitney's test says so (p below 0.05 after Holm's"
        + " correction), over "
        + (byRepetition ? "the medians of the repetitions" : "calls, not repetitions")
        + "; intervals are 95 % bootstrap intervals of the ratio of medians"
        + (byRepetition ? ", over repetitions, then calls." : ".");
  }
}
