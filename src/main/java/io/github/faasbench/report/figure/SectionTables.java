package io.github.faasbench.report.figure;

import io.github.faasbench.analysis.Distribution;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Phase;
import io.github.faasbench.analysis.validity.Warnings;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.Figures;
import io.github.faasbench.report.Html;
import io.github.faasbench.report.TimeUnitChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The tables behind a section's figures. */
public final class SectionTables {

  private final ReportSection section;
  private final TimeUnitChoice unit;

  public SectionTables(ReportSection section) {
    this.section = section;
    this.unit = section.unit();
  }

  public String latency() {
    List<String> header = names();
    header.addAll(
        List.of("n", "failed", "mean", "std. dev.", "min", "p25", "median", "p75", "p90", "p95"));
    header.addAll(List.of("p99", "max", "improvement"));
    return Html.table(
        "Latency in " + unit.name() + ", of the calls that ended ok" + rareCalls(),
        header,
        section.grouping().factors().size(),
        each(this::row));
  }

  private String rareCalls() {
    return section.groups().stream().anyMatch(g -> g.summary().calls() < Warnings.FEWEST_FOR_P99)
        ? "; of fewer than "
            + Warnings.FEWEST_FOR_P99
            + " calls, no 95 % interval of p99 has an upper end"
        : "";
  }

  private List<String> row(GroupSummary group) {
    Distribution latency = group.latency();
    List<String> cells = names(group);
    cells.add(Long.toString(group.calls()));
    cells.add(Long.toString(group.failed()));
    cells.add(unit.format(latency.mean()));
    cells.add(unit.format(latency.standardDeviation()));
    for (double seconds : latency.fromMinToMax()) {
      cells.add(unit.format(seconds));
    }
    cells.add(Figures.percent(group.improvementPercent()));
    return cells;
  }

  public String phases() {
    List<String> header = names();
    for (Phase phase : Phase.values()) {
      header.add(phase.text());
    }
    header.addAll(List.of("latency", "cold starts", "cold in name only", "calls/s"));
    header.addAll(List.of("slowdown", "its p99"));
    return Html.table(
        "Mean of the phases in "
            + unit.name()
            + "; they add up to the latency. Slowdown: latency by service time (exec), its median",
        header,
        section.grouping().factors().size(),
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
              cells.add(Figures.factor(group.sample().slowdown().median()));
              cells.add(Figures.factor(group.sample().slowdown().p99()));
              return cells;
            }));
  }

  /** Only with the factors that vary: the table stands beside its figure. */
  public String nodes() {
    Set<String> nodes = section.nodes();
    List<Column> factors = section.shownFactors();
    List<String> header = new ArrayList<>(factors.stream().map(Column::header).toList());
    header.addAll(nodes);
    header.add("Jain");
    return Html.table(
        "Calls per node" + (section.someNodes().isEmpty() ? "" : "." + section.someNodes()),
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
    return section.groups().stream().map(ReportSection.Group::summary).map(row).toList();
  }

  private List<String> names() {
    return new ArrayList<>(
        section.grouping().factors().stream().map(factor -> factor.header()).toList());
  }

  private List<String> names(GroupSummary group) {
    return new ArrayList<>(
        section.grouping().factors().stream().map(factor -> group.key().get(factor)).toList());
  }
}
