package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.NodeFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Follows a node's load by one {@code get_node_metrics.sh --watch} on a kept channel, so that no
 * decision asks. A reading holds for three intervals, at least two seconds; from then on the load
 * is not known, and each further such time without one counts as a load that could not be read. A
 * watch that ended is started anew, at first at once, then less and less often; one that says
 * nothing that makes sense is ended when the load counts as not known.
 */
final class LoadWatch {
  private static final int HELD_INTERVALS = 3;
  private static final long LEAST_HELD_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long MOST_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Beyond the interval, until the first reading. */
  private static final long FIRST_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Whoever is told, on the loop. */
  interface Follower {
    void read(LoadReading reading);

    /** The load is no longer known. Empty: nobody follows it any more, which is no failure. */
    void unread(Optional<NodeFailure> failure);
  }

  private final String node;
  private final LoadProbe probe;
  private final String options;
  private final long intervalNanos;
  private final long heldNanos;
  private final ExecutorService threads;
  private final EventLoop loop;

  // All below belongs to the loop.
  private final List<Callback<LoadReading>> asking = new ArrayList<>();
  private Follower follower;
  private boolean followed = true;
  private RunningWatch watch;
  private LoadReading newest;
  private NodeException trouble;
  private EventLoop.Timer expiry = () -> {};
  private EventLoop.Timer restart = () -> {};
  private boolean opening;
  private long openedNanos;
  private long backoffNanos;

  LoadWatch(
      String node, LoadProbe probe, Duration interval, ExecutorService threads, EventLoop loop) {
    this.node = node;
    this.probe = probe;
    this.threads = threads;
    this.loop = loop;
    intervalNanos = interval.toNanos();
    heldNanos = Math.max(HELD_INTERVALS * intervalNanos, LEAST_HELD_NANOS);
    BigDecimal seconds = BigDecimal.valueOf(intervalNanos, 9).stripTrailingZeros();
    options = "--watch " + seconds.toPlainString() + " --until-eof";
  }

  /** Waits for the first reading; before the loop runs. */
  void connect() throws NodeException {
    watch = open();
    openedNanos = loop.nowNanos();
    newest = watch.first(intervalNanos + FIRST_LIMIT_NANOS);
  }

  /** Tells from now on, and at once what still holds. */
  void follow(Follower newFollower) {
    follower = null;
    takeNewest();
    follower = newFollower;
    follow(true);
    if (holds()) {
      follower.read(newest);
    }
  }

  /** Whether the load is wanted at all: one that is not costs the node no process. */
  void follow(boolean wanted) {
    expiry.cancel();
    if (wanted) {
      expiry = loop.after(heldNanos, this::expire);
      if (!followed) {
        followed = true;
        backoffNanos = 0;
        start();
      }
    } else if (followed) {
      followed = false;
      newest = null;
      restart.cancel();
      stop(watch);
      watch = null;
      follower.unread(Optional.empty());
    }
  }

  /** What still holds, or the next reading. */
  void load(Callback<LoadReading> done) {
    takeNewest();
    if (holds()) {
      LoadReading reading = newest;
      loop.post(() -> done.done(reading));
      return;
    }
    if (!followed) {
      loop.post(() -> done.failed(unread("nobody follows it now").at(node)));
      return;
    }
    asking.add(done);
    loop.after(intervalNanos + FIRST_LIMIT_NANOS, () -> giveUp(done));
    if (watch == null && !opening) {
      restart.cancel();
      start();
    }
  }

  private void giveUp(Callback<LoadReading> done) {
    if (asking.remove(done)) {
      done.failed(why().at(node));
    }
  }

  private boolean holds() {
    return newest != null && loop.nowNanos() - newest.takenAtNanos() < heldNanos;
  }

  private RunningWatch open() throws NodeException {
    return new RunningWatch(probe, options, intervalNanos, loop, new Heard());
  }

  private void start() {
    opening = true;
    try {
      threads.execute(
          () -> {
            try {
              RunningWatch opened = open();
              loop.post(() -> opened(opened));
            } catch (NodeException e) {
              loop.post(() -> over(e));
            }
          });
    } catch (RejectedExecutionException e) {
      opening = false; // the cluster was let go
    }
  }

  private void opened(RunningWatch newFeed) {
    opening = false;
    if (!followed || watch != null) {
      stop(newFeed);
      return;
    }
    watch = newFeed;
    openedNanos = loop.nowNanos();
    if (watch.isOver()) { // it was told of before it was known
      over(watch.trouble());
    }
  }

  /** The watch ended, or none could be started. */
  private void over(NodeException why) {
    opening = false;
    boolean lasted = watch != null && loop.nowNanos() - openedNanos > MOST_BACKOFF_NANOS;
    watch = null;
    trouble = why;
    if (!followed) {
      return;
    }
    restart.cancel();
    restart = loop.after(lasted ? 0 : backoffNanos, this::start);
    backoffNanos =
        lasted
            ? FIRST_BACKOFF_NANOS
            : Math.min(Math.max(2 * backoffNanos, FIRST_BACKOFF_NANOS), MOST_BACKOFF_NANOS);
  }

  private void stop(RunningWatch old) {
    if (old != null) {
      try {
        threads.execute(old::stop); // it writes to a connection that may be stuck
      } catch (RejectedExecutionException e) {
        return; // the cluster was let go, and its connections with it
      }
    }
  }

  private void takeNewest() {
    LoadReading reading = watch == null ? null : watch.take();
    if (reading == null) {
      return;
    }
    newest = reading;
    if (follower != null) {
      follower.read(reading);
    }
    List<Callback<LoadReading>> answered = List.copyOf(asking);
    asking.clear();
    answered.forEach(done -> done.done(reading));
  }

  private void expire() {
    takeNewest();
    if (holds()) {
      long age = loop.nowNanos() - newest.takenAtNanos();
      expiry = loop.after(heldNanos - age, this::expire);
      return;
    }
    expiry = loop.after(heldNanos, this::expire);
    follower.unread(Optional.of(why().at(node)));
    if (watch != null && loop.nowNanos() - openedNanos > heldNanos / 2) {
      NodeException silent = why();
      stop(watch);
      over(silent);
    }
  }

  private NodeException why() {
    NodeException said = watch == null ? trouble : watch.trouble();
    return said != null ? said : unread("no reading came");
  }

  private static NodeException unread(String why) {
    return new NodeException(NodeFailure.Kind.UNREACHABLE, "the node's load is not known: " + why);
  }

  /** Posts what comes from the thread that brings the bytes. */
  private final class Heard implements RunningWatch.Listener {
    @Override
    public void news(RunningWatch from) {
      loop.post(
          () -> {
            if (from == watch) {
              takeNewest();
            }
          });
    }

    @Override
    public void ended(RunningWatch from) {
      loop.post(
          () -> {
            if (from == watch) {
              over(from.trouble());
            }
          });
    }
  }
}
