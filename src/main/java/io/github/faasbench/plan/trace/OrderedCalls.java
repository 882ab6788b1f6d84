package io.github.faasbench.plan.trace;

import java.util.Map;
import java.util.PriorityQueue;

/**
 * The calls of a file in the order of arrival. How far its rows are out of order is known: none
 * comes more than {@code disorderNanos} before any that stands above it. So a call that came that
 * long before the latest one read has nobody left to wait for.
 */
final class OrderedCalls implements TraceCalls {

  /** Of some 60 bytes each. */
  private static final int MOST_HELD = 5_000_000;

  private record Held(long arrivalNanos, long row, int function, long execNanos)
      implements Comparable<Held> {
    @Override
    public int compareTo(Held other) {
      int byTime = Long.compare(arrivalNanos, other.arrivalNanos);
      return byTime != 0 ? byTime : Long.compare(row, other.row);
    }
  }

  private final CallRows rows;
  private final Map<String, Integer> indexOf;
  private final long firstNanos;
  private final long disorderNanos;
  private final PriorityQueue<Held> held = new PriorityQueue<>();
  private long latestNanos = Long.MIN_VALUE;
  private long row;
  private boolean more = true;
  private Held current;

  /**
   * @param indexOf the functions that are wanted
   * @param firstNanos becomes time 0
   */
  OrderedCalls(CallRows rows, Map<String, Integer> indexOf, long firstNanos, long disorderNanos) {
    this.rows = rows;
    this.indexOf = indexOf;
    this.firstNanos = firstNanos;
    this.disorderNanos = disorderNanos;
  }

  @Override
  public boolean next() {
    while (more && !ripe()) {
      read();
    }
    current = held.poll();
    return current != null;
  }

  /** How many calls wait for their turn. */
  int held() {
    return held.size();
  }

  private boolean ripe() {
    return !held.isEmpty() && held.peek().arrivalNanos() <= latestNanos - disorderNanos;
  }

  private void read() {
    more = rows.next();
    if (!more) {
      return;
    }
    row++;
    latestNanos = Math.max(latestNanos, rows.arrivalNanos());
    Integer function = indexOf.get(rows.key());
    if (function == null) {
      return;
    }
    held.add(new Held(rows.arrivalNanos(), row, function, rows.execNanos()));
    if (held.size() > MOST_HELD) {
      throw rows.problem(
          "the rows are too far out of order: "
              + MOST_HELD
              + " calls would have to be held to sort them; sort the file by start"
              + " (end_timestamp - duration)");
    }
  }

  @Override
  public long arrivalNanos() {
    return current.arrivalNanos() - firstNanos;
  }

  @Override
  public int function() {
    return current.function();
  }

  @Override
  public long execNanos() {
    return current.execNanos();
  }

  @Override
  public long initNanos() {
    return -1;
  }

  @Override
  public void close() {
    rows.close();
  }
}
