package io.github.faasbench.plan.trace;

import io.github.faasbench.plan.trace.MinuteRows.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace with a row for every function and its calls in each minute. Service times and memory
 * stand in further files, as one figure for all calls: {@code Average} is how long a call runs,
 * {@code Maximum} how long one in a new container does (as FaasCache reads the trace, Fuerst and
 * Sharma, ASPLOS 2021), both cut to whole milliseconds; an app's memory is shared evenly by its
 * functions.
 */
final class MinuteTrace implements Trace {

  static final long MINUTE_NANOS = 60_000_000_000L;

  private static final long MILLI_NANOS = 1_000_000;
  private static final double MEBIBYTE = 1 << 20;

  /** A function's calls run that long; -1: not known. */
  record Times(long execNanos, long initNanos) {
    static final Times UNKNOWN = new Times(-1, -1);
  }

  private final TraceSource source;
  private final MinuteRows rows;
  private final List<TraceFunction> functions;
  private final List<Times> times = new ArrayList<>();

  private MinuteTrace(TraceSource source) {
    this.source = source;
    rows = MinuteRows.read(source.file(), source.functions());
    Map<String, Times> durations = source.durations().isEmpty() ? Map.of() : durations();
    Map<String, Double> memory = source.memory().isEmpty() ? Map.of() : memory();
    var names = new ShortNames();
    var described = new ArrayList<TraceFunction>();
    for (Counts counts : rows.functions()) {
      Times known = durations.getOrDefault(counts.key(), Times.UNKNOWN);
      double shared = memory.getOrDefault(counts.app(), 0.0) / rows.functionsOf(counts.app());
      double mebibytes = memory.getOrDefault(counts.key(), shared);
      described.add(
          new TraceFunction(
              names.of(counts.name()),
              counts.total(),
              Math.round(mebibytes * MEBIBYTE),
              known != Times.UNKNOWN));
      times.add(known);
    }
    functions = List.copyOf(described);
  }

  static Trace read(TraceSource source) {
    return new MinuteTrace(source);
  }

  private Map<String, Times> durations() {
    Map<String, Times> found = new HashMap<>();
    try (TraceTable table = new TraceTable(source.durations().get())) {
      int app = table.column(MinuteRows.APP);
      int function = table.column(MinuteRows.FUNCTION);
      int average = table.column("Average");
      int maximum = table.column("Maximum");
      while (table.next()) {
        long warm = table.millis(average) * MILLI_NANOS;
        long cold = table.millis(maximum) * MILLI_NANOS;
        String key = MinuteRows.key(table.text(app), table.text(function));
        found.put(key, new Times(warm, Math.max(0, cold - warm)));
      }
    }
    return found;
  }

  /** Mebibytes by app, or by function where the file tells them apart. */
  private Map<String, Double> memory() {
    Map<String, Double> found = new HashMap<>();
    try (TraceTable table = new TraceTable(source.memory().get())) {
      int app = table.column(MinuteRows.APP);
      int function = table.header().indexOf(MinuteRows.FUNCTION);
      int average = table.column("AverageAllocatedMb");
      while (table.next()) {
        String key = table.text(app);
        found.put(
            function < 0 ? key : MinuteRows.key(key, table.text(function)), table.number(average));
      }
    }
    return found;
  }

  @Override
  public List<TraceFunction> functions() {
    return functions;
  }

  @Override
  public long lengthNanos() {
    return rows.minutes() * MINUTE_NANOS;
  }

  @Override
  public TraceCalls open(long seed) {
    return new MinuteCalls(rows.functions(), times, source.placement(), seed);
  }
}
