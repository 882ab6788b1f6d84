package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.NodeFailure.Kind;
import io.github.faasbench.experiment.BreakerSpec;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The circuit breaker (Nygard, Release It!, 2007): a node that fails several times in a row is set
 * aside, so that calls don't lose their time there, and asked from time to time whether it is back,
 * by what calls need of it: its engine and its load. Each question that fails doubles the time to
 * the next one. A node that came back is on probation until a call succeeds there: one more failure
 * sets it aside again, for twice as long.
 */
final class Breaker {

  /** Failures that say something of the node, rather than of the call or of its image. */
  private static final Set<Kind> OF_NODE = EnumSet.of(Kind.UNREACHABLE, Kind.ENGINE, Kind.GARBLED);

  /** Then it is asked no more: else a simulation in which nothing else happens would not end. */
  private static final long GIVEN_UP_NANOS = TimeUnit.DAYS.toNanos(1);

  private final Gateway gateway;

  /** Null: no node is ever set aside. */
  private final BreakerSpec spec;

  private boolean closed;

  Breaker(Gateway gateway, Optional<BreakerSpec> spec) {
    this.gateway = gateway;
    this.spec = spec.orElse(null);
  }

  /** The call's attempt failed on its node. */
  void failed(Call call, NodeFailure failure) {
    if (spec == null || !OF_NODE.contains(failure.kind())) {
      return;
    }
    Trouble trouble = trouble(call.node, failure);
    if (failure.kind() == Kind.UNREACHABLE) {
      trouble.left.add(call.containerName);
    }
    judge(call.node, trouble, ++trouble.calls);
  }

  /** Its load could not be read. */
  void loadFailed(NodeState node, NodeFailure failure) {
    if (spec != null) {
      Trouble trouble = trouble(node, failure);
      judge(node, trouble, ++trouble.loads);
    }
  }

  /**
   * A container could not be started anew there.
   *
   * @return whether that is done when the node works again
   */
  boolean unprepared(NodeState node, FunctionState function, NodeFailure failure) {
    boolean later = spec != null && (node.trouble != null || OF_NODE.contains(failure.kind()));
    if (later) {
      trouble(node, failure).unprepared.add(function);
    }
    return later;
  }

  /** Its load was read, which says nothing of its engine. */
  void loadRead(NodeState node) {
    if (node.trouble != null) {
      node.trouble.loads = 0;
    }
  }

  /** A call ran to its end on a node in trouble; where it is set aside, that proves nothing. */
  void worked(NodeState node) {
    if (!node.isAside()) {
      gateway.runner().keeper().replacements().catchUp(node);
      node.trouble = null;
    }
  }

  /** Asks no node any more. */
  void close() {
    closed = true;
    for (NodeState node : gateway.index.nodes()) {
      if (node.trouble != null && node.trouble.timer != null) {
        node.trouble.timer.cancel();
      }
    }
  }

  private static Trouble trouble(NodeState node, NodeFailure failure) {
    if (node.trouble == null) {
      node.trouble = new Trouble();
    }
    node.trouble.cause = failure.message();
    return node.trouble;
  }

  private void judge(NodeState node, Trouble trouble, int failures) {
    if (trouble.aside || failures < spec.failures() || closed) {
      return;
    }
    trouble.asideAfter = failures;
    trouble.asideSinceNanos = gateway.loop.nowNanos();
    gateway.index.aside(node, true);
    plan(node, trouble);
    gateway.notices.accept(
        node.name()
            + " is set aside after "
            + trouble.failures()
            + ": "
            + trouble.cause
            + "; it is asked again in "
            + seconds(trouble.backoffNanos)
            + ", then less and less often");
  }

  private void plan(NodeState node, Trouble trouble) {
    trouble.backoffNanos =
        trouble.backoffNanos == 0
            ? spec.backoff().toNanos()
            : Math.min(2 * trouble.backoffNanos, spec.max().toNanos());
    trouble.timer = gateway.loop.after(trouble.backoffNanos, () -> ask(node, trouble));
  }

  private void ask(NodeState node, Trouble trouble) {
    node.node.inventory(
        new Answer<Inventory>(node, trouble) {
          @Override
          void answered(Inventory inventory) {
            node.node.load(
                new Answer<LoadReading>(node, trouble) {
                  @Override
                  void answered(LoadReading reading) {
                    back(node, trouble, inventory, reading);
                  }
                });
          }
        });
  }

  private void back(NodeState node, Trouble trouble, Inventory inventory, LoadReading reading) {
    trouble.calls = spec.failures() - 1;
    trouble.loads = 0;
    gateway.runner().keeper().replacements().back(node, inventory);
    gateway.loads.answered(node, reading);
    gateway.index.aside(node, false);
    gateway.notices.accept(
        node.name()
            + " answers again and takes calls, after "
            + seconds(gateway.loop.nowNanos() - trouble.asideSinceNanos));
    gateway.waiting.capacityFreed(null);
  }

  /** An answer of a node that is set aside; one that fails is asked for again, later. */
  private abstract class Answer<T> implements Callback<T> {
    private final NodeState node;
    private final Trouble trouble;

    Answer(NodeState node, Trouble trouble) {
      this.node = node;
      this.trouble = trouble;
    }

    abstract void answered(T value);

    @Override
    public final void done(T value) {
      if (!closed) {
        answered(value);
      }
    }

    @Override
    public final void failed(NodeFailure failure) {
      if (closed) {
        return;
      }
      trouble.cause = failure.message();
      if (gateway.loop.nowNanos() - trouble.asideSinceNanos < GIVEN_UP_NANOS) {
        plan(node, trouble);
      } else {
        gateway.notices.accept(node.name() + " has not answered for a day and is asked no more");
      }
    }
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
