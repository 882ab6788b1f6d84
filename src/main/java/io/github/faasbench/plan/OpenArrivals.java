package io.github.faasbench.plan;

import io.github.faasbench.random.Stream;

/** Calls of a process of arrivals, each of a function drawn evenly, until there are enough. */
final class OpenArrivals implements Arrivals {

  private final DueTimes times;
  private final int functions;
  private final Stream choice;
  private final long endNanos;
  private long left;
  private long dueNanos;
  private int function;

  /**
   * @param functions how many there are
   * @param choice which of them a call is of
   * @param calls how many are made at most
   * @param endNanos no call is due then or later
   */
  OpenArrivals(DueTimes times, int functions, Stream choice, long calls, long endNanos) {
    this.times = times;
    this.functions = functions;
    this.choice = choice;
    this.left = calls;
    this.endNanos = endNanos;
  }

  @Override
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    dueNanos = times.nextNanos();
    if (dueNanos >= endNanos) {
      left = 0;
      return false;
    }
    function = functions == 1 ? 0 : choice.nextInt(functions);
    return true;
  }

  @Override
  public long dueNanos() {
    return dueNanos;
  }

  @Override
  public int function() {
    return function;
  }

  @Override
  public long execNanos() {
    return -1;
  }

  @Override
  public long initNanos() {
    return -1;
  }
}
