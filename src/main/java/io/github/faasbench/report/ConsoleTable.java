package io.github.faasbench.report;

import io.github.faasbench.analysis.Distribution;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.validity.Warning;
import io.github.faasbench.analysis.validity.Warnings;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Environment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The summary at the end of a run, as plain text: a block a function, a line a group (two where the
 * terminal is narrow). Factors that are the same everywhere are left out, except policy and warming
 * type.
 */
public final class ConsoleTable {

  private static final List<Column> ALWAYS = List.of(Column.POLICY, Column.WARMING);

  /** Of the percentiles that every summary has, those that fit into a line of a terminal. */
  private static final List<Double> FEW = List.of(50.0, 95.0);

  private final Summary summary;
  private final int width;
  private final TimeUnitChoice unit;
  private final List<Column> names;
  private final Statistic primary;
  private final List<Double> percentiles;
  private boolean withWorth;
  private boolean withInterval;
  private boolean withImprovement = true;
  private boolean withImprovementInterval;
  private boolean withSlowdown;

  private ConsoleTable(Summary summary, int width) {
    this.summary = summary;
    this.width = width;
    this.unit = TimeUnitChoice.of(summary);
    this.names = summary.columns().stream().filter(this::isShown).toList();
    this.primary = Intervals.primary(summary);
    List<Double> wanted = summary.designs().percentiles();
    this.percentiles = wanted.equals(Distribution.PERCENTILES) ? FEW : wanted;
  }

  /**
   * Draws the table, its legend and the notes; each line ends with a newline.
   *
   * @param width of the terminal in characters; names are shortened to keep to it where it can be
   */
  public static String render(Summary summary, int width) {
    return render(summary, List.of(), width);
  }

  /**
   * The same, with what the run's surroundings may have spoilt.
   *
   * @param environments of the summary's runs, where they are known
   */
  public static String render(Summary summary, Collection<Environment> environments, int width) {
    return summary.groups().isEmpty()
        ? "No invocation was recorded.\n"
        : new ConsoleTable(summary, width).draw(Warnings.of(summary, environments));
  }

  /** The same as Markdown, to be pasted where people talk. */
  public static String markdown(Summary summary) {
    return summary.groups().isEmpty()
        ? "No invocation was recorded.\n"
        : new ConsoleTable(summary, Integer.MAX_VALUE).drawMarkdown();
  }

  private boolean isShown(Column column) {
    if (column == Column.FUNCTION) {
      return false;
    }
    return ALWAYS.contains(column)
        || summary.groups().stream().map(group -> group.key().get(column)).distinct().count() > 1;
  }

  private String draw(List<Warning> warnings) {
    withWorth = summary.groups().stream().anyMatch(g -> g.observations().worth().dependent());
    withInterval = summary.groups().stream().anyMatch(g -> g.interval(primary).known());
    withImprovementInterval = isCompared();
    TextGrid whole = fitting();
    boolean narrow = !whole.fits(width);
    withImprovement |= narrow;
    List<TextGrid> grids =
        narrow ? List.of(grid(true, false, ""), grid(false, true, "gain")) : List.of(whole);
    StringBuilder text = new StringBuilder();
    String function = null;
    for (int i = 0; i < summary.groups().size(); i++) {
      String next = Figures.visible(summary.groups().get(i).key().get(Column.FUNCTION));
      if (!next.equals(function)) {
        text.append(function == null ? "" : "\n");
        text.append(next.isEmpty() ? "" : TextGrid.shortened(next, width) + "\n");
        grids.forEach(grid -> text.append(grid.headerLine(width)).append('\n'));
        function = next;
      }
      int row = i;
      grids.forEach(grid -> text.append(grid.rowLine(row, width)).append('\n'));
    }
    text.append('\n').append(legend(narrow));
    text.append(waste().text(width));
    ConsoleVerdicts.lines(summary, width).forEach(line -> text.append(line).append('\n'));
    List<String> remarks = new ArrayList<>();
    summary.notes().forEach(note -> remarks.add("note: " + note));
    warnings.forEach(warning -> remarks.add("warning: " + Figures.visible(warning.text())));
    remarks.stream()
        .flatMap(remark -> TextGrid.wrapped(remark, width).stream())
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Gives up what is least missed, one after the other, until a line has room. */
  private TextGrid fitting() {
    List<Runnable> less =
        List.of(
            () -> withWorth = false,
            () -> withImprovement = isCompared(),
            () -> withImprovementInterval = false,
            () -> withInterval = false);
    TextGrid whole = grid(true, true, "improvement");
    for (int i = 0; i < less.size() && !whole.fits(width); i++) {
      less.get(i).run();
      whole = grid(true, true, "improvement");
    }
    return whole;
  }

  private String drawMarkdown() {
    withWorth = true;
    withInterval = true;
    withImprovementInterval = isCompared();
    withSlowdown =
        summary.groups().stream().anyMatch(g -> !Double.isNaN(g.sample().slowdown().median()));
    TextGrid grid = grid(true, true, "improvement");
    StringBuilder text = new StringBuilder();
    String function = null;
    for (int i = 0; i < summary.groups().size(); i++) {
      String next = Figures.visible(summary.groups().get(i).key().get(Column.FUNCTION));
      if (!next.equals(function)) {
        text.append(function == null ? "" : "\n");
        text.append(next.isEmpty() ? "" : "**" + TextGrid.markdown(next) + "**\n\n");
        text.append(grid.markdownHeader()).append('\n');
        function = next;
      }
      text.append(grid.markdownRow(i)).append('\n');
    }
    text.append('\n').append(legend(false));
    text.append(waste().markdown());
    for (String line : ConsoleVerdicts.lines(summary, Integer.MAX_VALUE)) {
      String words = TextGrid.markdown(line.strip());
      boolean item = line.startsWith(" ");
      String indent = line.startsWith("    ") ? "  - " : "- ";
      text.append(item ? indent + words : words.isEmpty() ? "" : "**" + words + "**\n")
          .append('\n');
    }
    summary
        .notes()
        .forEach(note -> text.append("- note: ").append(TextGrid.markdown(note)).append('\n'));
    return text.toString();
  }

  /** Names and figures side by side; or one of them, where a line has no room for both. */
  private TextGrid grid(boolean withNames, boolean withFigures, String improvement) {
    List<String> header = new ArrayList<>();
    if (withNames) {
      names.forEach(column -> header.add(label(column)));
    }
    if (withFigures) {
      header.add("n");
      if (withWorth) {
        header.add("worth");
      }
      header.add("failed");
      addFigure(header, Statistic.MEAN, "mean", intervalName());
      for (double percent : percentiles) {
        Statistic one = Statistic.quantile(percent / 100);
        addFigure(header, one, one.text(), intervalName());
      }
      if (withSlowdown) {
        header.addAll(List.of("slowdown", "its p99"));
      }
      if (withImprovement) {
        header.add(improvement);
      }
    }
    TextGrid grid = new TextGrid(indented(header), names(withNames));
    for (GroupSummary group : summary.groups()) {
      List<String> cells = new ArrayList<>();
      if (withNames) {
        names.forEach(column -> cells.add(Figures.visible(group.key().get(column))));
      }
      if (withFigures) {
        cells.addAll(figures(group));
      }
      grid.add(indented(cells));
    }
    return grid;
  }

  /** A figure, and its interval where it is the one that verdicts are about. */
  private void addFigure(List<String> to, Statistic statistic, String figure, String interval) {
    to.add(figure);
    if (withInterval && statistic.equals(primary)) {
      to.add(interval);
    }
  }

  private String intervalName() {
    return Intervals.name(summary);
  }

  private boolean isCompared() {
    return summary.groups().stream()
        .anyMatch(group -> !Double.isNaN(group.improvement().percent()));
  }

  private int names(boolean withNames) {
    return withNames ? names.size() : 0;
  }

  private static List<String> indented(List<String> cells) {
    cells.set(0, "  " + cells.get(0));
    return cells;
  }

  private List<String> figures(GroupSummary group) {
    List<String> figures = new ArrayList<>();
    figures.add(Long.toString(group.calls()));
    if (withWorth) {
      figures.add(Long.toString(Math.round(group.observations().worth().independent())));
    }
    figures.add(Long.toString(group.failed()));
    String interval = withInterval ? Intervals.text(group.interval(primary), unit) : "";
    String mean = orDash(unit.format(group.latency().mean()));
    // Beside a median that counts failed calls as infinitely slow.
    boolean marked = group.failed() > 0 && !Double.isNaN(group.latency().mean());
    addFigure(figures, Statistic.MEAN, marked ? mean + " (ok)" : mean, interval);
    for (double percent : percentiles) {
      double value = group.latency().percentiles().getOrDefault(percent, Double.NaN);
      Statistic one = Statistic.quantile(percent / 100);
      addFigure(figures, one, orDash(unit.format(value)), interval);
    }
    if (withSlowdown) {
      figures.add(orDash(Figures.factor(group.sample().slowdown().median())));
      figures.add(orDash(Figures.factor(group.sample().slowdown().p99())));
    }
    if (withImprovement) {
      figures.add(improvement(group));
    }
    return figures;
  }

  private String improvement(GroupSummary group) {
    String percent = orDash(Figures.percent(group.improvement().percent()));
    Interval interval = group.improvement().interval();
    return withImprovementInterval && interval.known()
        ? percent
            + " ("
            + Figures.decimals(interval.low(), 1)
            + " to "
            + Figures.decimals(interval.high(), 1)
            + ")"
        : percent;
  }

  private WasteTable waste() {
    return new WasteTable(summary, summary.varying(Column.KEEP_ALIVE));
  }

  private String legend(boolean narrow) {
    List<String> legend = new ArrayList<>();
    legend.add(
        "latency in "
            + unit.name()
            + (withSlowdown ? "; slowdown: latency by service time (exec), its median" : "")
            + (isCompared()
                ? (narrow ? "; gain: improvement" : "; improvement:")
                    + " of the mean, against cold"
                    + (withImprovementInterval ? ", with its 95 % interval" : "")
                : ""));
    if (withWorth) {
      legend.add("worth: how many independent calls the calls are worth");
    }
    if (withInterval) {
      legend.add(Intervals.legend(summary));
    }
    if (summary.failed() > 0) {
      legend.add("(ok): of the calls that ended ok");
    }
    long warmUp = summary.groups().stream().mapToLong(GroupSummary::warmUp).sum();
    if (warmUp > 0) {
      legend.add("left out as warm-up: " + warmUp + " calls; all figures are of the others");
    }
    return legend.stream()
        .flatMap(line -> TextGrid.wrapped(line, width).stream())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String label(Column column) {
    return column.header().replace('_', ' ');
  }

  private static String orDash(String figure) {
    return figure.isEmpty() ? "-" : figure;
  }
}
