package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.EventLoop;
import java.util.ArrayList;
import java.util.List;

/** Time as a part of a node has it: it stands still while that part does. */
final class NodeClock {

  private final EventLoop loop;
  private final List<Pending> due = new ArrayList<>();
  private boolean stopped;
  private long stoppedAt;

  /** For how long it has stood still in all. */
  private long lost;

  NodeClock(EventLoop loop) {
    this.loop = loop;
  }

  boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
    stoppedAt = loop.nowNanos();
  }

  void goOn() {
    stopped = false;
    lost += loop.nowNanos() - stoppedAt;
    List<Pending> late = List.copyOf(due);
    due.clear();
    late.forEach(Pending::run);
  }

  /** Runs the action when that much of this clock's time has passed. */
  EventLoop.Timer after(long nanos, Runnable action) {
    return new Pending(nanos, action);
  }

  private final class Pending implements Runnable, EventLoop.Timer {
    private final Runnable action;
    private EventLoop.Timer timer;
    private long dueAt;
    private long lostBefore;
    private boolean cancelled;

    Pending(long nanos, Runnable action) {
      this.action = action;
      lostBefore = lost;
      // What is set while the clock stands still has lost only what is still to come.
      dueAt = (stopped ? stoppedAt : loop.nowNanos()) + nanos;
      timer = loop.after(nanos, this);
    }

    @Override
    public void run() {
      if (cancelled) {
        return;
      }
      if (stopped) {
        due.add(this);
        return;
      }
      dueAt += lost - lostBefore;
      lostBefore = lost;
      long left = dueAt - loop.nowNanos();
      if (left > 0) {
        timer = loop.after(left, this);
      } else {
        action.run();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      timer.cancel();
    }
  }
}
