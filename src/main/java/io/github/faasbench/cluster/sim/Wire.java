package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.NodeFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The connection between the gateway and a node to which faults are done. While nothing comes
 * through it, answers and questions wait; when that lasts as long as the keep-alive of real
 * connections allows, it ends, and whoever waits for an answer is told so. What was asked may be
 * done all the same.
 */
final class Wire {

  /** Of real connections: after 5 s of silence three questions, 5 s each for an answer. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

  private final EventLoop loop;
  private final Host host;
  private final Set<Answer<?>> open = new LinkedHashSet<>();

  /** What waits until something comes through again, in that order. */
  private final List<Runnable> held = new ArrayList<>();

  private boolean silent;
  private boolean broken;

  /** Why nobody can be asked; empty: the engine answers. */
  private String engineGone = "";

  private String whyBroken = "";
  private EventLoop.Timer keepAlive = () -> {};
  private long darkSince;

  Wire(EventLoop loop, Host host) {
    this.loop = loop;
    this.host = host;
  }

  /** Whether nothing comes through. */
  boolean isDark() {
    return silent || broken;
  }

  /** Since when. */
  long darkSince() {
    return darkSince;
  }

  /** Nothing comes through from now on; if that lasts, the connection ends. */
  void fallSilent() {
    darkSince = loop.nowNanos();
    silent = true;
    keepAlive =
        loop.after(
            KEEP_ALIVE.toNanos(),
            () -> tear("no answer for " + KEEP_ALIVE.toSeconds() + " s, the connection has ended"));
  }

  /** The connection ends now, and no other can be made. */
  void tear(String why) {
    if (!isDark()) {
      darkSince = loop.nowNanos();
    }
    silent = false;
    broken = true;
    whyBroken = why;
    failAll(why);
  }

  /** Everything comes through again; a connection that has ended is made anew. */
  void mend() {
    keepAlive.cancel();
    silent = false;
    broken = false;
    List<Runnable> late = List.copyOf(held);
    held.clear();
    late.forEach(loop::post);
  }

  /** The engine ends: so do all of its answers. */
  void engineStops(String why) {
    engineGone = why;
    failAll(why);
  }

  void engineIsBack() {
    engineGone = "";
  }

  /**
   * Asks the node.
   *
   * @param engine whether its engine is asked
   * @param runs whether the question, once asked, may have a function run
   */
  <T> void ask(boolean engine, boolean runs, Callback<T> done, Consumer<Callback<T>> question) {
    var answer = new Answer<>(done, runs);
    open.add(answer);
    Runnable ask =
        () -> {
          answer.asked = true;
          if (engine && !engineGone.isEmpty()) {
            NodeFailure failure = failure(engineGone, false);
            loop.post(() -> answer.end(failure));
          } else {
            question.accept(answer);
          }
        };
    if (broken) {
      loop.post(() -> answer.end(failure("it can't be reached: " + whyBroken, false)));
    } else if (silent) {
      held.add(
          () -> {
            if (open.contains(answer)) {
              ask.run();
            }
          });
    } else {
      ask.run();
    }
  }

  /** What the node tells by itself. */
  void tell(Runnable news) {
    if (isDark()) {
      held.add(news);
    } else {
      news.run();
    }
  }

  /** The function of the call may have begun. */
  static void began(Callback<?> answer) {
    if (answer instanceof Answer<?> open) {
      open.runs = true;
    }
  }

  private void failAll(String why) {
    for (Answer<?> answer : List.copyOf(open)) {
      NodeFailure failure = failure(why, answer.asked && answer.runs);
      loop.post(() -> answer.end(failure));
    }
  }

  private NodeFailure failure(String why, boolean mayHaveRun) {
    return new NodeFailure(Kind.UNREACHABLE, host.name(), host.name() + ": " + why, mayHaveRun);
  }

  /** Comes through when something does, and only once. */
  private final class Answer<T> implements Callback<T> {
    private final Callback<T> target;
    private boolean runs;
    private boolean asked;

    Answer(Callback<T> target, boolean runs) {
      this.target = target;
      this.runs = runs;
    }

    @Override
    public void done(T value) {
      through(() -> target.done(heardNow(value)));
    }

    @Override
    public void failed(NodeFailure failure) {
      through(() -> target.failed(failure));
    }

    /** A call's end is when the gateway hears of it. */
    @SuppressWarnings("unchecked")
    private T heardNow(T value) {
      return value instanceof CallResult result ? (T) result.heardAt(loop.nowNanos()) : value;
    }

    /** There will be no answer. */
    void end(NodeFailure failure) {
      if (open.remove(this)) {
        target.failed(failure);
      }
    }

    private void through(Runnable answer) {
      tell(
          () -> {
            if (open.remove(this)) {
              answer.run();
            }
          });
    }
  }
}
