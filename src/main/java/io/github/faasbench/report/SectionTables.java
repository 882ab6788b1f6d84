package io.github.faasbench.report;

import io.github.faasbench.analysis.Distribution;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.NaturalOrder;
import io.github.faasbench.analysis.Phase;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** The tables behind a section's figures. */
final class SectionTables {

  private static final List<String> NAMES = List.of("policy", "warming");

  private final ReportSection section;
  private final TimeUnitChoice unit;

  SectionTables(ReportSection section, TimeUnitChoice unit) {
    this.section = section;
    this.unit = unit;
  }

  String latency() {
    List<String> header = new ArrayList<>(NAMES);
    header.addAll(
        List.of("n", "failed", "mean", "std. dev.", "min", "p25", "median", "p75", "p90", "p95"));
    header.addAll(List.of("p99", "max", "improvement"));
    return Html.table(
        "Latency in " + unit.name() + ", of the calls that ended ok", header, 2, each(this::row));
  }

  private List<String> row(GroupSummary group) {
    Distribution latency = group.latency();
    List<String> cells = names(group);
    cells.add(Long.toString(group.calls()));
    cells.add(Long.toString(group.failed()));
    for (double seconds :
        new double[] {
          latency.mean(),
          latency.standardDeviation(),
          latency.min(),
          latency.p25(),
          latency.median(),
          latency.p75(),
          latency.p90(),
          latency.p95(),
          latency.p99(),
          latency.max()
        }) {
      cells.add(unit.format(seconds));
    }
    cells.add(Figures.percent(group.improvementPercent()));
    return cells;
  }

  String phases() {
    List<String> header = new ArrayList<>(NAMES);
    for (Phase phase : Phase.values()) {
      header.add(phase.text());
    }
    header.addAll(List.of("latency", "cold starts", "cold in name only", "calls/s"));
    return Html.table(
        "Mean of the phases in " + unit.name() + "; they add up to the latency",
        header,
        2,
        each(
            group -> {
              List<String> cells = names(group);
              for (Phase phase : Phase.values()) {
                cells.add(unit.format(group.phaseMeans().get(phase)));
              }
              cells.add(unit.format(group.latency().mean()));
              cells.add(Figures.percent(100 * group.coldShare()));
              cells.add(Long.toString(group.coldInNameOnly()));
              cells.add(Figures.decimals(group.throughputPerSecond(), 3));
              return cells;
            }));
  }

  /** Only with the factors that vary: the table stands beside its figure. */
  String nodes() {
    SortedSet<String> nodes = new TreeSet<>(NaturalOrder.INSTANCE);
    section.groups().forEach(group -> nodes.addAll(group.nodes().keySet()));
    List<Column> factors = new ArrayList<>();
    if (section.varies(Column.POLICY)) {
      factors.add(Column.POLICY);
    }
    if (section.varies(Column.WARMING) || factors.isEmpty()) {
      factors.add(Column.WARMING);
    }
    List<String> header = new ArrayList<>(factors.stream().map(Column::header).toList());
    header.addAll(nodes);
    header.add("Jain");
    return Html.table(
        "Calls per node",
        header,
        factors.size(),
        each(
            group -> {
              List<String> cells = new ArrayList<>();
              factors.forEach(factor -> cells.add(group.key().get(factor)));
              nodes.forEach(node -> cells.add(Long.toString(group.nodes().getOrDefault(node, 0L))));
              cells.add(Figures.decimals(group.jainIndex(), 3));
              return cells;
            }));
  }

  private List<List<String>> each(Function<GroupSummary, List<String>> row) {
    return section.groups().stream().map(row).toList();
  }

  private static List<String> names(GroupSummary group) {
    return new ArrayList<>(
        List.of(group.key().get(Column.POLICY), group.key().get(Column.WARMING)));
  }
}
