package io.github.faasbench.report.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.analysis.Distribution;
import io.github.faasbench.analysis.Phase;
import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.Html;
import io.github.faasbench.report.TimeUnitChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Where the calls of each group lie: points beside boxes, shares below a latency, phases. */
public final class SampleFigures {

  private static final int STEPS = 150;
  private static final List<String> DASHES =
      List.of("solid", "dash", "dot", "dashdot", "longdash", "longdashdot");

  private final ReportSection section;
  private final TimeUnitChoice unit;
  private final Supplier<String> ids;

  public SampleFigures(ReportSection section, Supplier<String> ids) {
    this.section = section;
    this.unit = section.unit();
    this.ids = ids;
  }

  /** The figures of latency; none when no call ended ok. */
  public List<Drawing> all() {
    return section.hasLatency() ? List.of(points(), shares(), phases()) : List.of();
  }

  private List<ReportSection.Group> groups() {
    return section.groups().stream().filter(ReportSection.Group::hasLatency).toList();
  }

  private String axisTitle() {
    return "latency (" + unit.symbol() + ")";
  }

  private Drawing points() {
    PlotlyFigure figure = new PlotlyFigure("Calls beside their boxes");
    List<Column> factors = section.shownFactors();
    Column by = factors.get(factors.size() - 1);
    Column series = factors.size() > 1 ? factors.get(0) : null;
    for (String name : series == null ? List.of("") : section.values(series)) {
      ObjectNode box = figure.trace("box").put("name", PlotlyFigure.label(name));
      box.put("boxpoints", "all").put("jitter", 0.7).put("pointpos", -1.6);
      for (String list : List.of("x", "y", "q1", "median", "q3", "mean")) {
        box.putArray(list);
      }
      box.putArray("lowerfence");
      box.putArray("upperfence");
      for (ReportSection.Group group : groups()) {
        if (series == null || group.key().get(series).equals(name)) {
          addBox(box, PlotlyFigure.label(group.key().get(by)), group);
        }
      }
    }
    figure.axis("x", 1, Grouping.word(by)).put("type", "category");
    figure.axis("y", 1, axisTitle()).put("rangemode", "normal");
    figure.layout().put("boxmode", series == null ? "overlay" : "group");
    String sampled =
        groups().stream().anyMatch(group -> group.sample().isSampled())
            ? " The points are a random sample of the calls; the boxes are of all of them."
            : " Each point is a call.";
    return figure.drawing(
        ids.get(),
        "Latency of "
            + section.function()
            + ", of the calls that ended ok: median and quartiles, whiskers to the last call within 1.5 times their distance;"
            + " dashed: mean."
            + sampled,
        0,
        quartiles());
  }

  private void addBox(ObjectNode box, String category, ReportSection.Group group) {
    double[] ranks = group.ranks();
    double lowerQuartile = Quantiles.linear(ranks, 0, 0.25);
    double upperQuartile = Quantiles.linear(ranks, 0, 0.75);
    double reach = 1.5 * (upperQuartile - lowerQuartile);
    double[] within =
        Arrays.stream(ranks)
            .filter(value -> value >= lowerQuartile - reach && value <= upperQuartile + reach)
            .toArray();
    add(box, "lowerfence", Math.min(within[0], lowerQuartile));
    add(box, "q1", lowerQuartile);
    add(box, "median", Quantiles.linear(ranks, 0, 0.5));
    add(box, "q3", upperQuartile);
    add(box, "upperfence", Math.max(within[within.length - 1], upperQuartile));
    add(box, "mean", group.summary().latency().mean());
    ((ArrayNode) box.get("x")).add(category);
    ArrayNode points = ((ArrayNode) box.get("y")).addArray();
    group.sample().points().forEach(point -> number(points, point.latencySeconds()));
  }

  private void add(ObjectNode trace, String list, double seconds) {
    number((ArrayNode) trace.get(list), seconds);
  }

  private void number(ArrayNode to, double seconds) {
    PlotlyFigure.number(to, seconds * unit.perSecond());
  }

  private String quartiles() {
    return table(
        "Latency in " + unit.name(),
        List.of("n", "min", "p25", "median", "p75", "max", "mean"),
        group -> {
          Distribution latency = group.summary().latency();
          return List.of(
              Long.toString(latency.count()),
              unit.format(latency.min()),
              unit.format(latency.p25()),
              unit.format(latency.median()),
              unit.format(latency.p75()),
              unit.format(latency.max()),
              unit.format(latency.mean()));
        });
  }

  private Drawing shares() {
    PlotlyFigure figure = new PlotlyFigure("Share of calls at or below a latency");
    List<Column> factors = section.shownFactors();
    for (ReportSection.Group group : groups()) {
      ObjectNode line = figure.trace("scatter").put("mode", "lines");
      line.put("name", PlotlyFigure.label(section.name(group)));
      line.put("color", section.values(factors.get(0)).indexOf(group.key().get(factors.get(0))));
      int dash =
          factors.size() < 2
              ? 0
              : section.values(factors.get(1)).indexOf(group.key().get(factors.get(1)));
      line.putObject("line").put("shape", "hv").put("dash", DASHES.get(dash % DASHES.size()));
      addSteps(line.putArray("x"), line.putArray("y"), group.ranks());
    }
    figure.axis("x", 1, axisTitle() + ", logarithmic").put("type", "log");
    ObjectNode shares = figure.axis("y", 1, "share of calls");
    shares.put("tickformat", ".0%").putArray("range").add(0).add(1.02);
    return figure.drawing(
        ids.get(),
        "Share of the calls of "
            + section.function()
            + " that took at most that long (empirical distribution): the further left, the faster;"
            + " the steeper, the steadier.",
        0,
        percentiles());
  }

  /** Of the evenly spaced ranks some, the first and the last among them. */
  private void addSteps(ArrayNode x, ArrayNode y, double[] ranks) {
    int steps = Math.min(ranks.length, STEPS);
    for (int i = 0; i < steps; i++) {
      int at = steps == 1 ? 0 : (int) Math.round((double) i * (ranks.length - 1) / (steps - 1));
      // A logarithmic axis has no place for zero.
      if (ranks[at] > 0) {
        number(x, ranks[at]);
        PlotlyFigure.number(y, (at + 1.0) / ranks.length);
      }
    }
  }

  private String percentiles() {
    return table(
        "Percentiles of latency in " + unit.name(),
        List.of("min", "p25", "median", "p75", "p90", "p95", "p99", "max"),
        group -> {
          List<String> cells = new ArrayList<>();
          for (double seconds : group.summary().latency().fromMinToMax()) {
            cells.add(unit.format(seconds));
          }
          return cells;
        });
  }

  private Drawing phases() {
    PlotlyFigure figure = new PlotlyFigure("Where the time goes");
    List<Column> factors = section.shownFactors();
    for (Phase phase : Phase.values()) {
      boolean seen =
          groups().stream().anyMatch(group -> group.summary().phaseMeans().get(phase) > 0);
      if (seen) {
        ObjectNode bar = figure.trace("bar").put("name", phase.text());
        bar.put("color", phase.ordinal());
        ArrayNode names = bar.putArray("y");
        // Two lists are two levels of the axis.
        for (Column factor : factors) {
          ArrayNode level = factors.size() > 1 ? names.addArray() : names;
          groups().forEach(group -> level.add(PlotlyFigure.label(group.key().get(factor))));
        }
        bar.put("orientation", "h");
        ArrayNode means = bar.putArray("x");
        groups().forEach(group -> number(means, group.summary().phaseMeans().get(phase)));
      }
    }
    figure.layout().put("barmode", "relative");
    figure.axis("x", 1, "mean per call (" + unit.symbol() + ")");
    figure.axis("y", 1, "").put("autorange", "reversed");
    return figure.drawing(
        ids.get(),
        "Mean latency of " + section.function() + " by the phases that it is made of.",
        Math.max(300, 130 + 30 * groups().size()),
        phaseMeans());
  }

  private String phaseMeans() {
    List<String> names = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      names.add(phase.text());
    }
    return table(
        "Mean of the phases in " + unit.name(),
        names,
        group -> {
          List<String> cells = new ArrayList<>();
          for (Phase phase : Phase.values()) {
            cells.add(unit.format(group.summary().phaseMeans().get(phase)));
          }
          return cells;
        });
  }

  /** The numbers of a group. */
  private interface Cells {
    List<String> of(ReportSection.Group group);
  }

  private String table(String caption, List<String> numbers, Cells cells) {
    List<String> header = new ArrayList<>();
    section.shownFactors().forEach(factor -> header.add(Grouping.word(factor)));
    int names = header.size();
    header.addAll(numbers);
    List<List<String>> rows = new ArrayList<>();
    for (ReportSection.Group group : groups()) {
      List<String> row = new ArrayList<>();
      section.shownFactors().forEach(factor -> row.add(group.key().get(factor)));
      row.addAll(cells.of(group));
      rows.add(row);
    }
    return Html.table(caption, header, names, rows);
  }
}
