package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.report.FigureScript.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.BoxTrace;
import tech.tablesaw.plotly.traces.Trace;

/**
 * The figures of one section, as in the thesis: mean latency (its figures 6 and 8), distribution of
 * latency (7, 9, 11, 13) and calls per node (10, 12). The factor that varies is the horizontal
 * axis; when both policy and warming type do, each is it once, with the other as colour.
 */
final class SectionFigures {

  /** A box of more values is drawn from this many evenly spaced ranks, minimum and maximum kept. */
  static final int BOX_POINTS = 2000;

  private static final String CATEGORY = "category";
  private static final String SERIES = "series";
  private static final String VALUE = "value";
  // Not the empty text: Tablesaw takes that for a missing value.
  private static final String ALL = "all";

  private final ReportSection section;
  private final TimeUnitChoice unit;
  private final Supplier<String> ids;

  SectionFigures(ReportSection section, TimeUnitChoice unit, Supplier<String> ids) {
    this.section = section;
    this.unit = unit;
    this.ids = ids;
  }

  /** The figures of latency; none when no call ended ok. */
  List<FigureScript> latency() {
    List<FigureScript> figures = new ArrayList<>();
    boolean policies = section.varies(Column.POLICY);
    boolean warmings = section.varies(Column.WARMING);
    if (section.hasLatency()) {
      if (warmings || !policies) {
        figures.addAll(latency(Column.WARMING, policies ? Column.POLICY : null));
      }
      if (policies) {
        figures.addAll(latency(Column.POLICY, warmings ? Column.WARMING : null));
      }
    }
    return figures;
  }

  /** The figure of calls per node; none when no call reached a node. */
  List<FigureScript> nodes() {
    if (section.groups().stream().allMatch(group -> group.nodes().isEmpty())) {
      return List.of();
    }
    boolean warmings = section.varies(Column.WARMING);
    return List.of(
        nodes(section.varies(Column.POLICY) ? Column.POLICY : warmings ? Column.WARMING : null));
  }

  private List<FigureScript> latency(Column by, Column series) {
    return List.of(means(by, series), boxes(by, series));
  }

  private FigureScript means(Column by, Column series) {
    Table table = emptyTable();
    for (GroupSummary group : section.groups()) {
      if (group.latency().count() > 0) {
        add(table, group, by, series, group.latency().mean());
      }
    }
    return FigureScript.of(
        ids.get(),
        "Mean latency of " + section.key().function() + caption(by, series) + ".",
        new Words("Mean latency by " + word(by), word(by), "latency (" + unit.symbol() + ")"),
        bars(table, series));
  }

  private FigureScript boxes(Column by, Column series) {
    Table table = emptyTable();
    boolean thinned = false;
    for (GroupSummary group : section.groups()) {
      double[] values = latencies(group);
      thinned |= values.length > BOX_POINTS;
      for (double value : thinned(values)) {
        add(table, group, by, series, value);
      }
    }
    List<Trace> traces = new ArrayList<>();
    for (String name : seriesNames(series)) {
      Table part = part(table, name);
      BoxTrace.BoxBuilder box =
          BoxTrace.builder(part.stringColumn(CATEGORY), part.doubleColumn(VALUE));
      traces.add((series == null ? box : box.name(label(name))).build());
    }
    return FigureScript.of(
        ids.get(),
        "Distribution of latency of "
            + section.key().function()
            + caption(by, series)
            + ": median, quartiles, whiskers to 1.5 times their distance, outliers; dashed: mean."
            + (thinned ? " Large samples: " + BOX_POINTS + " evenly spaced ranks are drawn." : ""),
        new Words(
            "Distribution of latency by " + word(by), word(by), "latency (" + unit.symbol() + ")"),
        traces.toArray(Trace[]::new));
  }

  private FigureScript nodes(Column series) {
    Table table = emptyTable();
    for (GroupSummary group : section.groups()) {
      String name = series == null ? ALL : group.key().get(series);
      group.nodes().forEach((node, calls) -> append(table, label(node), name, calls));
    }
    return FigureScript.of(
        ids.get(),
        "Calls of "
            + section.key().function()
            + " that each node got"
            + (series == null ? "" : ", per " + word(series))
            + (section.varies(Column.POLICY) && section.varies(Column.WARMING)
                ? ", all warming types together"
                : "")
            + ".",
        new Words("Invocations per node", "node", "invocations"),
        bars(summed(table), series));
  }

  private Trace[] bars(Table table, Column series) {
    List<Trace> traces = new ArrayList<>();
    for (String name : seriesNames(series)) {
      Table part = part(table, name);
      BarTrace.BarBuilder bar =
          BarTrace.builder(part.stringColumn(CATEGORY), part.doubleColumn(VALUE));
      traces.add((series == null ? bar : bar.name(label(name))).build());
    }
    return traces.toArray(Trace[]::new);
  }

  // Groups that differ in the factor which the figure does not show are one bar.
  private static Table summed(Table table) {
    Table summed = emptyTable();
    Table sums = table.summarize(VALUE, AggregateFunctions.sum).by(CATEGORY, SERIES);
    for (Row row : sums) {
      append(summed, row.getString(0), row.getString(1), row.getDouble(2));
    }
    return summed;
  }

  private double[] latencies(GroupSummary group) {
    return section.rows().stream()
        .filter(row -> row.outcome() == Outcome.OK && row.policy().equals(policy(group)))
        .filter(row -> row.warming().equals(group.key().get(Column.WARMING)))
        .mapToDouble(Invocation::latencySeconds)
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  private static String policy(GroupSummary group) {
    return group.key().get(Column.POLICY);
  }

  static double[] thinned(double[] values) {
    if (values.length <= BOX_POINTS) {
      return values;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] kept = new double[BOX_POINTS];
    for (int i = 0; i < BOX_POINTS; i++) {
      kept[i] = sorted[(int) Math.round((double) i * (sorted.length - 1) / (BOX_POINTS - 1))];
    }
    return kept;
  }

  private List<String> seriesNames(Column series) {
    return series == null ? List.of(ALL) : section.values(series);
  }

  private static Table part(Table table, String series) {
    return table.where(table.stringColumn(SERIES).isEqualTo(series));
  }

  private static Table emptyTable() {
    return Table.create(
        StringColumn.create(CATEGORY), StringColumn.create(SERIES), DoubleColumn.create(VALUE));
  }

  private void add(Table table, GroupSummary group, Column by, Column series, double seconds) {
    String name = series == null ? ALL : group.key().get(series);
    double scaled = Math.round(seconds * unit.perSecond() * 1e6) / 1e6;
    append(table, label(group.key().get(by)), name, scaled);
  }

  private static void append(Table table, String category, String series, double value) {
    table.stringColumn(CATEGORY).append(category);
    table.stringColumn(SERIES).append(series);
    table.doubleColumn(VALUE).append(value);
  }

  private String caption(Column by, Column series) {
    return " by " + word(by) + (series == null ? "" : ", per " + word(series));
  }

  private static String word(Column column) {
    return column == Column.WARMING ? "warming type" : column.header();
  }

  // Names end up in JavaScript strings that jsplot escapes for HTML only, and plotly reads a little
  // HTML of its own: characters with a meaning in either become harmless look-alikes.
  static String label(String name) {
    String harmless =
        Figures.visible(name)
            .replace('\\', '∖')
            .replace('<', '‹')
            .replace('>', '›')
            .replace('&', '＆')
            .replace('"', '”')
            .replace('\'', '’')
            .replace('`', '‘');
    return TextGrid.shortened(harmless, 40);
  }
}
