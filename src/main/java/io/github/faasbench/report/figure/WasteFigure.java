package io.github.faasbench.report.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.Waste;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.Figures;
import io.github.faasbench.report.Html;
import io.github.faasbench.report.MemoryTimeUnit;
import io.github.faasbench.report.TimeUnitChoice;
import io.github.faasbench.report.WasteTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Latency against waste: what keeping containers buys and costs, a point a cell; of calls that met
 * the same load.
 */
public final class WasteFigure {

  private static final List<Column> FACTORS =
      List.of(Column.POLICY, Column.WARMING, Column.KEEP_ALIVE);

  private final String place;
  private final List<GroupSummary> groups;
  private final Summary summary;
  private final List<Column> factors;
  private final TimeUnitChoice time;
  private final MemoryTimeUnit memory;

  private WasteFigure(String place, List<GroupSummary> groups, Summary summary) {
    this.place = place;
    this.groups = groups;
    this.summary = summary;
    List<Column> varying = FACTORS.stream().filter(this::varies).toList();
    factors = varying.isEmpty() ? List.of(Column.KEEP_ALIVE) : varying;
    time = TimeUnitChoice.of(new Summary(List.of(), groups));
    memory = MemoryTimeUnit.of(groups.stream().map(this::waste).toList());
  }

  /**
   * One figure for each load under which containers waited, with its table; none: there was none.
   */
  public static List<Drawing> all(Summary summary, Supplier<String> ids) {
    List<Column> common =
        summary.columns().stream().filter(column -> !FACTORS.contains(column)).toList();
    Map<GroupKey, List<GroupSummary>> loads = new LinkedHashMap<>();
    for (GroupSummary group : summary.groups()) {
      if (summary.waste(group).isPresent() && group.latency().count() > 0) {
        loads.computeIfAbsent(group.key().of(common), key -> new ArrayList<>()).add(group);
      }
    }
    List<Drawing> figures = new ArrayList<>();
    loads.forEach(
        (key, groups) -> {
          String place =
              common.stream()
                  .filter(
                      column ->
                          loads.keySet().stream().map(k -> k.get(column)).distinct().count() > 1)
                  .map(key::get)
                  .collect(Collectors.joining(" · "));
          figures.add(new WasteFigure(place, groups, summary).drawing(ids.get()));
        });
    return figures;
  }

  private boolean varies(Column factor) {
    return groups.stream().map(group -> group.key().get(factor)).distinct().count() > 1;
  }

  private Waste waste(GroupSummary group) {
    return summary.waste(group).orElseThrow();
  }

  private Drawing drawing(String id) {
    PlotlyFigure figure =
        new PlotlyFigure(
            "Latency against waste" + (place.isEmpty() ? "" : ": " + PlotlyFigure.label(place)));
    int number = 0;
    List<String> unknown = new ArrayList<>();
    for (GroupSummary group : groups) {
      if (Double.isNaN(waste(group).mean())) {
        unknown.add(name(group)); // a point that is nowhere would stand in the legend
        continue;
      }
      ObjectNode point = figure.trace("scatter").put("mode", "markers").put("whiskers", true);
      point.put("cliponaxis", false); // or half of a point at 0 is not seen
      point.put("name", PlotlyFigure.label(name(group))).put("color", number).put("symbol", number);
      number++;
      double mean = group.latency().mean();
      Waste waste = waste(group);
      PlotlyFigure.number(point.putArray("x"), memory.of(waste.mean()));
      PlotlyFigure.number(point.putArray("y"), mean * time.perSecond());
      error(point.putObject("error_x"), waste.mean(), waste.interval(), memory.of(1));
      error(point.putObject("error_y"), mean, group.interval(Statistic.MEAN), time.perSecond());
    }
    figure.axis("x", 1, "idle memory (" + memory.symbol() + ")").put("rangemode", "tozero");
    figure.axis("y", 1, "mean latency (" + time.symbol() + ")");
    return figure.drawing(
        id,
        "Mean latency against the memory that containers held while they waited, of one repetition,"
            + " with 95 % intervals where there are enough repetitions; down and to the left is"
            + " better."
            + (unknown.isEmpty()
                ? ""
                : " Only in the table, since their functions' memory is not stated: "
                    + String.join("; ", unknown)
                    + "."),
        0,
        table());
  }

  private static void error(ObjectNode to, double mean, Interval interval, double scale) {
    to.put("type", "data").put("symmetric", false);
    ArrayNode above = to.putArray("array");
    ArrayNode below = to.putArray("arrayminus");
    PlotlyFigure.number(above, (interval.high() - mean) * scale);
    PlotlyFigure.number(below, (mean - interval.low()) * scale);
  }

  private String name(GroupSummary group) {
    return factors.stream()
        .map(factor -> group.key().get(factor))
        .collect(Collectors.joining(" · "));
  }

  private String table() {
    List<String> header = new ArrayList<>(factors.stream().map(Grouping::word).toList());
    header.addAll(List.of("mean, " + time.symbol(), "from", "to", "cold starts"));
    header.addAll(WasteTable.header(memory));
    header.addAll(List.of("from", "to"));
    List<List<String>> rows = new ArrayList<>();
    for (GroupSummary group : groups) {
      List<String> row = new ArrayList<>();
      factors.forEach(factor -> row.add(group.key().get(factor)));
      Interval latency = group.interval(Statistic.MEAN);
      row.add(time.format(group.latency().mean()));
      row.add(time.format(latency.low()));
      row.add(time.format(latency.high()));
      row.add(Figures.percent(100 * group.coldShare()));
      row.addAll(WasteTable.figures(waste(group), memory));
      Interval idle = waste(group).interval();
      row.add(memory.format(idle.low()));
      row.add(memory.format(idle.high()));
      rows.add(row);
    }
    return Html.table(
        "Latency, and the containers that waited for calls" + (place.isEmpty() ? "" : ": " + place),
        header,
        factors.size(),
        rows);
  }
}
