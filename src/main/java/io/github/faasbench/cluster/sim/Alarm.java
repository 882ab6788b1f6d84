package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.EventLoop;

/**
 * The next moment at which something must be looked at. There is one event for it at most: when the
 * moment moves away, the event stays, and the look finds nothing yet.
 */
final class Alarm implements Runnable {

  private final EventLoop loop;
  private final Runnable action;
  private EventLoop.Timer timer;
  private long due;

  Alarm(EventLoop loop, Runnable action) {
    this.loop = loop;
    this.action = action;
  }

  /** Rings at the latest when so much time has passed; {@link Long#MAX_VALUE}: need not. */
  void within(long nanos) {
    if (nanos == Long.MAX_VALUE) {
      return;
    }
    long wanted = loop.nowNanos() + nanos;
    if (timer == null || wanted < due) {
      if (timer != null) {
        timer.cancel();
      }
      due = wanted;
      timer = loop.after(nanos, this);
    }
  }

  @Override
  public void run() {
    timer = null;
    action.run();
  }
}
