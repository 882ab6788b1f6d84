package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.OldAndNew;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Old and new, a line a cell, as benchstat shows them: the statistic of both, the change with its
 * 95 % interval, {@code ~} where none is shown, p, and what it comes from.
 */
public final class CompareTable {

  private static final List<Column> ALWAYS =
      List.of(Column.FUNCTION, Column.POLICY, Column.WARMING);
  private static final List<String> FIGURES =
      List.of("old", "new", "change", "95 % interval", "p", "units");

  private final List<Comparison> cells;
  private final Statistic statistic;
  private final TimeUnitChoice unit;
  private final List<Column> names;

  private CompareTable(List<Comparison> cells, Statistic statistic) {
    this.cells = cells;
    this.statistic = statistic;
    List<Column> columns = cells.get(0).first().key().columns();
    unit =
        TimeUnitChoice.of(
            new Summary(
                columns, cells.stream().flatMap(c -> Stream.of(c.first(), c.second())).toList()));
    names = columns.stream().filter(column -> ALWAYS.contains(column) || varies(column)).toList();
  }

  private boolean varies(Column column) {
    return cells.stream().map(cell -> cell.first().key().get(column)).distinct().count() > 1;
  }

  /**
   * Draws the table and how to read it; each line ends with a newline.
   *
   * @param compared at least one cell
   * @param width of the terminal in characters
   */
  public static String render(OldAndNew compared, int width) {
    return new CompareTable(compared.cells(), compared.statistic()).draw(compared, width);
  }

  private String draw(OldAndNew compared, int width) {
    List<String> header = new ArrayList<>();
    names.forEach(column -> header.add(column.header().replace('_', ' ')));
    header.addAll(FIGURES);
    TextGrid grid = new TextGrid(header, names.size());
    cells.forEach(cell -> grid.add(row(cell)));
    double mean = compared.geometricMean();
    if (!Double.isNaN(mean)) {
      List<String> last = new ArrayList<>(List.of("geometric mean"));
      names.stream().skip(1).forEach(name -> last.add(""));
      last.addAll(List.of("", "", change(mean), "", "", ""));
      grid.add(last);
    }
    StringBuilder text = new StringBuilder(grid.headerLine(width)).append('\n');
    for (int i = 0; i < cells.size() + (Double.isNaN(mean) ? 0 : 1); i++) {
      text.append(grid.rowLine(i, width)).append('\n');
    }
    text.append('\n').append(legend());
    cells.stream()
        .filter(cell -> cell.first().failed() + cell.second().failed() > 0)
        .forEach(
            cell ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "failed or rejected in %s: %.1f %% (old), %.1f %% (new)%n",
                        name(cell.first().key()),
                        cell.first().failedPercent(),
                        cell.second().failedPercent())));
    return text.toString();
  }

  private List<String> row(Comparison cell) {
    List<String> cells = new ArrayList<>();
    names.forEach(column -> cells.add(Figures.visible(cell.first().key().get(column))));
    cells.add(value(cell.first()));
    cells.add(value(cell.second()));
    cells.add(cell.shown() ? change(cell.ratio().value()) : cell.decided() ? "~" : described(cell));
    cells.add(interval(cell.ratio().interval()));
    cells.add(p(cell.p()));
    cells.add(units(cell));
    return cells;
  }

  private static String described(Comparison cell) {
    return "(" + change(cell.ratio().value()) + ")";
  }

  private String value(GroupSummary group) {
    return orDash(unit.format(group.observations().value(statistic)));
  }

  /** Such as {@code 20 batches, paired}. */
  private static String units(Comparison cell) {
    if (!cell.decided()) {
      return "-";
    }
    String unit =
        switch (cell.ratio().unit()) {
          case CALL -> " calls";
          case BATCH -> " batches";
          case REPETITION -> " reps";
        };
    return cell.ratio().units() + unit + (cell.ratio().paired() ? ", paired" : "");
  }

  private String legend() {
    boolean failed =
        cells.stream().anyMatch(cell -> cell.first().failed() + cell.second().failed() > 0);
    return statistic.text()
        + " latency in "
        + unit.name()
        + (failed && statistic.kind() != Statistic.Kind.QUANTILE
            ? " of the calls that ended ok"
            : "")
        + (failed && statistic.kind() == Statistic.Kind.QUANTILE
            ? " (failed calls count as infinitely slow)"
            : "")
        + "; ~: no difference shown; (…): described, no verdict; p: Student's t on logarithms,"
        + " corrected by Holm\n"
        + obstacles();
  }

  /** Why cells have no verdict, a line each kind. */
  private String obstacles() {
    Map<String, List<String>> cellsOf = new LinkedHashMap<>();
    cells.stream()
        .filter(cell -> !cell.decided())
        .forEach(
            cell ->
                cellsOf
                    .computeIfAbsent(cell.obstacle(), why -> new ArrayList<>())
                    .add(name(cell.first().key())));
    StringBuilder text = new StringBuilder();
    cellsOf.forEach(
        (why, names) ->
            text.append("no verdict on ")
                .append(names.size() == 1 ? names.get(0) : names.size() + " cells")
                .append(": ")
                .append(why)
                .append('\n'));
    return text.toString();
  }

  /** Such as {@code +10.2 %}. */
  public static String change(double ratio) {
    return Double.isNaN(ratio)
        ? "-"
        : Double.isInfinite(ratio)
            ? "+∞ %"
            : String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1));
  }

  /** Such as {@code +8.1 % to +12.0 %}. */
  public static String interval(Interval ratio) {
    return ratio.known() ? change(ratio.low()) + " to " + change(ratio.high()) : "-";
  }

  /** What a cell is called, by the columns in which cells differ. */
  public static String name(GroupKey key) {
    return Figures.visible(String.join(" · ", key.values()));
  }

  private static String p(double p) {
    return Double.isNaN(p) ? "-" : p < 0.001 ? "<0.001" : Figures.decimals(p, 3);
  }

  private static String orDash(String figure) {
    return figure.isEmpty() ? "-" : figure;
  }
}
