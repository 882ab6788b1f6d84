package io.github.faasbench.plan.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace with a row for every call. It is read twice: first to see its functions, their calls and
 * how far its rows are out of order, then call by call, holding back no more than that disorder
 * demands.
 */
final class CallTrace implements Trace {

  private final TraceSource source;
  private final List<TraceFunction> functions;
  private final Map<String, Integer> indexOf;
  private final long firstNanos;
  private final long lastNanos;
  private final long disorderNanos;

  private CallTrace(
      TraceSource source,
      List<TraceFunction> functions,
      Map<String, Integer> indexOf,
      long firstNanos,
      long lastNanos,
      long disorderNanos) {
    this.source = source;
    this.functions = functions;
    this.indexOf = indexOf;
    this.firstNanos = firstNanos;
    this.lastNanos = lastNanos;
    this.disorderNanos = disorderNanos;
  }

  static Trace read(TraceSource source) {
    Map<String, long[]> counts = new LinkedHashMap<>();
    // A call that ran before the trace began would come before 0: then its arrival is the start.
    long first = 0;
    long last = Long.MIN_VALUE;
    long disorder = 0;
    boolean timed;
    try (CallRows rows = new CallRows(source)) {
      timed = rows.timed();
      while (rows.next()) {
        counts.computeIfAbsent(rows.key(), key -> new long[1])[0]++;
        if (counts.size() > MOST_FUNCTIONS) {
          throw rows.problem(
              "more than " + MOST_FUNCTIONS + " functions: is that the right column?");
        }
        first = Math.min(first, rows.arrivalNanos());
        last = Math.max(last, rows.arrivalNanos());
        disorder = Math.max(disorder, last - rows.arrivalNanos());
      }
      if (counts.isEmpty()) {
        throw rows.problem("the trace has no call");
      }
    }
    var names = new ShortNames();
    var functions = new ArrayList<TraceFunction>();
    var indexOf = new HashMap<String, Integer>();
    for (String key : most(counts, source.functions())) {
      indexOf.put(key, functions.size());
      String name = names.of(CallRows.name(key));
      functions.add(new TraceFunction(name, counts.get(key)[0], 0, timed));
    }
    return new CallTrace(source, List.copyOf(functions), indexOf, first, last, disorder);
  }

  /** Those with the most calls, in the order of the file; of equals the first. */
  private static List<String> most(Map<String, long[]> counts, int wanted) {
    var keys = new ArrayList<>(counts.keySet());
    keys.sort(Comparator.comparingLong(key -> -counts.get(key)[0]));
    var chosen = new HashSet<>(keys.subList(0, Math.min(wanted, keys.size())));
    return counts.keySet().stream().filter(chosen::contains).toList();
  }

  @Override
  public List<TraceFunction> functions() {
    return functions;
  }

  @Override
  public long lengthNanos() {
    return lastNanos - firstNanos;
  }

  @Override
  public TraceCalls open(long seed) {
    return new OrderedCalls(new CallRows(source), indexOf, firstNanos, disorderNanos);
  }
}
