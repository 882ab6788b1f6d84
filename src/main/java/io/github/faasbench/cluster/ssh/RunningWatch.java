package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.NodeFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One running watch of a node's load. However fast it prints, one reading waits to be taken; one
 * that prints far faster than it was asked to is ended. A reading's time is its arrival: what the
 * network took comes on top.
 */
final class RunningWatch extends LineSink {
  /** Lines within one interval: a network that stood still may bring a few together. */
  private static final int MOST_LINES = 50;

  /** Told on the thread that brings the bytes. */
  interface Listener {
    /** A reading is to be taken. */
    void news(RunningWatch from);

    void ended(RunningWatch from);
  }

  private final long intervalNanos;
  private final EventLoop loop;
  private final Listener listener;
  private final AtomicReference<LoadReading> untaken = new AtomicReference<>();
  private final CompletableFuture<LoadReading> first = new CompletableFuture<>();
  private final OutputCapture errors = new OutputCapture(1024);
  private final RemoteCommand command;
  private volatile NodeException trouble;
  private long windowNanos;
  private int lines;

  RunningWatch(
      LoadProbe probe, String options, long intervalNanos, EventLoop loop, Listener listener)
      throws NodeException {
    this.intervalNanos = intervalNanos;
    this.loop = loop;
    this.listener = listener;
    command = probe.start(options, this, errors);
    command.ended().whenComplete((exit, failure) -> ended(exit));
  }

  /** The newest reading that was not taken yet; null: none. */
  LoadReading take() {
    return untaken.getAndSet(null);
  }

  /** What it said last that made no sense, or how it ended; null: all is well. */
  NodeException trouble() {
    return trouble;
  }

  boolean isOver() {
    return command.ended().isDone();
  }

  /** Lets the channel go, by which the script ends. */
  void stop() {
    command.stop().run();
  }

  /** Waits for the first reading. */
  LoadReading first(long limitNanos) throws NodeException {
    try {
      return first.get(limitNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String none = "no reading within " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s";
      NodeException said = trouble;
      stop();
      throw said != null ? said : unread(none);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unread("interrupted");
    } catch (ExecutionException e) {
      throw trouble;
    }
  }

  @Override
  void line(String text) {
    long now = loop.nowNanos();
    if (now - windowNanos > intervalNanos) {
      windowNanos = now;
      lines = 0;
    }
    if (++lines > MOST_LINES) {
      trouble = garbled("the metrics script prints far more than a line each interval");
      if (lines == MOST_LINES + 1) {
        stop();
      }
      return;
    }
    try {
      LoadReading reading = LoadProbe.parse(text, now);
      trouble = null;
      if (untaken.getAndSet(reading) == null) {
        listener.news(this);
      }
      first.complete(reading); // now it can be taken, by whoever waited for it
    } catch (NodeException e) {
      trouble = e;
    }
  }

  private void ended(RemoteCommand.Exit exit) {
    if (trouble == null) {
      trouble =
          exit == null || exit.lost()
              ? unread("the channel to the metrics script was lost")
              : unread("the metrics script ended, exit " + exit.status() + " " + errors.text());
    }
    first.completeExceptionally(trouble);
    listener.ended(this);
  }

  private static NodeException unread(String why) {
    return new NodeException(
        NodeFailure.Kind.UNREACHABLE,
        "the node's load can't be followed: " + why + NodeException.LOOK_CLOSER);
  }

  private static NodeException garbled(String why) {
    return new NodeException(NodeFailure.Kind.GARBLED, why);
  }
}
