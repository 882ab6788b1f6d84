package io.github.faasbench.report.figure;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.words.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the calls are laid out: up to two factors are compared within a figure, each combination of
 * the others has a section.
 *
 * @param columns in reading order
 * @param factors one or two of them
 */
public record Grouping(List<Column> columns, List<Column> factors) {

  /** Policies and warming types are compared, each function and load has a section. */
  public static final Grouping CELL =
      new Grouping(GroupKey.CELL, List.of(Column.POLICY, Column.WARMING));

  /** Columns that name something: the others are measured, and have a value a call. */
  private static final Set<Column> NAMES =
      EnumSet.of(
          Column.EXPERIMENT,
          Column.RUN,
          Column.CELL,
          Column.REPETITION,
          Column.FUNCTION,
          Column.IMAGE,
          Column.POLICY,
          Column.WARMING,
          Column.KEEP_ALIVE,
          Column.WORKLOAD,
          Column.BACKEND,
          Column.MODE,
          Column.NODE,
          Column.ATTEMPTS,
          Column.OUTCOME,
          Column.EXIT_CODE,
          Column.IN_FLIGHT);

  public Grouping {
    columns = List.copyOf(columns);
    factors = List.copyOf(factors);
  }

  /** What calls can be grouped by, as in the CSV's header. */
  public static List<String> names() {
    return NAMES.stream().map(Column::header).toList();
  }

  /**
   * By these columns of the CSV: the first two are compared, the others make sections.
   *
   * @throws RecordsException a name is none of a column to group by
   */
  public static Grouping of(List<String> headers) throws RecordsException {
    List<Column> columns = new ArrayList<>();
    for (String header : headers) {
      Column column = Column.named(header.strip()).filter(NAMES::contains).orElse(null);
      if (column == null || columns.contains(column)) {
        throw new RecordsException(
            "--group-by: `"
                + header.strip()
                + "` is "
                + (column == null ? "no column to group by" : "there twice")
                + "; choose of "
                + String.join(", ", names())
                + (column == null ? NearestName.asked(header.strip(), names()) : ""));
      }
      columns.add(column);
    }
    return new Grouping(columns, columns.subList(0, Math.min(2, columns.size())));
  }

  /**
   * The same for these groups: cells that all have one policy, or one warming type, are compared by
   * keep-alive too where that is what differs; what was chosen by hand stays.
   */
  public Grouping fitting(Collection<GroupKey> groups) {
    List<Column> varying =
        Stream.of(Column.POLICY, Column.WARMING, Column.KEEP_ALIVE)
            .filter(column -> groups.stream().map(key -> key.get(column)).distinct().count() > 1)
            .toList();
    boolean free = equals(CELL) && varying.size() < 3 && varying.contains(Column.KEEP_ALIVE);
    return free ? new Grouping(columns, varying) : this;
  }

  /** What all calls of a section have in common. */
  public List<Column> sections() {
    return columns.stream().filter(column -> !factors.contains(column)).toList();
  }

  /** The same, all functions together. */
  public Grouping ofAllFunctions() {
    return new Grouping(
        columns.stream().filter(column -> column != Column.FUNCTION).toList(), factors);
  }

  /** Whether a group is a cell, so that its calls follow each other in time. */
  public boolean isCell() {
    return columns.containsAll(GroupKey.CELL_OF_MANY);
  }

  static String word(Column column) {
    return column == Column.WARMING ? "warming type" : column.header().replace('_', ' ');
  }
}
