package io.github.faasbench.plan;

import io.github.faasbench.plan.trace.TraceCalls;

/** Calls of a trace, perhaps faster than they came, until there are enough. */
final class TraceArrivals implements Arrivals {

  private final TraceCalls calls;
  private final double speedup;
  private final int functions;
  private final boolean timed;
  private final long endNanos;
  private long left;
  private long dueNanos;

  /**
   * @param speedup divides arrival times
   * @param functions the trace's functions map in order onto that many
   * @param timed whether the trace's service times count
   * @param most how many calls are made at most
   * @param endNanos no call is due then or later
   */
  TraceArrivals(
      TraceCalls calls, double speedup, int functions, boolean timed, long most, long endNanos) {
    this.calls = calls;
    this.speedup = speedup;
    this.functions = functions;
    this.timed = timed;
    this.left = most;
    this.endNanos = endNanos;
  }

  @Override
  public boolean next() {
    if (left == 0 || !calls.next()) {
      left = 0;
      return false;
    }
    left--;
    dueNanos = speedup == 1 ? calls.arrivalNanos() : (long) (calls.arrivalNanos() / speedup);
    if (dueNanos >= endNanos) {
      left = 0;
      return false;
    }
    return true;
  }

  @Override
  public long dueNanos() {
    return dueNanos;
  }

  @Override
  public int function() {
    return calls.function() % functions;
  }

  @Override
  public long execNanos() {
    return timed ? calls.execNanos() : -1;
  }

  @Override
  public long initNanos() {
    return timed ? calls.initNanos() : -1;
  }

  @Override
  public void close() {
    calls.close();
  }
}
