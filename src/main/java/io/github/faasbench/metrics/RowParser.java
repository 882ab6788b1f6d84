package io.github.faasbench.metrics;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Turns the cells of one line into an invocation, by the names of that file's header. */
final class RowParser {

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  private final int width;
  private final int[] places;
  // Few names stand in very many rows: each is kept once.
  private final Map<String, String> names = new HashMap<>();

  private RowParser(int width, int[] places) {
    this.width = width;
    this.places = places;
  }

  /**
   * Null when the header is not ours; the problem is then told. Columns we don't know are passed
   * over.
   */
  static RowParser forHeader(Path file, List<String> header, Consumer<RowProblem> problems) {
    List<String> missing =
        Column.headers().stream().filter(name -> !header.contains(name)).toList();
    if (!missing.isEmpty()) {
      String which =
          missing.size() == Column.headers().size()
              ? "not a CSV of faasbench"
              : "columns are missing: " + String.join(", ", missing);
      problems.accept(new RowProblem(file, 1, which + "; no row of this file is used"));
      return null;
    }
    int[] places =
        Arrays.stream(Column.values()).mapToInt(c -> header.indexOf(c.header())).toArray();
    return new RowParser(header.size(), places);
  }

  Invocation parse(List<String> cells) {
    if (cells.size() != width) {
      throw new BadRow(
          "has " + cells.size() + " of " + width + " cells: the line is cut off or damaged");
    }
    Row row = new Row(cells);
    return new Invocation(
        row.name(Column.EXPERIMENT),
        row.name(Column.RUN),
        row.name(Column.CELL),
        row.number(Column.REPETITION),
        row.whole(Column.INVOCATION),
        row.name(Column.FUNCTION),
        row.name(Column.IMAGE),
        row.name(Column.POLICY),
        row.name(Column.WARMING),
        row.name(Column.KEEP_ALIVE),
        row.name(Column.WORKLOAD),
        row.name(Column.BACKEND),
        row.name(Column.MODE),
        row.name(Column.NODE),
        row.number(Column.ATTEMPTS),
        row.outcome(),
        row.number(Column.EXIT_CODE),
        row.name(Column.ERROR),
        row.instant(),
        row.decimal(Column.LATENCY_S),
        row.decimal(Column.LAG_S),
        row.decimal(Column.QUEUE_S),
        row.decimal(Column.SELECT_S),
        row.decimal(Column.PULL_S),
        row.decimal(Column.START_S),
        row.decimal(Column.EXEC_S),
        row.decimal(Column.TRANSPORT_S),
        row.whole(Column.PULLED_BYTES),
        row.number(Column.LAYERS_PRESENT),
        row.decimal(Column.CLEANUP_S),
        row.decimal(Column.CPU_PERCENT),
        row.decimal(Column.RAM_PERCENT),
        row.decimal(Column.LOAD_AGE_S),
        row.number(Column.IN_FLIGHT));
  }

  private final class Row {

    private final List<String> cells;

    Row(List<String> cells) {
      this.cells = cells;
    }

    String cell(Column column) {
      return cells.get(places[column.ordinal()]);
    }

    String name(Column column) {
      String name = CsvText.unguarded(cell(column));
      return names.computeIfAbsent(name, same -> same);
    }

    double decimal(Column column) {
      String cell = cell(column);
      if (cell.isEmpty()) {
        return Double.NaN;
      }
      if (!DECIMAL.matcher(cell).matches()) {
        throw bad(column, cell, "a number, or empty");
      }
      double value = Double.parseDouble(cell);
      if (Double.isInfinite(value)) {
        throw bad(column, cell, "a finite number");
      }
      return value;
    }

    long whole(Column column) {
      String cell = cell(column);
      if (cell.isEmpty()) {
        return -1;
      }
      if (!WHOLE.matcher(cell).matches()) {
        throw bad(column, cell, "a whole number, or empty");
      }
      return Long.parseLong(cell);
    }

    int number(Column column) {
      long value = whole(column);
      if (value > Integer.MAX_VALUE) {
        throw bad(column, cell(column), "at most " + Integer.MAX_VALUE);
      }
      return (int) value;
    }

    Invocation.Outcome outcome() {
      String cell = cell(Column.OUTCOME);
      return Arrays.stream(Invocation.Outcome.values())
          .filter(outcome -> outcome.text().equals(cell))
          .findFirst()
          .orElseThrow(() -> bad(Column.OUTCOME, cell, "ok, failed, timeout, rejected or lost"));
    }

    Instant instant() {
      String cell = cell(Column.ARRIVED_AT);
      try {
        return Instant.parse(cell);
      } catch (DateTimeException e) {
        throw bad(Column.ARRIVED_AT, cell, "a time such as 2026-01-31T09:30:00.000000Z");
      }
    }

    private BadRow bad(Column column, String cell, String expected) {
      String shown = cell.length() > 40 ? cell.substring(0, 40) + "…" : cell;
      return new BadRow(
          column.header() + " is `" + CsvText.oneLine(shown) + "`; expected " + expected);
    }
  }
}
