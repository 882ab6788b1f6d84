package io.github.faasbench.report.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.analysis.NaturalOrder;
import io.github.faasbench.report.Figures;
import io.github.faasbench.report.Html;
import io.github.faasbench.report.TimeUnitChoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What happened when: latency over time per node, and how many calls were in flight where. */
public final class TimeFigures {

  /** Of more groups, those with the most calls. */
  private static final int MOST_GROUPS = 12;

  /** More colours than these nobody tells apart; of more nodes the others are one. */
  private static final int MOST_COLORS = 6;

  private static final int MOST_ROWS = 12;
  private static final int FRAME_PIXELS = 130;
  private static final int NAME_PIXELS = 24;
  private static final int LATENCY_PIXELS = 150;
  private static final String OTHERS = "other nodes";

  private final ReportSection section;
  private final TimeUnitChoice unit;
  private final Supplier<String> ids;
  private final List<ReportSection.Group> groups;

  public TimeFigures(ReportSection section, Supplier<String> ids) {
    this.section = section;
    this.unit = section.unit();
    this.ids = ids;
    List<ReportSection.Group> timed =
        section.groups().stream()
            .filter(group -> group.hasLatency() && group.sample().hasTimes())
            .toList();
    Set<ReportSection.Group> most =
        timed.stream()
            .sorted(Comparator.comparingLong(group -> -group.summary().calls()))
            .limit(MOST_GROUPS)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    groups = timed.stream().filter(most::contains).toList();
  }

  /** The figures; none where no time of arrival is known, or a group's calls are of many cells. */
  public List<Drawing> all() {
    if (groups.isEmpty() || !section.grouping().isCell()) {
      return List.of();
    }
    boolean nodes = groups.stream().anyMatch(group -> group.sample().nodes() > 0);
    return nodes ? List.of(latencies(), inFlight()) : List.of(latencies());
  }

  private String some() {
    int all = section.groups().size();
    return groups.size() < all
        ? " " + groups.size() + " of " + all + " groups are drawn, those with the most calls."
        : "";
  }

  private Drawing latencies() {
    PlotlyFigure figure = new PlotlyFigure("Latency over time");
    Map<String, Integer> colors = colors();
    Set<String> named = new LinkedHashSet<>();
    for (int i = 0; i < groups.size(); i++) {
      ReportSection.Group group = groups.get(i);
      row(figure, i, LATENCY_PIXELS, "latency (" + unit.symbol() + ")");
      for (String node : colors.keySet()) {
        ObjectNode trace =
            figure.trace("scatter").put("mode", "markers").put("name", PlotlyFigure.label(node));
        trace.put("color", colors.get(node)).put("symbol", colors.get(node));
        trace
            .put("legendgroup", "node " + Figures.visible(node))
            .put("yaxis", "y" + (i == 0 ? "" : i + 1));
        ArrayNode x = trace.putArray("x");
        ArrayNode y = trace.putArray("y");
        for (CallSample.Point point : group.sample().points()) {
          if (node.equals(colors.containsKey(point.node()) ? point.node() : OTHERS)
              && !Double.isNaN(point.atSeconds())) {
            PlotlyFigure.number(x, point.atSeconds());
            PlotlyFigure.number(y, point.latencySeconds() * unit.perSecond());
          }
        }
        trace.put("showlegend", !x.isEmpty() && named.add(node));
      }
      addMeans(figure, i, group);
    }
    figure.axis("x", 1, "seconds since the first arrival").put("anchor", "y" + last());
    boolean sampled = groups.stream().anyMatch(group -> group.sample().isSampled());
    return figure.drawing(
        ids.get(),
        "Latency of calls to "
            + section.function()
            + " by the time of their arrival, a colour and a symbol for each node; line: mean of"
            + " all calls in a span of time. Repetitions lie over each other."
            + (sampled ? " The points are a random sample." : "")
            + some(),
        FRAME_PIXELS + groups.size() * LATENCY_PIXELS,
        meansTable());
  }

  private void addMeans(PlotlyFigure figure, int row, ReportSection.Group group) {
    ObjectNode line = figure.trace("scatter").put("mode", "lines").put("name", "mean");
    line.put("ink", true).put("legendgroup", "mean").put("showlegend", row == 0);
    line.put("yaxis", "y" + (row == 0 ? "" : row + 1)).put("connectgaps", true);
    double[] means = group.sample().meanLatencies();
    double span = group.sample().spanSeconds();
    ArrayNode x = line.putArray("x");
    ArrayNode y = line.putArray("y");
    for (int i = 0; i < means.length; i++) {
      if (!Double.isNaN(means[i])) {
        PlotlyFigure.number(x, (i + 0.5) * span);
        PlotlyFigure.number(y, means[i] * unit.perSecond());
      }
    }
  }

  /** One of several drawings above each other, under the group's name. */
  private void row(PlotlyFigure figure, int row, int pixels, String title) {
    int all = groups.size();
    double top = 1 - (double) row / all;
    double pixel = 1.0 / (pixels * all);
    ObjectNode axis = figure.axis("y", row + 1, title);
    ArrayNode domain = axis.putArray("domain").add(1 - (row + 1.0) / all);
    domain.add(all == 1 ? 1 : top - NAME_PIXELS * pixel);
    if (all > 1) {
      ObjectNode name = figure.layout().withArray("annotations").addObject();
      name.put("text", PlotlyFigure.label(section.name(groups.get(row))));
      name.put("xref", "paper").put("yref", "paper").put("x", 0);
      name.put("y", top - NAME_PIXELS * pixel).put("yanchor", "bottom");
      name.put("xanchor", "left").put("showarrow", false);
    }
  }

  private String last() {
    return groups.size() == 1 ? "" : Integer.toString(groups.size());
  }

  private Map<String, Integer> colors() {
    Map<String, Long> calls = new LinkedHashMap<>();
    for (ReportSection.Group group : groups) {
      group.summary().nodes().forEach((node, count) -> calls.merge(node, count, Long::sum));
    }
    Set<String> most = new TreeSet<>(NaturalOrder.INSTANCE);
    calls.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_COLORS)
        .forEach(node -> most.add(node.getKey()));
    Map<String, Integer> colors = new LinkedHashMap<>();
    most.forEach(node -> colors.put(node, colors.size()));
    if (calls.size() > most.size() || calls.isEmpty()) {
      colors.put(OTHERS, colors.size());
    }
    return colors;
  }

  private String meansTable() {
    List<List<String>> rows = new ArrayList<>();
    for (ReportSection.Group group : groups) {
      double[] means = group.sample().meanLatencies();
      List<String> cells = new ArrayList<>(List.of(section.name(group)));
      for (int tenth = 0; tenth < 10; tenth++) {
        int at = Math.min(means.length - 1, (2 * tenth + 1) * means.length / 20);
        cells.add(unit.format(means[at]));
      }
      rows.add(cells);
    }
    List<String> header = new ArrayList<>(List.of("group"));
    for (int tenth = 0; tenth < 10; tenth++) {
      header.add((10 * tenth + 5) + " %");
    }
    return Html.table(
        "Mean latency in " + unit.name() + ", of the span in the middle of each tenth of the time",
        header,
        1,
        rows);
  }

  private Drawing inFlight() {
    PlotlyFigure figure = new PlotlyFigure("Calls in flight");
    List<List<String>> table = new ArrayList<>();
    List<Map<String, TimeBins>> busy =
        groups.stream().map(group -> group.sample().inFlight(MOST_ROWS)).toList();
    int nodes = busy.stream().mapToInt(Map::size).max().orElse(1);
    int pixels = NAME_PIXELS + Math.max(3, nodes) * 16;
    for (int i = 0; i < groups.size(); i++) {
      row(figure, i, pixels, "");
      Set<String> order = new TreeSet<>(NaturalOrder.INSTANCE);
      order.addAll(busy.get(i).keySet());
      heat(figure, i, order, busy.get(i));
      for (String node : order) {
        table.add(inFlightRow(section.name(groups.get(i)), node, busy.get(i).get(node)));
      }
    }
    figure.axis("x", 1, "seconds since the first arrival").put("anchor", "y" + last());
    figure.layout().putObject("coloraxis").put("cmin", 0);
    int most = groups.stream().mapToInt(group -> group.sample().nodes()).max().orElse(0);
    return figure.drawing(
        ids.get(),
        "Calls to "
            + section.function()
            + " in flight on each node, mean of each span of time, in the first repetition; calls"
            + " that waited for a node are not counted."
            + (most > MOST_ROWS ? " The " + MOST_ROWS + " busiest nodes of each group." : "")
            + some(),
        FRAME_PIXELS + groups.size() * pixels,
        Html.table(
            "Calls in flight",
            List.of("group", "node", "mean", "highest mean of a span"),
            2,
            table));
  }

  private void heat(PlotlyFigure figure, int row, Set<String> order, Map<String, TimeBins> busy) {
    ObjectNode heat = figure.trace("heatmap").put("coloraxis", "coloraxis");
    heat.put("yaxis", "y" + (row == 0 ? "" : row + 1));
    heat.put("name", PlotlyFigure.label(section.name(groups.get(row))));
    ArrayNode names = heat.putArray("y");
    ArrayNode z = heat.putArray("z");
    for (String node : order) {
      TimeBins bins = busy.get(node);
      heat.put("x0", bins.widthSeconds() / 2).put("dx", bins.widthSeconds());
      names.add(PlotlyFigure.label(node));
      ArrayNode cells = z.addArray();
      for (double seconds : bins.sums()) {
        PlotlyFigure.number(cells, Math.round(1000 * seconds / bins.widthSeconds()) / 1000.0);
      }
    }
    ObjectNode axis = (ObjectNode) figure.layout().get("yaxis" + (row == 0 ? "" : row + 1));
    axis.put("type", "category").put("autorange", "reversed").put("heat", true);
  }

  private static List<String> inFlightRow(String group, String node, TimeBins bins) {
    double sum = 0;
    double most = 0;
    double[] sums = bins.sums();
    for (double seconds : sums) {
      sum += seconds;
      most = Math.max(most, seconds);
    }
    double width = bins.widthSeconds();
    return List.of(
        group,
        node,
        Figures.decimals(sum / (width * sums.length), 3),
        Figures.decimals(most / width, 3));
  }
}
