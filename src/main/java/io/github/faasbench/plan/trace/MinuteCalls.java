package io.github.faasbench.plan.trace;

import io.github.faasbench.plan.trace.MinuteRows.Counts;
import io.github.faasbench.plan.trace.TraceSource.Placement;
import io.github.faasbench.random.Stream;
import java.util.Arrays;
import java.util.List;

/** Calls from counts per minute: one minute's are placed and sorted at a time. */
final class MinuteCalls implements TraceCalls {

  /** A call as one number that sorts by time: 36 bits of nanoseconds, 27 of the function. */
  private static final int FUNCTION_BITS = 27;

  private static final int FUNCTION_MASK = (1 << FUNCTION_BITS) - 1;

  private final List<Counts> functions;
  private final List<MinuteTrace.Times> times;
  private final Placement placement;
  private final long seed;
  private final long[] keys;

  /** Per function: which of its minutes with calls comes next. */
  private final int[] next;

  private final Stream random = new Stream(0);
  private long[] calls = new long[64];
  private int size;
  private int at = -1;
  private long minute = -1;

  MinuteCalls(
      List<Counts> functions, List<MinuteTrace.Times> times, Placement placement, long seed) {
    this.functions = functions;
    this.times = times;
    this.placement = placement;
    this.seed = seed;
    next = new int[functions.size()];
    keys = functions.stream().mapToLong(function -> hash(function.key())).toArray();
  }

  @Override
  public boolean next() {
    at++;
    while (at == size) {
      at = 0;
      if (!nextMinute()) {
        size = 0;
        at = -1;
        return false;
      }
    }
    return true;
  }

  /** Goes to the next minute that has calls; false when there is none. */
  private boolean nextMinute() {
    minute = Long.MAX_VALUE;
    for (int i = 0; i < next.length; i++) {
      int[] minutes = functions.get(i).minutes();
      minute = next[i] < minutes.length ? Math.min(minute, minutes[next[i]]) : minute;
    }
    size = 0;
    for (int i = 0; minute < Long.MAX_VALUE && i < next.length; i++) {
      Counts counts = functions.get(i);
      if (next[i] < counts.minutes().length && counts.minutes()[next[i]] == minute) {
        place(i, counts.calls()[next[i]++]);
      }
    }
    Arrays.sort(calls, 0, size);
    return size > 0;
  }

  /**
   * A function's calls of a minute depend on seed, function and minute alone: they are the same
   * whichever other functions were asked for.
   */
  private void place(int function, int count) {
    if (calls.length < size + count) {
      calls = Arrays.copyOf(calls, Math.max(2 * calls.length, size + count));
    }
    random.reset(seed, keys[function] + minute);
    for (long i = 0; i < count; i++) {
      long nanos =
          placement == Placement.EQUIDISTANT
              ? i * MinuteTrace.MINUTE_NANOS / count
              : (long) (random.nextDouble() * MinuteTrace.MINUTE_NANOS);
      calls[size++] = nanos << FUNCTION_BITS | function;
    }
  }

  @Override
  public long arrivalNanos() {
    return minute * MinuteTrace.MINUTE_NANOS + (calls[at] >>> FUNCTION_BITS);
  }

  @Override
  public int function() {
    return (int) calls[at] & FUNCTION_MASK;
  }

  @Override
  public long execNanos() {
    return times.get(function()).execNanos();
  }

  @Override
  public long initNanos() {
    return times.get(function()).initNanos();
  }

  @Override
  public void close() {}

  /** 64 bits of a text (Fowler, Noll and Vo's FNV-1a): two functions hardly ever share one. */
  private static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }
}
