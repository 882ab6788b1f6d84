package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The summary at the end of a run, as plain text: a block a function, a line a group. Factors that
 * are the same everywhere are left out, except policy and warming type.
 */
public final class ConsoleTable {

  private static final List<Column> ALWAYS = List.of(Column.POLICY, Column.WARMING);
  private static final List<String> FIGURES =
      List.of("n", "failed", "mean", "median", "p95", "improvement");

  private final Summary summary;
  private final int width;
  private final TimeUnitChoice unit;
  private final List<Column> names;

  private ConsoleTable(Summary summary, int width) {
    this.summary = summary;
    this.width = width;
    this.unit = TimeUnitChoice.of(summary);
    this.names = summary.columns().stream().filter(this::isShown).toList();
  }

  /**
   * Draws the table, its legend and the notes; each line ends with a newline.
   *
   * @param width of the terminal in characters; names are shortened to keep to it where it can be
   */
  public static String render(Summary summary, int width) {
    return summary.groups().isEmpty()
        ? "No invocation was recorded.\n"
        : new ConsoleTable(summary, width).draw();
  }

  private boolean isShown(Column column) {
    if (column == Column.FUNCTION) {
      return false;
    }
    return ALWAYS.contains(column)
        || summary.groups().stream().map(group -> group.key().get(column)).distinct().count() > 1;
  }

  private String draw() {
    List<String> header = new ArrayList<>();
    names.forEach(column -> header.add("  ".repeat(header.isEmpty() ? 1 : 0) + label(column)));
    header.addAll(FIGURES);
    TextGrid grid = new TextGrid(header, names.size());
    summary.groups().forEach(group -> grid.add(row(group)));

    StringBuilder text = new StringBuilder();
    String function = null;
    for (int i = 0; i < summary.groups().size(); i++) {
      String next = Figures.visible(summary.groups().get(i).key().get(Column.FUNCTION));
      if (!next.equals(function)) {
        text.append(function == null ? "" : "\n");
        text.append(next.isEmpty() ? "" : TextGrid.shortened(next, width) + "\n");
        text.append(grid.headerLine(width)).append('\n');
        function = next;
      }
      text.append(grid.rowLine(i, width)).append('\n');
    }
    text.append('\n').append(legend());
    summary.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    return text.toString();
  }

  private List<String> row(GroupSummary group) {
    List<String> cells = new ArrayList<>();
    for (Column column : names) {
      cells.add((cells.isEmpty() ? "  " : "") + Figures.visible(group.key().get(column)));
    }
    cells.add(Long.toString(group.calls()));
    cells.add(Long.toString(group.failed()));
    cells.add(orDash(unit.format(group.latency().mean())));
    cells.add(orDash(unit.format(group.latency().median())));
    cells.add(orDash(unit.format(group.latency().p95())));
    cells.add(orDash(Figures.percent(group.improvementPercent())));
    return cells;
  }

  private String legend() {
    boolean compared =
        summary.groups().stream().anyMatch(group -> !Double.isNaN(group.improvementPercent()));
    return "latency in "
        + unit.name()
        + ", of the calls that ended ok"
        + (compared ? "; improvement: of the mean, against cold" : "")
        + "\n";
  }

  private static String label(Column column) {
    return column.header().replace('_', ' ');
  }

  private static String orDash(String figure) {
    return figure.isEmpty() ? "-" : figure;
  }
}
