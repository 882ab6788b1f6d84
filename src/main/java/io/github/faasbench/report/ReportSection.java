package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One function under one workload and keep-alive policy in one run: what can be compared in a
 * figure by policy and warming type.
 */
record ReportSection(Key key, List<GroupSummary> groups, List<Invocation> rows) {

  /** What all rows of a section have in common. */
  record Key(String experiment, String run, String function, String workload, String keepAlive) {}

  static List<ReportSection> of(Summary summary, List<Invocation> rows) {
    Map<Key, ReportSection> sections = new LinkedHashMap<>();
    for (GroupSummary group : summary.groups()) {
      section(sections, key(group)).groups().add(group);
    }
    for (Invocation row : rows) {
      section(sections, key(row)).rows().add(row);
    }
    return List.copyOf(sections.values());
  }

  private static ReportSection section(Map<Key, ReportSection> sections, Key key) {
    return sections.computeIfAbsent(
        key, k -> new ReportSection(k, new ArrayList<>(), new ArrayList<>()));
  }

  private static Key key(GroupSummary group) {
    return new Key(
        group.key().get(Column.EXPERIMENT),
        group.key().get(Column.RUN),
        group.key().get(Column.FUNCTION),
        group.key().get(Column.WORKLOAD),
        group.key().get(Column.KEEP_ALIVE));
  }

  private static Key key(Invocation row) {
    return new Key(row.experiment(), row.run(), row.function(), row.workload(), row.keepAlive());
  }

  /** The different values of a factor, in reading order. */
  List<String> values(Column factor) {
    return groups.stream().map(group -> group.key().get(factor)).distinct().toList();
  }

  boolean varies(Column factor) {
    return values(factor).size() > 1;
  }

  boolean hasLatency() {
    return groups.stream().anyMatch(group -> group.latency().count() > 0);
  }
}
