package io.github.faasbench.plan.trace;

/**
 * A file with a row for every call, as it stands there. {@code azure2021} states when a call ended
 * and how long it ran; it came that much before its end.
 */
final class CallRows implements AutoCloseable {

  private static final String SEPARATOR = "\n";

  private final TraceTable table;
  private final boolean simple;
  private final int functionColumn;
  private final int appColumn;
  private final int timeColumn;
  private final int durationColumn;
  private long arrivalNanos;
  private long execNanos = -1;

  /** Opens it at its first row. */
  CallRows(TraceSource source) {
    table = new TraceTable(source.file());
    simple = source.format() == TraceSource.Format.SIMPLE;
    functionColumn = table.column(simple ? "function" : "func");
    appColumn = simple ? -1 : table.column("app");
    timeColumn = table.column(simple ? "arrival_s" : "end_timestamp");
    durationColumn = simple ? table.header().indexOf("duration_s") : table.column("duration");
  }

  /** Moves to the next row; false when there is none. */
  boolean next() {
    if (!table.next()) {
      return false;
    }
    long last = arrivalNanos;
    arrivalNanos = table.nanos(timeColumn);
    if (durationColumn >= 0) {
      execNanos = table.nanos(durationColumn);
    }
    if (!simple) {
      arrivalNanos -= execNanos;
    } else if (arrivalNanos < last) {
      throw table.problem("arrival_s is before that of the row above; sort the file by arrival_s");
    }
    return true;
  }

  /** The row's function, as no other is called: one's name is unique only within its app. */
  String key() {
    String function = table.text(functionColumn);
    return appColumn < 0 ? function : function + SEPARATOR + table.text(appColumn);
  }

  /** The function's name in its {@link #key}. */
  static String name(String key) {
    int end = key.indexOf(SEPARATOR);
    return end < 0 ? key : key.substring(0, end);
  }

  /** When the call came; before 0 where it ran before the trace began. */
  long arrivalNanos() {
    return arrivalNanos;
  }

  /** -1: the file does not say. */
  long execNanos() {
    return execNanos;
  }

  boolean timed() {
    return durationColumn >= 0;
  }

  TraceException problem(String text) {
    return table.problem(text);
  }

  @Override
  public void close() {
    table.close();
  }
}
