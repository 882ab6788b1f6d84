package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.StandstillException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Virtual time: a queue of events in integer nanoseconds from 0. Events of one instant run in the
 * order in which they were asked for. It has no thread and looks at no clock: time jumps to the
 * next event.
 */
public final class SimLoop implements EventLoop {

  private static final long START_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final int FEW = 64;

  private Thread owner = Thread.currentThread();
  private long now;
  private long sequence;

  /** A binary heap by (time, order), in parallel arrays: comparing touches no object. */
  private long[] times = new long[FEW];

  private long[] orders = new long[FEW];
  private Event[] events = new Event[FEW];
  private int size;
  private int cancelled;

  /** What is to run now, in a ring: most of what a gateway posts never sees the heap. */
  private Runnable[] posts = new Runnable[FEW];

  private long[] postOrders = new long[FEW];
  private int firstPost;
  private int postCount;

  /** From other threads: an interrupt. */
  private final Queue<Runnable> foreign = new ConcurrentLinkedQueue<>();

  /** Whether any may stand there: cheaper to ask at every event than the queue. */
  private volatile boolean anyForeign;

  @Override
  public long nowNanos() {
    return now;
  }

  /** Counted from 2000-01-01T00:00:00Z, so that equal runs have equal rows. */
  @Override
  public long epochNanosOf(long nanos) {
    return Math.addExact(START_SECONDS * 1_000_000_000L, nanos - nanos % 1000);
  }

  @Override
  public void post(Runnable action) {
    if (Thread.currentThread() != owner) {
      foreign.add(action);
      anyForeign = true;
      return;
    }
    if (postCount == posts.length) {
      growPosts();
    }
    int last = firstPost + postCount++ & posts.length - 1;
    posts[last] = action;
    postOrders[last] = sequence++;
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    long due = now + Math.max(0, delayNanos);
    Event event = new Event(action);
    insert(due < now ? Long.MAX_VALUE : due, sequence++, event);
    return event;
  }

  /**
   * Runs events until the condition holds.
   *
   * @throws StandstillException nothing is left to happen, so that it never will
   */
  @Override
  public void runUntil(BooleanSupplier done) {
    owner = Thread.currentThread();
    while (!done.getAsBoolean()) {
      next().run();
    }
  }

  /** How many events are yet to come. */
  public int pending() {
    return size - cancelled + postCount;
  }

  /** How many are held in the heap, cancelled ones included. */
  int held() {
    return size;
  }

  private Runnable next() {
    if (anyForeign) {
      takeForeign();
    }
    while (true) {
      boolean timerFirst =
          size > 0 && (postCount == 0 || times[0] == now && orders[0] < postOrders[firstPost]);
      if (!timerFirst) {
        return firstPost();
      }
      long due = times[0];
      Runnable action = events[0].take();
      removeFirst();
      if (action != null) {
        now = due;
        return action;
      }
      cancelled--;
    }
  }

  private void takeForeign() {
    anyForeign = false; // before they are taken: one that comes now is seen now or the next time
    for (Runnable action = foreign.poll(); action != null; action = foreign.poll()) {
      post(action);
    }
  }

  private Runnable firstPost() {
    if (postCount == 0) {
      throw new StandstillException(
          "the simulation has nothing left to do at "
              + now / 1e9
              + " s of virtual time, and something still waits for an answer");
    }
    Runnable action = posts[firstPost];
    posts[firstPost] = null;
    firstPost = firstPost + 1 & posts.length - 1;
    postCount--;
    return action;
  }

  private void growPosts() {
    int length = posts.length;
    Runnable[] actions = new Runnable[2 * length];
    long[] sequences = new long[2 * length];
    for (int i = 0; i < postCount; i++) {
      actions[i] = posts[firstPost + i & length - 1];
      sequences[i] = postOrders[firstPost + i & length - 1];
    }
    posts = actions;
    postOrders = sequences;
    firstPost = 0;
  }

  private void insert(long time, long order, Event event) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    int hole = size++;
    while (hole > 0) {
      int parent = hole - 1 >>> 1;
      if (!before(time, order, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, order, event);
  }

  private void removeFirst() {
    int last = --size;
    long time = times[last];
    long order = orders[last];
    Event event = events[last];
    events[last] = null;
    if (last > 0) {
      sink(0, time, order, event);
    }
  }

  private void sink(int from, long time, long order, Event event) {
    int hole = from;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && before(times[child + 1], orders[child + 1], child)) {
        child++;
      }
      if (before(time, order, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, order, event);
  }

  private boolean before(long time, long order, int place) {
    return time < times[place] || time == times[place] && order < orders[place];
  }

  private void move(int from, int to) {
    put(to, times[from], orders[from], events[from]);
  }

  private void put(int place, long time, long order, Event event) {
    times[place] = time;
    orders[place] = order;
    events[place] = event;
  }

  /** Cancelled events stay until they are due, or until they are the greater part. */
  private void dropCancelled() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (events[i].action != null) {
        move(i, kept++);
      }
    }
    Arrays.fill(events, kept, size, null);
    size = kept;
    cancelled = 0;
    for (int i = (size >>> 1) - 1; i >= 0; i--) {
      sink(i, times[i], orders[i], events[i]);
    }
  }

  private final class Event implements Timer {
    private Runnable action;

    Event(Runnable action) {
      this.action = action;
    }

    Runnable take() {
      Runnable taken = action;
      action = null;
      return taken;
    }

    @Override
    public void cancel() {
      if (take() != null && ++cancelled > FEW && cancelled > size / 2) {
        dropCancelled();
      }
    }
  }
}
