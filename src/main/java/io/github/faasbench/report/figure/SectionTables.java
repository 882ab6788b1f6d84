package io.github.faasbench.report.figure;

import io.github.faasbench.analysis.Distribution;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Improvement;
import io.github.faasbench.analysis.Phase;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.validity.Warnings;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.Figures;
import io.github.faasbench.report.Html;
import io.github.faasbench.report.TimeUnitChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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
    SortedSet<Double> percents = new TreeSet<>();
    section
        .groups()
        .forEach(group -> percents.addAll(group.summary().latency().percentiles().keySet()));
    List<String> header = names();
    header.addAll(List.of("n", "failed", "mean", "std. dev.", "min"));
    percents.forEach(percent -> header.add(Statistic.quantile(percent / 100).text()));
    header.addAll(List.of("max", "improvement", "from", "to"));
    boolean failed = section.groups().stream().anyMatch(group -> group.summary().failed() > 0);
    return Html.table(
        "Latency in "
            + unit.name()
            + (failed
                ? "; mean, deviation, minimum and maximum of the calls that ended ok, percentiles of"
                    + " all: the others count as infinitely slow"
                : "")
            + warmUp()
            + rareCalls(),
        header,
        section.grouping().factors().size(),
        each(group -> row(group, percents)));
  }

  private String warmUp() {
    long calls = section.groups().stream().mapToLong(group -> group.summary().warmUp()).sum();
    return calls > 0 ? "; " + calls + " calls were left out as warm-up" : "";
  }

  private String rareCalls() {
    return section.groups().stream().anyMatch(g -> g.summary().calls() < Warnings.FEWEST_FOR_P99)
        ? "; of fewer than "
            + Warnings.FEWEST_FOR_P99
            + " calls, no 95 % interval of p99 has an upper end"
        : "";
  }

  private List<String> row(GroupSummary group, SortedSet<Double> percents) {
    Distribution latency = group.latency();
    Improvement improvement = group.improvement();
    List<String> cells = names(group);
    cells.add(Long.toString(group.calls()));
    cells.add(Long.toString(group.failed()));
    cells.add(unit.format(latency.mean()));
    cells.add(unit.format(latency.standardDeviation()));
    cells.add(unit.format(latency.min()));
    percents.forEach(
        one -> cells.add(unit.format(latency.percentiles().getOrDefault(one, Double.NaN))));
    cells.add(unit.format(latency.max()));
    cells.add(Figures.percent(improvement.percent()));
    cells.add(Figures.percent(improvement.interval().low()));
    cells.add(Figures.percent(improvement.interval().high()));
    return cells;
  }

  public String phases() {
    List<String> header = names();
    for (Phase phase : Phase.values()) {
      header.add(phase.text());
    }
    header.addAll(
        List.of("latency", "cold starts", "containers started", "cold in name only", "calls/s"));
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
              cells.add(Figures.percent(100 * group.startedShare()));
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
