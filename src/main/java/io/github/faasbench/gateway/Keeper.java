package io.github.faasbench.gateway;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLife.End;
import io.github.faasbench.policy.KeepAlivePolicy;
import java.util.List;

/**
 * Looks after the containers that wait: those that warming prepared stay for the whole load, those
 * that a call made stay as long as the keep-alive policy says, and each of these keeps its image in
 * use.
 */
final class Keeper {

  private final Gateway gateway;
  private final CallRunner runner;
  private final ContainerLife.Cell cell;
  private final Starter starter;
  private final Ahead ahead;
  private final Replacements replacements;

  Keeper(Gateway gateway, CallRunner runner) {
    this.gateway = gateway;
    this.runner = runner;
    cell = gateway.cell.ofLives();
    starter = new Starter(gateway, runner, this);
    ahead = new Ahead(gateway, this, starter);
    replacements = new Replacements(gateway, this, starter);
  }

  Starter starter() {
    return starter;
  }

  Ahead ahead() {
    return ahead;
  }

  Replacements replacements() {
    return replacements;
  }

  /**
   * The container is there from now on, and waits.
   *
   * @param queuedNanos of its start it waited for memory so long
   */
  void started(Container container, long queuedNanos) {
    container.ready(gateway.loop.nowNanos(), queuedNanos);
    register(container);
    if (container.node.isPresent()) {
      becameIdle(container);
    } else {
      remove(container, whyLeft(container.node), () -> releaseKept(container));
    }
  }

  /** On a node that was left meanwhile it serves the call that it was made for, and no other. */
  static void register(Container container) {
    container.node.containers.put(container.name, container);
    container.function.add(container);
    if (!container.node.isPresent()) {
      container.function.retire(container);
    }
  }

  /** No call comes to the node any more: what is idle there goes, the rest with its last call. */
  void leave(NodeState node) {
    List<Container> there = List.copyOf(node.containers.values());
    for (Container container : there) {
      if (container.isIdle()) {
        forget(container);
        remove(container, whyLeft(node), () -> releaseKept(container));
      } else {
        container.function.retire(container);
      }
    }
    there.forEach(container -> gateway.waiting.capacityFreed(container.function));
  }

  private static End whyLeft(NodeState node) {
    return node.presence == Presence.REMOVED ? End.LOST : End.DRAINED;
  }

  /** A call inside a container ended; what becomes of the container is outside its latency. */
  void ended(Call call, boolean containerLost) {
    Container container = call.container;
    if (containerLost) {
      container.function.retire(container);
    }
    container.function.leave(container, gateway.loop.nowNanos());
    if (container.isIdle()) {
      becameIdle(container);
    }
    if (container.calls > 0 || !container.retired) {
      runner.cleanedUp(call, 0, "");
    } else {
      boolean left = !container.node.isPresent();
      End usual = left ? whyLeft(container.node) : End.EXPIRED;
      End why = containerLost || container.killed ? End.LOST : usual;
      remove(
          container,
          why,
          container.kept
              ? () -> runner.releaseImage(call)
              : () ->
                  replacements.make(call.state, call.node, () -> runner.cleanedUp(call, 0, "")));
    }
  }

  /** The node removed an idle container to make room. */
  void evicted(NodeState node, String name) {
    Container container = node.containers.remove(ContainerName.of(name));
    if (container == null) {
      return;
    }
    boolean idle = container.isIdle();
    over(container, End.EVICTED);
    forget(container);
    if (container.kept && idle) {
      releaseImage(container);
    }
    gateway.waiting.capacityFreed(container.function);
  }

  /** Removes an idle container to make room. */
  void evict(Container victim, Runnable done) {
    forget(victim);
    remove(
        victim,
        End.EVICTED,
        () -> {
          releaseImage(victim);
          done.run();
        });
  }

  /** Removes a prepared container after the load. */
  void release(Container container, Runnable done) {
    forget(container);
    remove(container, End.CELL_END, done);
  }

  /** Plans nothing any more; what the containers came to is told. */
  void close() {
    ahead.close();
    for (NodeState node : gateway.index.nodes()) {
      for (Container container : node.containers.values()) {
        cancel(container);
        over(container, End.CELL_END);
      }
    }
  }

  private void over(Container container, End end) {
    if (!container.over) {
      container.over = true;
      gateway.evictions.free(container);
      container.leavesHost();
      gateway.lives.accept(container.life(cell, gateway.loop, end));
      if (container.kept && end != End.CELL_END) {
        gateway.keepAlive.gone(container, end == End.EVICTED);
        if (container.loadAtNanos < Long.MAX_VALUE && end == End.EXPIRED) {
          ahead.plan(container, container.loadAtNanos);
        }
      }
    }
  }

  /** A kept container that may not stay is retired. */
  private void becameIdle(Container container) {
    long now = gateway.loop.nowNanos();
    if (container.kept) {
      if (container.firstIdleNanos < 0) {
        container.firstIdleNanos = now;
      }
      KeepAlivePolicy.Verdict verdict = gateway.keepAlive.idle(container, now);
      container.keepUntilNanos = verdict.keepUntilNanos();
      container.loadAtNanos = verdict.loadAtNanos();
      if (container.keepUntilNanos < now) {
        container.function.retire(container);
        return;
      }
      planExpiry(container);
    }
    gateway.policy.idle(container.function.spec.name(), container.node, now);
  }

  /**
   * One timer a container: it is not moved at each call, but looks again when its time has come.
   */
  private void planExpiry(Container container) {
    if (container.keepUntilNanos == Long.MAX_VALUE) {
      cancel(container);
      return;
    }
    long at = container.keepUntilNanos + 1; // idle for exactly that long, it is still there
    if (container.expiry != null && container.expiryNanos > at) {
      cancel(container);
    }
    if (container.expiry == null) {
      container.expiryNanos = at;
      container.expiry =
          gateway.loop.after(at - gateway.loop.nowNanos(), () -> timeIsOver(container));
    }
  }

  private static void cancel(Container container) {
    if (container.expiry != null) {
      container.expiry.cancel();
      container.expiry = null;
    }
  }

  private void timeIsOver(Container container) {
    container.expiry = null;
    if (!container.isIdle()) {
      return; // the end of its call plans anew
    }
    if (container.keepUntilNanos >= gateway.loop.nowNanos()) {
      planExpiry(container);
      return;
    }
    forget(container);
    remove(container, End.EXPIRED, () -> releaseImage(container));
  }

  /** The registries know it no more. */
  void forget(Container container) {
    if (container.isIdle()) {
      String function = container.function.spec.name();
      gateway.policy.evicted(function, container.node, gateway.loop.nowNanos());
    }
    container.function.retire(container);
    cancel(container);
  }

  void remove(Container container, End why, Runnable done) {
    over(container, why);
    cancel(container);
    container.node.containers.remove(container.name);
    container.node.node.removeContainer(container.name.toString(), Quiet.then(done));
  }

  void releaseImage(Container container) {
    container.function.image.release(container.node, failure -> {});
  }

  /** Of one that warming prepared, {@link Warmer} gives the image back. */
  void releaseKept(Container container) {
    if (container.kept) {
      releaseImage(container);
    }
  }
}
