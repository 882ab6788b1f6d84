package io.github.faasbench.report.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.FactorComparison;
import io.github.faasbench.analysis.series.Ratio;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.series.Worth;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.Figures;
import io.github.faasbench.report.Html;
import io.github.faasbench.report.Intervals;
import io.github.faasbench.report.TimeUnitChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How sure the figures are: means with their intervals, and differences with theirs. */
public final class IntervalFigures {

  /** Of more pairs the first ones, in reading order. */
  private static final int MOST_PAIRS = 40;

  private final ReportSection section;
  private final TimeUnitChoice unit;
  private final Supplier<String> ids;

  public IntervalFigures(ReportSection section, Supplier<String> ids) {
    this.section = section;
    this.unit = section.unit();
    this.ids = ids;
  }

  /** The figures; none when no call ended ok, and no difference where nothing is compared. */
  public List<Drawing> all() {
    List<Drawing> figures = new ArrayList<>();
    if (section.hasLatency()) {
      figures.add(means());
      if (!section.comparisons().isEmpty()) {
        figures.add(differences());
      }
    }
    return figures;
  }

  private Drawing means() {
    PlotlyFigure figure = new PlotlyFigure("Means with " + intervals());
    List<Column> factors = section.shownFactors();
    Column by = factors.get(factors.size() - 1);
    Column series = factors.size() > 1 ? factors.get(0) : null;
    List<String> names = series == null ? List.of("") : section.values(series);
    for (String name : names) {
      ObjectNode points = figure.trace("scatter").put("mode", "markers");
      points.put("name", PlotlyFigure.label(name)).put("whiskers", true);
      points.put("color", names.indexOf(name)).put("symbol", names.indexOf(name));
      ArrayNode x = points.putArray("x");
      ArrayNode y = points.putArray("y");
      ObjectNode error = points.putObject("error_y").put("type", "data").put("symmetric", false);
      ArrayNode above = error.putArray("array");
      ArrayNode below = error.putArray("arrayminus");
      for (ReportSection.Group group : section.groups()) {
        if (group.hasLatency() && (series == null || group.key().get(series).equals(name))) {
          double mean = group.summary().latency().mean();
          Interval interval = group.summary().interval(Statistic.MEAN);
          x.add(PlotlyFigure.label(group.key().get(by)));
          PlotlyFigure.number(y, mean * unit.perSecond());
          PlotlyFigure.number(above, (interval.high() - mean) * unit.perSecond());
          PlotlyFigure.number(below, (mean - interval.low()) * unit.perSecond());
        }
      }
    }
    figure.layout().put("scattermode", "group").put("scattergap", 0.5);
    figure.axis("x", 1, Grouping.word(by)).put("type", "category");
    range(figure.axis("y", 1, "mean latency (" + unit.symbol() + ")").putArray("range"));
    return figure.drawing(
        ids.get(),
        "Mean latency of "
            + section.function()
            + " with "
            + intervals()
            + "; the axis need not begin at 0. Where none is drawn, there is none: the table says"
            + " why.",
        0,
        meansTable() + percentilesTable());
  }

  /** Intervals within blocks of time are not called 95 % intervals. */
  private String intervals() {
    return withinBlocks() ? "intervals within these blocks of time" : "95 % intervals";
  }

  private boolean withinBlocks() {
    return section.groups().stream()
        .anyMatch(group -> group.summary().observations().withinBlocks());
  }

  /** From the lowest end of an interval to the highest: plotly would begin at 0. */
  private void range(ArrayNode range) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (ReportSection.Group group : section.groups()) {
      if (group.hasLatency()) {
        double mean = group.summary().latency().mean();
        Interval interval = group.summary().interval(Statistic.MEAN);
        low = Math.min(low, interval.known() ? interval.low() : mean);
        high = Math.max(high, interval.known() ? interval.high() : mean);
      }
    }
    double margin = high > low ? 0.06 * (high - low) : 0.1 * high + 1e-9;
    PlotlyFigure.number(range, Math.max(0, low - margin) * unit.perSecond());
    PlotlyFigure.number(range, (high + margin) * unit.perSecond());
  }

  private String meansTable() {
    List<String> header =
        new ArrayList<>(section.shownFactors().stream().map(Grouping::word).toList());
    int names = header.size();
    header.addAll(List.of("mean", "from", "to", "median", "from", "to"));
    header.addAll(List.of("worth", "lag 1", "MSER-5 cut", "by"));
    List<List<String>> rows = new ArrayList<>();
    for (ReportSection.Group group : section.groups()) {
      List<String> row = new ArrayList<>();
      section.shownFactors().forEach(factor -> row.add(group.key().get(factor)));
      Interval mean = group.summary().interval(Statistic.MEAN);
      Interval median = group.summary().interval(Statistic.MEDIAN);
      row.add(unit.format(group.summary().latency().mean()));
      row.add(unit.format(mean.low()));
      row.add(unit.format(mean.high()));
      row.add(unit.format(group.summary().latency().median()));
      row.add(unit.format(median.low()));
      row.add(unit.format(median.high()));
      Worth worth = group.summary().observations().worth();
      row.add(Long.toString(Math.round(worth.independent())));
      row.add(Figures.decimals(worth.lag1(), 2));
      row.add(Long.toString(group.summary().observations().mserCut()));
      row.add(mean.method());
      rows.add(row);
    }
    return Html.table(
        "Latency in "
            + unit.name()
            + " with "
            + intervals()
            + "; worth: how many independent calls the calls are worth; lag 1: of batches of calls;"
            + " MSER-5 cut: calls that it would leave out at the beginning, a hint",
        header,
        names,
        rows);
  }

  private String percentilesTable() {
    List<String> header =
        new ArrayList<>(section.shownFactors().stream().map(Grouping::word).toList());
    int names = header.size() + 1;
    header.addAll(List.of("percentile", "value", "from", "to", "by, or why not"));
    List<List<String>> rows = new ArrayList<>();
    for (ReportSection.Group group : section.groups()) {
      group
          .summary()
          .latency()
          .percentiles()
          .forEach(
              (percent, value) -> {
                Statistic statistic = Statistic.quantile(percent / 100);
                Interval interval = group.summary().interval(statistic);
                List<String> row = new ArrayList<>();
                section.shownFactors().forEach(factor -> row.add(group.key().get(factor)));
                row.add(statistic.text());
                row.add(unit.format(value));
                row.add(unit.format(interval.low()));
                row.add(unit.format(interval.high()));
                row.add(interval.method());
                rows.add(row);
              });
    }
    return Html.table(
        "Percentiles in " + unit.name() + " with " + intervals(), header, names, rows);
  }

  private record Pair(FactorComparison family, Comparison of) {

    String name(ReportSection section) {
      String rest =
          section.shownFactors().stream()
              .filter(factor -> factor != family.factor())
              .map(factor -> " (" + of.first().key().get(factor) + ")")
              .collect(Collectors.joining());
      return family.value(of.second()) + " : " + family.value(of.first()) + rest;
    }

    /** The same in a figure: no part of it gives way for the others. */
    String label(ReportSection section) {
      return Arrays.stream(name(section).split(" : "))
          .map(PlotlyFigure::label)
          .collect(Collectors.joining(" : "));
    }
  }

  private List<Pair> pairs() {
    return section.comparisons().stream()
        .flatMap(family -> family.primary().stream().map(pair -> new Pair(family, pair)))
        .limit(MOST_PAIRS)
        .toList();
  }

  private Drawing differences() {
    PlotlyFigure figure = new PlotlyFigure("Differences: ratio to the baseline");
    List<Pair> pairs = pairs();
    for (boolean shown : new boolean[] {true, false}) {
      ObjectNode points = figure.trace("scatter").put("mode", "markers").put("whiskers", true);
      points.put("name", shown ? "difference shown" : "none shown");
      points.put("color", shown ? 0 : 6).put("symbol", shown ? 0 : 7);
      ArrayNode x = points.putArray("x");
      ArrayNode y = points.putArray("y");
      ObjectNode error = points.putObject("error_x").put("type", "data").put("symmetric", false);
      ArrayNode above = error.putArray("array");
      ArrayNode below = error.putArray("arrayminus");
      for (Pair pair : pairs) {
        Ratio ratio = pair.of().ratio();
        if (pair.of().shown() == shown && ratio.value() > 0 && !Double.isInfinite(ratio.value())) {
          PlotlyFigure.number(x, ratio.value());
          y.add(pair.label(section));
          PlotlyFigure.number(above, ratio.interval().high() - ratio.value());
          PlotlyFigure.number(below, ratio.value() - ratio.interval().low());
        }
      }
    }
    figure.axis("x", 1, "times as long").put("type", "log");
    ObjectNode names = figure.axis("y", 1, "").put("type", "category").put("autorange", "reversed");
    names.put("categoryorder", "array");
    ArrayNode order = names.putArray("categoryarray");
    pairs.forEach(pair -> order.add(pair.label(section)));
    ObjectNode one = figure.layout().putArray("shapes").addObject().put("type", "line");
    one.put("x0", 1).put("x1", 1).put("yref", "paper").put("y0", 0).put("y1", 1);
    return figure.drawing(
        ids.get(),
        "How many times as long the first of each pair takes as the second, the baseline, by the "
            + pairs.get(0).of().statistic().text()
            + ", with the 95 % interval: left of 1 the first is faster. Filled: the test shows a"
            + " difference (Student's t, Holm over the run). Without an interval there is no"
            + " verdict: the table says why.",
        Math.max(260, 120 + 26 * pairs.size()),
        differencesTable(pairs));
  }

  private String differencesTable(List<Pair> pairs) {
    List<List<String>> rows = new ArrayList<>();
    for (Pair pair : pairs) {
      Comparison of = pair.of();
      Ratio ratio = of.ratio();
      rows.add(
          List.of(
              pair.name(section),
              of.statistic().text(),
              Figures.decimals(ratio.value(), 4),
              Figures.decimals(ratio.interval().low(), 4),
              Figures.decimals(ratio.interval().high(), 4),
              Figures.decimals(of.p(), 4),
              of.shown() ? "yes" : of.decided() ? "~" : "no verdict",
              ratio.units() + " " + Intervals.word(ratio.unit()),
              ratio.paired() ? "yes" : "no",
              of.obstacle()));
    }
    return Html.table(
        "Ratios to the baseline with 95 % intervals",
        List.of(
            "pair",
            "statistic",
            "ratio",
            "from",
            "to",
            "p (Holm)",
            "shown",
            "over",
            "paired",
            "why not"),
        1,
        rows);
  }
}
