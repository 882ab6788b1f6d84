package io.github.faasbench.plan.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions of a file of calls per minute that have calls, or those with the most. Only they
 * are held, and of them only the minutes that have calls: a day of the whole Azure trace, with its
 * 46,000 functions, takes some 50 MB.
 */
final class MinuteRows {

  static final String APP = "HashApp";
  static final String FUNCTION = "HashFunction";

  /** The trace itself calls them 1, 2, …; samples of it also minute_1, minute_2, …. */
  private static final Pattern MINUTE = Pattern.compile("(?:minute_)?([1-9]\\d{0,5})");

  /**
   * A function's calls.
   *
   * @param row of the file, to keep the order
   * @param minutes those with calls, from 0
   * @param calls in each of them
   */
  record Counts(long row, String app, String name, long total, int[] minutes, int[] calls) {
    String key() {
      return MinuteRows.key(app, name);
    }
  }

  private final List<Counts> functions;
  private final Map<String, Integer> functionsByApp;
  private final int minutes;

  private MinuteRows(List<Counts> functions, Map<String, Integer> functionsByApp, int minutes) {
    this.functions = List.copyOf(functions);
    this.functionsByApp = functionsByApp;
    this.minutes = minutes;
  }

  /** What tells a function from all others: its name does only within its app. */
  static String key(String app, String function) {
    return app + "\n" + function;
  }

  static MinuteRows read(Path file, int wanted) {
    var most =
        new PriorityQueue<Counts>(
            Comparator.comparingLong(Counts::total)
                .thenComparing(Comparator.comparingLong(Counts::row).reversed()));
    Map<String, Integer> byApp = new HashMap<>();
    int[] columns;
    try (TraceTable table = new TraceTable(file)) {
      int app = table.column(APP);
      int function = table.column(FUNCTION);
      columns = minuteColumns(table);
      for (long row = 0; table.next(); row++) {
        byApp.merge(table.text(app), 1, Integer::sum);
        Counts counts = counts(table, row, table.text(app), table.text(function), columns);
        if (counts.total() > 0) {
          most.add(counts);
        }
        if (most.size() > wanted) {
          most.poll();
        }
        if (most.size() > Trace.MOST_FUNCTIONS) {
          throw table.problem(
              "more than "
                  + Trace.MOST_FUNCTIONS
                  + " functions with calls; take those with the most"
                  + " (functions: 1000)");
        }
      }
      if (most.isEmpty()) {
        throw table.problem("the trace has no call");
      }
    }
    var functions = new ArrayList<>(most);
    functions.sort(Comparator.comparingLong(Counts::row));
    return new MinuteRows(functions, byApp, columns.length);
  }

  /** Where minute 1, 2, … stand; one that is missing would shift or hide calls. */
  private static int[] minuteColumns(TraceTable table) {
    Map<Integer, Integer> columnOf = new HashMap<>();
    for (int column = 0; column < table.header().size(); column++) {
      Matcher name = MINUTE.matcher(table.header().get(column));
      if (name.matches() && columnOf.put(Integer.valueOf(name.group(1)), column) != null) {
        throw table.problem("minute " + name.group(1) + " has two columns");
      }
    }
    var columns = new int[Math.max(1, columnOf.size())];
    for (int minute = 1; minute <= columns.length; minute++) {
      if (!columnOf.containsKey(minute)) {
        throw table.problem(
            "no column for minute "
                + minute
                + ", though there are "
                + columnOf.size()
                + " of minutes; they are called 1, 2, … or minute_1, minute_2, …");
      }
      columns[minute - 1] = columnOf.get(minute);
    }
    return columns;
  }

  private static Counts counts(TraceTable table, long row, String app, String name, int[] columns) {
    var minutes = new int[columns.length];
    var calls = new int[columns.length];
    int used = 0;
    long total = 0;
    for (int minute = 0; minute < columns.length; minute++) {
      int count = table.count(columns[minute]);
      if (count > 0) {
        minutes[used] = minute;
        calls[used++] = count;
        total += count;
      }
    }
    return new Counts(
        row, app, name, total, Arrays.copyOf(minutes, used), Arrays.copyOf(calls, used));
  }

  List<Counts> functions() {
    return functions;
  }

  /** How many functions of the app the file has, with calls or without. */
  int functionsOf(String app) {
    return functionsByApp.get(app);
  }

  int minutes() {
    return minutes;
  }
}
