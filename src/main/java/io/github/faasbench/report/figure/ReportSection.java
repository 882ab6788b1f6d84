package io.github.faasbench.report.figure;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.NaturalOrder;
import io.github.faasbench.analysis.comparison.FactorComparison;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.TimeUnitChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

  /** More columns than that nobody reads. */
  private static final int MOST_NODES = 24;

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

  /** The nodes that are shown: of very many those with the most calls, in reading order. */
  Set<String> nodes() {
    Set<String> shown = new TreeSet<>(NaturalOrder.INSTANCE);
    Map<String, Long> calls = callsOfNodes();
    calls.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(NaturalOrder.INSTANCE)))
        .limit(MOST_NODES)
        .forEach(node -> shown.add(node.getKey()));
    return shown;
  }

  /** Says so where not all are shown; else empty. */
  String someNodes() {
    int all = callsOfNodes().size();
    return all > MOST_NODES
        ? " Of " + all + " nodes the " + MOST_NODES + " with the most calls are shown."
        : "";
  }

  private Map<String, Long> callsOfNodes() {
    Map<String, Long> calls = new HashMap<>();
    groups.forEach(
        group -> group.summary().nodes().forEach((node, n) -> calls.merge(node, n, Long::sum)));
    return calls;
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
