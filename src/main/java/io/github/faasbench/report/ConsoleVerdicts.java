package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.FactorComparison;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.List;

/** What the comparisons of a summary show, a line each, as few as say it. */
final class ConsoleVerdicts {

  private static final int MOST_SENTENCES = 12;
  private static final int MOST_LINES = 20;

  private ConsoleVerdicts() {}

  /** The lines; empty where nothing can be compared. */
  static List<String> lines(Summary summary, int width) {
    List<FactorComparison> comparisons = FactorComparison.of(summary);
    if (comparisons.isEmpty()) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    String last = "";
    for (FactorComparison comparison : comparisons) {
      String place = place(comparison, summary);
      if (!place.equals(last)) {
        sentences.add("  " + place);
        last = place;
      }
      String indent = place.isEmpty() ? "  " : "    ";
      sentences(comparison).forEach(line -> sentences.add(indent + Figures.visible(line)));
    }
    List<String> shown = new ArrayList<>();
    shown.add("");
    shown.addAll(TextGrid.wrapped("what differs (" + method(comparisons) + "):", width));
    sentences.stream()
        .limit(MOST_LINES)
        .forEach(line -> shown.addAll(TextGrid.wrapped(line, width)));
    if (sentences.size() > MOST_LINES) {
      shown.add("  and " + (sentences.size() - MOST_LINES) + " more lines: see the report");
    }
    return shown;
  }

  private static String method(List<FactorComparison> comparisons) {
    long tests = tests(comparisons);
    if (tests == 0) {
      return "described, not tested";
    }
    return "Student's t" + (tests > 1 ? ", Holm over " + tests + " comparisons" : "");
  }

  /** How many primary comparisons could be tested. */
  static long tests(List<FactorComparison> comparisons) {
    return comparisons.stream()
        .flatMap(one -> one.primary().stream())
        .filter(Comparison::decided)
        .count();
  }

  static List<String> sentences(FactorComparison comparison) {
    List<String> all = comparison.verdicts();
    return all.size() <= MOST_SENTENCES ? all : cut(all);
  }

  private static List<String> cut(List<String> all) {
    List<String> some = new ArrayList<>(all.subList(0, MOST_SENTENCES));
    some.add("and " + (all.size() - MOST_SENTENCES) + " more: see `report --format json`");
    return some;
  }

  /** What tells these groups from those of other comparisons. */
  static String place(FactorComparison comparison, Summary summary) {
    GroupKey common = comparison.common();
    List<String> parts = new ArrayList<>();
    for (Column column : summary.columns()) {
      boolean varies =
          summary.groups().stream().map(group -> group.key().get(column)).distinct().count() > 1;
      if (column != comparison.factor() && varies) {
        parts.add(Figures.visible(common.get(column)));
      }
    }
    return String.join(" · ", parts);
  }
}
