package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * By when one operation on a node ends, whatever it waits for. The operation's thread finds it by
 * {@link #current}. Whatever waits for the node says what it asks for, and gives what it waits on
 * to hold; when the time has come, all that is held is let go, so that the thread wakes up with an
 * error. Should it not, the operation is told as failed without it.
 */
final class Deadline {
  /** Of no operation: nothing ends it. */
  private static final Deadline NONE = new Deadline(() -> {});

  /** How long a thread has to say itself how its operation ended, when all was let go. */
  static final long LAST_WORD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final ThreadLocal<Deadline> CURRENT = ThreadLocal.withInitial(() -> NONE);
  private static final ScheduledThreadPoolExecutor CLOCK = clock();
  private static final ExecutorService LETTING_GO = DaemonThreads.start();

  private final Runnable unanswered;
  private final Map<Object, Runnable> held = new HashMap<>();
  private Future<?> alarm;
  private long endNanos = Long.MAX_VALUE;
  private boolean over;
  private boolean ended;
  private String question = "";
  private long askedNanos = System.nanoTime();

  /**
   * One without a limit yet.
   *
   * @param unanswered told, on a thread that must not wait, when the time is over and so is that
   *     for a last word
   */
  Deadline(Runnable unanswered) {
    this.unanswered = unanswered;
  }

  private static ScheduledThreadPoolExecutor clock() {
    var clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "faasbench-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** That of the operation which this thread carries out. */
  static Deadline current() {
    return CURRENT.get();
  }

  /** The action, for whatever thread carries it out as a part of this operation. */
  Runnable carrying(Runnable action) {
    return () -> {
      Deadline before = CURRENT.get();
      CURRENT.set(this);
      try {
        action.run();
      } finally {
        CURRENT.set(before);
      }
    };
  }

  /** Runs an action that may wait for a connection that is stuck, and whose end nobody awaits. */
  static void letGo(Runnable action) {
    LETTING_GO.execute(action);
  }

  /** At most so long from now, in nanoseconds; never later than it was. */
  synchronized Deadline within(long nanos) {
    long end = System.nanoTime() + nanos;
    boolean sooner = endNanos == Long.MAX_VALUE || end - endNanos < 0;
    if (!over && !ended && sooner) {
      endNanos = end;
      if (alarm != null) {
        alarm.cancel(false);
      }
      alarm = CLOCK.schedule(this::end, nanos, TimeUnit.NANOSECONDS);
    }
    return this;
  }

  /** The operation is answered: nothing is let go any more. */
  synchronized void answered() {
    ended = true;
    held.clear();
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  /** What the node is asked from now on, as it is told where no answer comes. */
  synchronized void asks(String what) {
    if (!over && this != NONE) {
      question = what;
      askedNanos = System.nanoTime();
    }
  }

  /** What the node did not answer. */
  synchronized String words() {
    long waited = System.nanoTime() - askedNanos;
    return String.format(
        Locale.ROOT,
        "it has not answered %s for %.1f s; `faasbench doctor` looks closer",
        question.isEmpty() ? "what it was asked" : question,
        waited / 1e9);
  }

  /**
   * Lets that go when the time is over.
   *
   * @param what by which it is given back
   * @throws IOException it is over, and that has been let go
   */
  void hold(Object what, Runnable letGo) throws IOException {
    synchronized (this) {
      if (!over) {
        if (this != NONE && !ended) {
          held.put(what, letGo);
        }
        return;
      }
    }
    letGo(letGo);
    throw new IOException(words());
  }

  /** Before something is begun that can't be taken back: fails when the time is over. */
  void requireTime() throws NodeException {
    if (isOver()) {
      throw new NodeException(NodeFailure.Kind.UNREACHABLE, words());
    }
  }

  /** That is not waited for any more, or outlives the operation. */
  synchronized void giveBack(Object what) {
    held.remove(what);
  }

  /** Waits for what another thread completes. */
  <T> T await(CompletableFuture<T> awaited) throws IOException, ExecutionException {
    CompletableFuture<T> mine = awaited.copy();
    hold(mine, () -> mine.cancel(false));
    try {
      return mine.get();
    } catch (CancellationException e) {
      throw new IOException(words(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      giveBack(mine);
    }
  }

  /** Now. */
  void end() {
    Map<Object, Runnable> all;
    synchronized (this) {
      if (over || ended) {
        return;
      }
      over = true;
      all = new HashMap<>(held);
      held.clear();
    }
    all.values().forEach(Deadline::letGo);
    CLOCK.schedule(unanswered, LAST_WORD_NANOS, TimeUnit.NANOSECONDS);
  }
}
