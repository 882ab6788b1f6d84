package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import java.util.ArrayList;
import java.util.List;

/**
 * What the calls of one group have in common.
 *
 * @param columns that the records are grouped by
 * @param values of these columns, in the same order
 */
public record GroupKey(List<Column> columns, List<String> values) {

  /** A cell over all its repetitions: the factors, within one run of one experiment. */
  public static final List<Column> CELL =
      List.of(
          Column.EXPERIMENT,
          Column.RUN,
          Column.FUNCTION,
          Column.POLICY,
          Column.WARMING,
          Column.WORKLOAD,
          Column.KEEP_ALIVE);

  /** The same over all its functions: a trace has more of them than anybody reads. */
  public static final List<Column> CELL_OF_MANY =
      CELL.stream().filter(column -> column != Column.FUNCTION).toList();

  /** Of loads with more, a summary has one group for all functions. */
  public static final int MOST_FUNCTIONS = 20;

  public GroupKey {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }

  /** The group that the row belongs to. */
  public static GroupKey of(Invocation row, List<Column> columns) {
    return new GroupKey(columns, columns.stream().map(column -> value(row, column)).toList());
  }

  /** Whether the row belongs to this group. */
  public boolean holds(Invocation row) {
    for (int i = 0; i < columns.size(); i++) {
      if (!value(row, columns.get(i)).equals(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The value of a column; empty when the records are not grouped by it. */
  public String get(Column column) {
    int at = columns.indexOf(column);
    return at < 0 ? "" : values.get(at);
  }

  /** The key of the group that differs only in this column; this one when it is no part of it. */
  public GroupKey with(Column column, String value) {
    List<String> changed = new ArrayList<>(values);
    int at = columns.indexOf(column);
    if (at >= 0) {
      changed.set(at, value);
    }
    return new GroupKey(columns, changed);
  }

  /** The group that holds this one and has fewer columns; those that it lacks are left out. */
  public GroupKey of(List<Column> fewer) {
    List<Column> kept = fewer.stream().filter(columns::contains).toList();
    return new GroupKey(kept, kept.stream().map(this::get).toList());
  }

  // The names as configured: Column.of may put an apostrophe before them for spreadsheets.
  private static String value(Invocation row, Column column) {
    return switch (column) {
      case EXPERIMENT -> row.experiment();
      case RUN -> row.run();
      case CELL -> row.cell();
      case FUNCTION -> row.function();
      case IMAGE -> row.image();
      case POLICY -> row.policy();
      case WARMING -> row.warming();
      case KEEP_ALIVE -> row.keepAlive();
      case WORKLOAD -> row.workload();
      case BACKEND -> row.backend();
      case MODE -> row.mode();
      case NODE -> row.node();
      default -> column.of(row);
    };
  }
}
