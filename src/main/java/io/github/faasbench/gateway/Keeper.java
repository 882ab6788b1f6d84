package io.github.faasbench.gateway;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLife.End;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import io.github.faasbench.policy.KeepAlivePolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  Keeper(Gateway gateway, CallRunner runner) {
    this.gateway = gateway;
    this.runner = runner;
    cell = gateway.cell.ofLives();
    starter = new Starter(gateway, runner, this);
    ahead = new Ahead(gateway, this, starter);
  }

  Starter starter() {
    return starter;
  }

  Ahead ahead() {
    return ahead;
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

  /**
   * The node was gone, and is back. Containers that it has lost take no call; what it could not do
   * meanwhile is done.
   *
   * @param there what it has now
   */
  void back(NodeState node, Inventory there) {
    Set<String> running =
        there.containers().stream()
            .filter(Inventory.Container::running)
            .map(Inventory.Container::name)
            .collect(Collectors.toSet());
    for (Container container : List.copyOf(node.containers.values())) {
      if (container.isIdle() && !running.contains(container.name.toString())) {
        forget(container);
        remove(container, End.LOST, () -> lost(container));
      }
    }
    catchUp(node);
    gateway.images().forEach(image -> image.removeLeft(node, there));
  }

  private void lost(Container container) {
    if (gateway.closing()) {
      return;
    }
    if (container.kept) {
      releaseImage(container);
    } else {
      replace(container.function, container.node, () -> {});
    }
  }

  /** The node works again: what it could not do while it was in trouble. */
  void catchUp(NodeState node) {
    Trouble trouble = node.trouble;
    for (ContainerName name : trouble.left) {
      if (!node.containers.containsKey(name)) {
        node.node.removeContainer(name.toString(), Quiet.VOID);
      }
    }
    List<FunctionState> unprepared = List.copyOf(trouble.unprepared);
    trouble.left.clear();
    trouble.unprepared.clear();
    unprepared.forEach(function -> replace(function, node, () -> {}));
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
              : () -> replace(call.state, call.node, () -> runner.cleanedUp(call, 0, "")));
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

  /**
   * An idle container's process ended. What warming prepared is started anew, unless it served no
   * call: its like would end as soon, again and again.
   */
  void endedByItself(NodeState node, String name, String why) {
    Container container = node.containers.get(ContainerName.of(name));
    if (container == null || !container.isIdle()) {
      return; // a call inside, or whoever removes it, hears of it too
    }
    boolean anew = !container.kept && container.uses() > 0;
    FunctionState function = container.function;
    if (!function.endingTold) {
      function.endingTold = true;
      gateway.notices.accept(
          node.name()
              + ": a waiting container of "
              + function.spec.name()
              + (container.uses() > 0 ? " ended between calls" : " ended before it had a call")
              + (why.isEmpty() ? "" : " (" + why + ")")
              + (anew ? "; it is started anew, and so are others that end so" : ""));
    }
    forget(container);
    remove(container, End.LOST, anew ? () -> lost(container) : () -> releaseKept(container));
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
  private void forget(Container container) {
    if (container.isIdle()) {
      String function = container.function.spec.name();
      gateway.policy.evicted(function, container.node, gateway.loop.nowNanos());
    }
    container.function.retire(container);
    cancel(container);
  }

  private void remove(Container container, End why, Runnable done) {
    over(container, why);
    cancel(container);
    container.node.containers.remove(container.name);
    container.node.node.removeContainer(container.name.toString(), Quiet.then(done));
  }

  void releaseImage(Container container) {
    container.function.image.release(container.node, failure -> {});
  }

  /** Of one that warming prepared, {@link Warmer} gives the image back. */
  private void releaseKept(Container container) {
    if (container.kept) {
      releaseImage(container);
    }
  }

  /** A prepared container that was killed or lost is started anew: the cell stays warm. */
  private void replace(FunctionState function, NodeState node, Runnable done) {
    if (gateway.closing() || !node.isPresent()) {
      done.run();
      return;
    }
    starter.start(
        starter.asked(function, node, MadeBy.WARMING),
        Quiet.thenOr(
            done,
            failure -> {
              if (node.trouble != null) {
                node.trouble.unprepared.add(function);
              }
              done.run();
            }));
  }
}
