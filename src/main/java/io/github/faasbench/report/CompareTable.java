package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.Sample;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.OldAndNew;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Old and new, a line a cell, as benchstat shows them: medians, the change with its 95 % interval,
 * {@code ~} where none is shown, p, and how many calls (or repetitions) it comes from.
 */
public final class CompareTable {

  private static final List<Column> ALWAYS =
      List.of(Column.FUNCTION, Column.POLICY, Column.WARMING);
  private static final List<String> FIGURES =
      List.of("old", "new", "change", "95 % interval", "p", "n");

  private final List<Comparison> cells;
  private final TimeUnitChoice unit;
  private final List<Column> names;

  private CompareTable(List<Comparison> cells) {
    this.cells = cells;
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
    return new CompareTable(compared.cells()).draw(compared, width);
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
    return text.append('\n').append(legend()).toString();
  }

  private List<String> row(Comparison cell) {
    List<String> cells = new ArrayList<>();
    names.forEach(column -> cells.add(Figures.visible(cell.first().key().get(column))));
    cells.add(orDash(unit.format(cell.first().latency().median())));
    cells.add(orDash(unit.format(cell.second().latency().median())));
    cells.add(cell.shown() ? change(cell.medianRatio().value()) : "~");
    cells.add(interval(cell.medianRatio().interval()));
    cells.add(p(cell.p()));
    cells.add(units(cell.first(), cell) + "+" + units(cell.second(), cell));
    return cells;
  }

  private static int units(io.github.faasbench.analysis.GroupSummary group, Comparison cell) {
    return cell.byRepetition() ? group.sample().repetitions() : group.sample().size();
  }

  private String legend() {
    boolean repetitions = cells.stream().allMatch(Comparison::byRepetition);
    boolean calls = cells.stream().noneMatch(Comparison::byRepetition);
    long tooFew = cells.stream().filter(Comparison::tooFew).count();
    boolean sampled =
        cells.stream()
            .anyMatch(c -> !c.first().sample().complete() || !c.second().sample().complete());
    String unitOfTest =
        repetitions ? "repetitions' medians" : calls ? "calls" : "repetitions' medians, or calls";
    return "median latency in "
        + unit.name()
        + "; ~: no difference shown; p: Mann-Whitney of "
        + unitOfTest
        + (sampled
            ? String.format(Locale.ROOT, ", a sample where there are more than %,d", Sample.SIZE)
            : "")
        + ", corrected by Holm\n"
        + (tooFew == 0
            ? ""
            : "in "
                + tooFew
                + " of "
                + cells.size()
                + " cells there are too few "
                + (repetitions ? "repetitions" : "of them")
                + " to show any difference\n");
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
