package io.github.faasbench.report.figure;

import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.TimeUnitChoice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.BoxTrace;
import tech.tablesaw.plotly.traces.Trace;

/**
 * The figures of the thesis, by Tablesaw: mean latency (its figures 6 and 8), distribution of
 * latency (7, 9, 11, 13) and calls per node (10, 12). The factor that varies is the horizontal
 * axis; when two do, each is it once, with the other as colour.
 */
public final class ThesisFigures {

  private static final String CATEGORY = "category";
  private static final String SERIES = "series";
  private static final String VALUE = "value";
  // Not the empty text: Tablesaw takes that for a missing value.
  private static final String ALL = "all";

  private final ReportSection section;
  private final TimeUnitChoice unit;
  private final Supplier<String> ids;

  public ThesisFigures(ReportSection section, Supplier<String> ids) {
    this.section = section;
    this.unit = section.unit();
    this.ids = ids;
  }

  /** The figures of latency; none when no call ended ok. */
  public List<Drawing> latency() {
    List<Drawing> figures = new ArrayList<>();
    if (section.hasLatency()) {
      // From the last to the first: by warming type, then by policy.
      List<Column> axes = new ArrayList<>(section.shownFactors());
      Collections.reverse(axes);
      for (Column by : axes) {
        Column series = axes.stream().filter(axis -> axis != by).findFirst().orElse(null);
        figures.add(means(by, series));
        figures.add(boxes(by, series));
      }
    }
    return figures;
  }

  /** The figure of calls per node; none when no call reached a node. */
  public List<Drawing> nodes() {
    boolean none = section.groups().stream().allMatch(group -> group.summary().nodes().isEmpty());
    if (none || section.grouping().columns().contains(Column.NODE)) {
      return List.of();
    }
    Column series = section.shownFactors().get(0);
    return List.of(nodes(section.varies(series) ? series : null));
  }

  private Drawing means(Column by, Column series) {
    Table table = emptyTable();
    for (ReportSection.Group group : section.groups()) {
      if (group.hasLatency()) {
        add(table, group, by, series, group.summary().latency().mean());
      }
    }
    return drawing(
        "Mean latency of " + section.function() + caption(by, series) + ".",
        new Words(
            "Mean latency by " + Grouping.word(by),
            Grouping.word(by),
            "latency (" + unit.symbol() + ")"),
        bars(table, series));
  }

  private Drawing boxes(Column by, Column series) {
    Table table = emptyTable();
    boolean thinned = false;
    for (ReportSection.Group group : section.groups()) {
      thinned |= group.ranks().length < group.summary().latency().count();
      for (double value : group.ranks()) {
        add(table, group, by, series, value);
      }
    }
    List<Trace> traces = new ArrayList<>();
    for (String name : seriesNames(series)) {
      Table part = part(table, name);
      BoxTrace.BoxBuilder box =
          BoxTrace.builder(part.stringColumn(CATEGORY), part.doubleColumn(VALUE));
      traces.add((series == null ? box : box.name(PlotlyFigure.label(name))).build());
    }
    return drawing(
        "Distribution of latency of "
            + section.function()
            + caption(by, series)
            + ": median, quartiles, whiskers to 1.5 times their distance, outliers; dashed: mean."
            + (thinned
                ? " Large samples are drawn from evenly spaced ranks, the ends among them."
                : ""),
        new Words(
            "Distribution of latency by " + Grouping.word(by),
            Grouping.word(by),
            "latency (" + unit.symbol() + ")"),
        traces.toArray(Trace[]::new));
  }

  private Drawing nodes(Column series) {
    Table table = emptyTable();
    for (ReportSection.Group group : section.groups()) {
      String name = series == null ? ALL : group.key().get(series);
      for (String node : section.nodes()) {
        long calls = group.summary().nodes().getOrDefault(node, 0L);
        append(table, PlotlyFigure.label(node), name, calls);
      }
    }
    return drawing(
        "Calls of "
            + section.function()
            + " that each node got"
            + (series == null ? "" : ", per " + Grouping.word(series))
            + (section.shownFactors().size() > 1
                ? ", all of " + Grouping.word(section.shownFactors().get(1)) + " together"
                : "")
            + "."
            + section.someNodes(),
        new Words("Invocations per node", "node", "invocations"),
        bars(summed(table), series));
  }

  private Trace[] bars(Table table, Column series) {
    List<Trace> traces = new ArrayList<>();
    for (String name : seriesNames(series)) {
      Table part = part(table, name);
      BarTrace.BarBuilder bar =
          BarTrace.builder(part.stringColumn(CATEGORY), part.doubleColumn(VALUE));
      traces.add((series == null ? bar : bar.name(PlotlyFigure.label(name))).build());
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

  private void add(
      Table table, ReportSection.Group group, Column by, Column series, double seconds) {
    String name = series == null ? ALL : group.key().get(series);
    double scaled = Math.round(seconds * unit.perSecond() * 1e6) / 1e6;
    append(table, PlotlyFigure.label(group.key().get(by)), name, scaled);
  }

  private static void append(Table table, String category, String series, double value) {
    table.stringColumn(CATEGORY).append(category);
    table.stringColumn(SERIES).append(series);
    table.doubleColumn(VALUE).append(value);
  }

  private String caption(Column by, Column series) {
    return " by " + Grouping.word(by) + (series == null ? "" : ", per " + Grouping.word(series));
  }

  /** Title of the figure and of its axes. */
  private record Words(String title, String xTitle, String yTitle) {}

  /** Lets jsplot write the figure; the section's tables hold its numbers. */
  private Drawing drawing(String caption, Words words, Trace... traces) {
    Layout layout =
        Layout.builder(words.title())
            .barMode(Layout.BarMode.GROUP)
            .xAxis(Axis.builder().title(words.xTitle()).build())
            .yAxis(Axis.builder().title(words.yTitle()).build())
            .build();
    String id = ids.get();
    String javascript = new Figure(layout, traces).asJavascript(id);
    return new Drawing(id, words.title(), caption, 0, "", safe(javascript), "");
  }

  // jsplot writes a script element of its own, and category names as they are: a name with
  // "</script>" would end it. In what it writes, "<" occurs in strings only.
  private static String safe(String javascript) {
    int start = javascript.indexOf("<script>") + "<script>".length();
    int end = javascript.lastIndexOf("</script>");
    return javascript.substring(start, end).replace("<", "\\u003c");
  }
}
