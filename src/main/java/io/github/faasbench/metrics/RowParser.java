package io.github.faasbench.metrics;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Turns the cells of one line into an invocation, by the names of that file's header. */
final class RowParser {

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");

  /** Causes of failures may be as many as the rows. */
  private static final int MOST_NAMES = 100_000;

  /** Without these a row can't be told from others, or says nothing. */
  private static final Set<Column> NEEDED =
      EnumSet.of(
          Column.EXPERIMENT,
          Column.RUN,
          Column.FUNCTION,
          Column.POLICY,
          Column.WARMING,
          Column.OUTCOME,
          Column.ARRIVED_AT,
          Column.LATENCY_S);

  private final int width;
  private final int[] places;
  private final double[] divisors;
  private final String fileName;
  // Few names stand in very many rows: each is kept once, by what stands in its cell.
  private final Map<String, String> names = new HashMap<>();
  private final CellNumbers numbers = new CellNumbers();

  private RowParser(Path file, List<String> header, ColumnMap map) {
    width = header.size();
    places = Arrays.stream(Column.values()).mapToInt(c -> header.indexOf(map.header(c))).toArray();
    if (map.isForeign() && !map.sources().containsKey(Column.PERIOD)) {
      places[Column.PERIOD.ordinal()] = -1; // what others call so is something else
    }
    divisors = Arrays.stream(Column.values()).mapToDouble(map::divisor).toArray();
    fileName = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
  }

  /**
   * Null when the header has not what is needed; the problem is then told. Columns we don't know
   * are passed over, other missing ones count as not measured.
   *
   * @param line of the header
   */
  static RowParser forHeader(
      Path file, long line, List<String> header, ColumnMap map, Consumer<RowProblem> problems) {
    List<String> missing = new ArrayList<>();
    boolean usable = true;
    for (Column column : Column.values()) {
      boolean named = map.sources().containsKey(column) || column == Column.LATENCY_S;
      if (!header.contains(map.header(column)) && (named || !map.isForeign())) {
        missing.add(map.header(column));
        usable &= !(map.isForeign() ? named : NEEDED.contains(column));
      }
    }
    if (!usable) {
      boolean foreign = missing.size() > Column.values().length / 2 || map.isForeign();
      String which = "columns are missing: " + String.join(", ", missing);
      if (foreign) {
        which =
            (map.isForeign() ? which : "not a CSV of faasbench")
                + "; its columns are "
                + shown(String.join(", ", header), 300)
                + "; name those that hold ours with --columns latency_s=THEIRS,function=THEIRS,…";
      }
      problems.accept(new RowProblem(file, line, which + "; no row of this file is used"));
      return null;
    }
    if (!missing.isEmpty() && KnownHeader.older(header).isEmpty()) {
      problems.accept(
          new RowProblem(
              file,
              line,
              "columns are missing and count as not measured: " + String.join(", ", missing)));
    }
    return new RowParser(file, header, map);
  }

  /** Whether the line is a header again, as where files were put together. */
  static boolean isHeader(String line) {
    return line.startsWith(Column.EXPERIMENT.header() + ",")
        && line.contains("," + Column.LATENCY_S.header());
  }

  Invocation parse(List<String> cells) {
    if (cells.size() != width) {
      throw new BadRow(
          "has " + cells.size() + " of " + width + " cells: the line is cut off or damaged");
    }
    Row row = new Row(cells);
    return new Invocation(
        row.nameOr(Column.EXPERIMENT, fileName),
        row.nameOr(Column.RUN, fileName),
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
        row.arrivedAtNanos(),
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
        row.number(Column.IN_FLIGHT),
        row.number(Column.HOST_CONTAINERS),
        row.name(Column.VARIED),
        row.name(Column.WORKFLOW),
        row.whole(Column.PAYLOAD_BYTES),
        row.period());
  }

  private static String shown(String text, int most) {
    return CsvText.oneLine(text.length() > most ? text.substring(0, most) + "…" : text);
  }

  private final class Row {

    private final List<String> cells;

    Row(List<String> cells) {
      this.cells = cells;
    }

    boolean has(Column column) {
      return places[column.ordinal()] >= 0;
    }

    /** Empty where the file has no such column. */
    String cell(Column column) {
      int place = places[column.ordinal()];
      return place < 0 ? "" : cells.get(place);
    }

    String name(Column column) {
      if (names.size() > MOST_NAMES) {
        names.clear();
      }
      return names.computeIfAbsent(cell(column), CsvText::unguarded);
    }

    String nameOr(Column column, String otherwise) {
      return has(column) ? name(column) : otherwise;
    }

    double decimal(Column column) {
      String cell = cell(column);
      return cell.isEmpty() ? Double.NaN : number(column, cell) / divisors[column.ordinal()];
    }

    private double number(Column column, String cell) {
      double plain = CellNumbers.plainDecimal(cell);
      if (!Double.isNaN(plain)) {
        return plain;
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
      if (cell.length() > 18 || !CellNumbers.allDigits(cell)) {
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

    /** Where the file says nothing of it, a call that has a row is taken to have ended ok. */
    Invocation.Outcome outcome() {
      String cell = cell(Column.OUTCOME);
      if (cell.equals("ok") || !has(Column.OUTCOME)) {
        return Invocation.Outcome.OK;
      }
      return Arrays.stream(Invocation.Outcome.values())
          .filter(outcome -> outcome.text().equals(cell))
          .findFirst()
          .orElseThrow(() -> bad(Column.OUTCOME, cell, "ok, failed, timeout, rejected or lost"));
    }

    Invocation.Period period() {
      String cell = cell(Column.PERIOD);
      return switch (cell) {
        case "" -> Invocation.Period.NONE;
        case "measured" -> Invocation.Period.MEASURED;
        case "warm-up" -> Invocation.Period.WARM_UP;
        default -> throw bad(Column.PERIOD, cell, "warm-up, measured, or empty");
      };
    }

    /**
     * ISO-8601, or seconds since 1970; {@link Invocation#NO_TIME} where the file has no such
     * column.
     */
    long arrivedAtNanos() {
      if (!has(Column.ARRIVED_AT)) {
        return Invocation.NO_TIME;
      }
      String cell = cell(Column.ARRIVED_AT);
      try {
        boolean isNumber = cell.indexOf('T') < 0 && DECIMAL.matcher(cell).matches();
        return isNumber ? sinceEpoch(cell) : Invocation.nanosOf(numbers.instant(cell));
      } catch (DateTimeException e) {
        throw bad(Column.ARRIVED_AT, cell, "a time such as 2026-01-31T09:30:00.000000Z");
      }
    }

    private long sinceEpoch(String cell) {
      double seconds = decimal(Column.ARRIVED_AT);
      if (Math.abs(seconds) > 9e9) {
        throw bad(Column.ARRIVED_AT, cell, "seconds since 1970; divide milliseconds by 1000");
      }
      return Math.round(seconds * 1e9);
    }

    private BadRow bad(Column column, String cell, String expected) {
      return new BadRow(column.header() + " is `" + shown(cell, 40) + "`; expected " + expected);
    }
  }
}
