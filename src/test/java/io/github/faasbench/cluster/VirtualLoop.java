package io.github.faasbench.cluster;

import java.time.Instant;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** An event loop in virtual time for tests: no thread, no clock, ties by order of posting. */
public final class VirtualLoop implements EventLoop {

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long sequence;

  private record Event(long at, long sequence, Runnable action, boolean[] cancelled)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(sequence, other.sequence);
    }
  }

  @Override
  public long nowNanos() {
    return now;
  }

  @Override
  public Instant instantOf(long nanos) {
    return Instant.parse("2000-01-01T00:00:00Z").plusNanos(nanos);
  }

  @Override
  public void post(Runnable action) {
    after(0, action);
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    boolean[] cancelled = {false};
    events.add(new Event(now + delayNanos, sequence++, action, cancelled));
    return () -> cancelled[0] = true;
  }

  @Override
  public void runUntil(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      Event event = events.poll();
      if (event == null) {
        throw new AssertionError("nothing left to happen, and the test still waits");
      }
      now = event.at();
      if (!event.cancelled()[0]) {
        event.action().run();
      }
    }
  }

  /** How many actions are yet to come. */
  public int pending() {
    return (int) events.stream().filter(event -> !event.cancelled()[0]).count();
  }

  /** Runs all that is due up to that time. */
  public void runFor(long nanos) {
    boolean[] over = {false};
    after(nanos, () -> over[0] = true);
    runUntil(() -> over[0]);
  }
}
