package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.EventLoop;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The event loop of real nodes: posted actions and due timers, run one at a time by the thread that
 * calls {@link #runUntil}. Its clock is {@link System#nanoTime}; one wall-clock anchor, read at
 * construction, turns its values into instants, so that a step of the wall clock during a run moves
 * no time stamp against another.
 */
public final class WallClockLoop implements EventLoop {
  private final long startNanos;
  private final long anchorNanos;
  private final LinkedBlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
  private final TreeSet<Alarm> alarms = new TreeSet<>();
  private long alarmsMade;

  /** A loop whose time starts now. */
  public WallClockLoop() {
    // The tightest of a few pairs: the wall clock is read between two readings of the other one.
    long bestGap = Long.MAX_VALUE;
    long bestStart = 0;
    Instant bestInstant = Instant.EPOCH;
    for (int i = 0; i < 16; i++) {
      long before = System.nanoTime();
      Instant wall = Instant.now();
      long gap = System.nanoTime() - before;
      if (gap < bestGap) {
        bestGap = gap;
        bestStart = before + gap / 2;
        bestInstant = wall;
      }
    }
    startNanos = bestStart;
    anchorNanos = bestInstant.getEpochSecond() * 1_000_000_000L + bestInstant.getNano();
  }

  @Override
  public long nowNanos() {
    return System.nanoTime() - startNanos;
  }

  @Override
  public long epochNanosOf(long nanos) {
    long exact = anchorNanos + nanos;
    return exact - exact % 1000;
  }

  @Override
  public void post(Runnable action) {
    posted.add(action);
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    Alarm alarm = new Alarm(nowNanos() + Math.max(0, delayNanos), alarmsMade++, action);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  @Override
  public void runUntil(BooleanSupplier done) throws InterruptedException {
    while (!done.getAsBoolean()) {
      next().run();
    }
  }

  /** The next action, waiting for it; a due timer goes before what was posted after it was due. */
  private Runnable next() throws InterruptedException {
    while (true) {
      if (alarms.isEmpty()) {
        return posted.take();
      }
      Alarm first = alarms.first();
      long left = first.dueNanos - nowNanos();
      if (left <= 0) {
        alarms.remove(first);
        return first.action;
      }
      Runnable action = posted.poll(left, TimeUnit.NANOSECONDS);
      if (action != null) {
        return action;
      }
    }
  }

  /** A pending timer; equal times run in the order in which they were asked for. */
  private record Alarm(long dueNanos, long number, Runnable action) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      int byTime = Long.compare(dueNanos, other.dueNanos);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
