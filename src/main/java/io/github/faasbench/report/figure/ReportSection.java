package io.github.faasbench.report.figure;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.comparison.FactorComparison;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.TimeUnitChoice;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is compared in figures of its own: as a rule one function under one workload and keep-alive
 * policy in one run, by policy and warming type.
 *
 * @param key what all its calls have in common
 * @param comparisons of its groups, by each factor that varies
 */
public record ReportSection(
    GroupKey key,
    Grouping grouping,
    TimeUnitChoice unit,
    List<Group> groups,
    List<FactorComparison> comparisons) {

  /**
   * Calls that are compared with those of the other groups.
   *
   * @param ranks latencies of the ok calls in ascending order, or evenly spaced ranks of them
   */
  public record Group(GroupSummary summary, CallSample sample, double[] ranks) {

    GroupKey key() {
      return summary.key();
    }

    boolean hasLatency() {
      return summary.latency().count() > 0;
    }
  }

  public ReportSection {
    groups = List.copyOf(groups);
    comparisons = List.copyOf(comparisons);
  }

  /** The function; all together where the section is of no single one. */
  public String function() {
    String function = key.get(Column.FUNCTION);
    return function.isEmpty() ? "all functions together" : function;
  }

  /** The different values of a factor, in reading order. */
  List<String> values(Column factor) {
    return groups.stream().map(group -> group.key().get(factor)).distinct().toList();
  }

  boolean varies(Column factor) {
    return values(factor).size() > 1;
  }

  /** The factors that vary; where none does, the last of them. */
  List<Column> shownFactors() {
    List<Column> factors = grouping.factors();
    List<Column> varying = factors.stream().filter(this::varies).toList();
    return varying.isEmpty() ? factors.subList(factors.size() - 1, factors.size()) : varying;
  }

  /** What tells the group from the others of the section. */
  String name(Group group) {
    return shownFactors().stream()
        .map(factor -> group.key().get(factor))
        .collect(Collectors.joining(" · "));
  }

  public boolean hasLatency() {
    return groups.stream().anyMatch(Group::hasLatency);
  }
}
