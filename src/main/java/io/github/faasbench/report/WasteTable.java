package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.Waste;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.List;

/** What waiting containers came to, a line a group, where any did. */
public final class WasteTable {

  private static final List<String> FIGURES =
      List.of("containers", "evicted", "pre-warms used", "wasted");

  private final Summary summary;
  private final List<Column> names;
  private final MemoryTimeUnit unit;

  /**
   * @param names columns whose values tell the groups apart
   */
  WasteTable(Summary summary, List<Column> names) {
    this.summary = summary;
    this.names = names;
    unit = MemoryTimeUnit.of(summary.wastes().values());
  }

  /** The unit of idle memory is in the header; empty where no container waited. */
  public static List<String> header(MemoryTimeUnit unit) {
    List<String> header = new ArrayList<>(FIGURES);
    header.add("idle, " + unit.symbol());
    return header;
  }

  /** The figures of a group, in the order of the header. */
  public static List<String> figures(Waste waste, MemoryTimeUnit unit) {
    return List.of(
        Long.toString(waste.containers()),
        Long.toString(waste.evicted()),
        Long.toString(waste.preWarmsUsed()),
        Long.toString(waste.preWarmsWasted()),
        unit.format(waste.mean()));
  }

  String text(int width) {
    if (!isWorthIt()) {
      return "";
    }
    List<GroupSummary> groups = groups();
    TextGrid grid = grid(groups);
    StringBuilder text = new StringBuilder("\ncontainers that waited for calls");
    text.append(caption()).append('\n').append(grid.headerLine(width)).append('\n');
    for (int i = 0; i < groups.size(); i++) {
      text.append(grid.rowLine(i, width)).append('\n');
    }
    return text.toString();
  }

  String markdown() {
    if (!isWorthIt()) {
      return "";
    }
    List<GroupSummary> groups = groups();
    TextGrid grid = grid(groups);
    StringBuilder text = new StringBuilder("\n**Containers that waited for calls**");
    text.append(caption()).append("\n\n").append(grid.markdownHeader()).append('\n');
    for (int i = 0; i < groups.size(); i++) {
      text.append(grid.markdownRow(i)).append('\n');
    }
    return text.toString();
  }

  private boolean isWorthIt() {
    return summary.wastes().values().stream().anyMatch(waste -> waste.containers() > 0);
  }

  private String caption() {
    boolean several = summary.wastes().values().stream().anyMatch(w -> w.repetitions() > 1);
    return several ? " (idle memory: of a repetition)" : "";
  }

  private List<GroupSummary> groups() {
    return summary.groups().stream().filter(group -> summary.waste(group).isPresent()).toList();
  }

  private TextGrid grid(List<GroupSummary> groups) {
    List<String> header = new ArrayList<>();
    names.forEach(column -> header.add(column.header().replace('_', ' ')));
    header.addAll(header(unit));
    header.set(0, "  " + header.get(0));
    TextGrid grid = new TextGrid(header, names.size());
    for (GroupSummary group : groups) {
      List<String> cells = new ArrayList<>();
      names.forEach(column -> cells.add(Figures.visible(group.key().get(column))));
      cells.addAll(figures(summary.waste(group).orElseThrow(), unit));
      cells.replaceAll(cell -> cell.isEmpty() ? "-" : cell);
      cells.set(0, "  " + cells.get(0));
      grid.add(cells);
    }
    return grid;
  }
}
