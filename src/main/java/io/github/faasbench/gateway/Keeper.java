package io.github.faasbench.gateway;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLife.End;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import java.util.Optional;

/**
 * Looks after the containers that wait: those that warming prepared stay for the whole load, those
 * that a call made stay as long as the keep-alive policy says, and each of these keeps its image in
 * use.
 */
final class Keeper {

  private final Gateway gateway;
  private final CallRunner runner;
  private final ContainerLife.Cell cell;

  Keeper(Gateway gateway, CallRunner runner) {
    this.gateway = gateway;
    this.runner = runner;
    cell = gateway.cell.ofLives();
  }

  /** Pulls where asked, starts a waiting container and runs the call inside it. */
  void run(Call call, RunRequest request, Callback<CallResult> answer) {
    long start = gateway.loop.nowNanos();
    if (!request.pull()) {
      create(call, request, start, Optional.empty(), answer);
      return;
    }
    call.node.node.pull(
        request.image(),
        new Callback<>() {
          @Override
          public void done(PullResult pulled) {
            create(call, request, start, Optional.of(pulled), answer);
          }

          @Override
          public void failed(NodeFailure failure) {
            answer.failed(failure);
          }
        });
  }

  /** The container is there from now on, and waits. */
  void started(Container container) {
    container.ready(gateway.loop.nowNanos());
    register(container);
    becameIdle(container);
  }

  private static void register(Container container) {
    container.node.containers.put(container.name, container);
    container.function.add(container);
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
      End why = containerLost || container.killed ? End.LOST : End.EXPIRED;
      remove(
          container, why, container.kept ? () -> runner.releaseImage(call) : () -> replace(call));
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

  /** Removes a prepared container after the load. */
  void release(Container container, Runnable done) {
    forget(container);
    remove(container, End.CELL_END, done);
  }

  /** Plans nothing any more; what the containers came to is told. */
  void close() {
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
      gateway.lives.accept(container.life(cell, gateway.loop, end));
    }
  }

  private void create(
      Call call,
      RunRequest request,
      long started,
      Optional<PullResult> pulled,
      Callback<CallResult> answer) {
    long pulledAt = gateway.loop.nowNanos();
    var container = new Container(call.containerName, call.state, call.node, MadeBy.CALL, started);
    call.node.node.startWaiting(
        request,
        new Callback<>() {
          @Override
          public void done(Long queued) {
            long start = gateway.loop.nowNanos() - pulledAt - queued;
            call.container = container;
            container.ready(gateway.loop.nowNanos());
            container.begins(gateway.loop.nowNanos());
            register(container);
            call.node.node.exec(
                request, withPhases(answer, queued, pulledAt - started, start, pulled));
            gateway.waiting.capacityFreed(call.state);
          }

          @Override
          public void failed(NodeFailure failure) {
            answer.failed(failure);
          }
        });
  }

  private static Callback<CallResult> withPhases(
      Callback<CallResult> answer,
      long queued,
      long pull,
      long start,
      Optional<PullResult> pulled) {
    return new Callback<>() {
      @Override
      public void done(CallResult exec) {
        answer.done(
            new CallResult(
                exec.exitCode(),
                exec.endedAtNanos(),
                queued + exec.queuedNanos(),
                pull,
                exec.execNanos() < 0 ? -1 : start, // or the process would count as starting
                exec.execNanos(),
                exec.cleanupNanos(),
                pulled,
                exec.output()));
      }

      @Override
      public void failed(NodeFailure failure) {
        answer.failed(failure);
      }
    };
  }

  /** A kept container that may not stay is retired. */
  private void becameIdle(Container container) {
    long now = gateway.loop.nowNanos();
    if (container.kept) {
      if (container.firstIdleNanos < 0) {
        container.firstIdleNanos = now;
      }
      container.keepUntilNanos =
          gateway
              .keepAlive
              .ended(container.function.spec.name(), container.node, container.firstIdleNanos, now)
              .keepUntilNanos();
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
    planLoad(container);
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

  private void releaseImage(Container container) {
    container.function.image.release(container.node, failure -> {});
  }

  /** A prepared container that was killed or lost is started anew: the cell stays warm. */
  private void replace(Call call) {
    if (gateway.closing()) {
      runner.cleanedUp(call, 0, "");
      return;
    }
    Container another = asked(call.state, call.node, MadeBy.WARMING);
    start(another, Quiet.then(() -> runner.cleanedUp(call, 0, "")));
  }

  private void planLoad(Container gone) {
    long now = gateway.loop.nowNanos();
    long at = gateway.keepAlive.loadAtNanos(gone.function.spec.name(), now);
    if (at < Long.MAX_VALUE) {
      gateway.loop.after(Math.max(0, at - now), () -> load(gone));
    }
  }

  /** Loads a container ahead of a call, where the last one was. */
  private void load(Container gone) {
    if (gateway.closing() || gone.function.withPlace().contains(gone.node)) {
      return;
    }
    Container next = asked(gone.function, gone.node, MadeBy.POLICY);
    String image = gone.function.spec.image();
    gone.function.image.acquire(
        gone.node,
        () ->
            gone.node.node.pull(
                image,
                Quiet.then(() -> start(next, Quiet.thenIf(() -> {}, () -> releaseImage(next))))));
  }

  /** One that nobody calls yet, to be started now. */
  Container asked(FunctionState function, NodeState node, MadeBy madeBy) {
    return new Container(runner.newName(), function, node, madeBy, gateway.loop.nowNanos());
  }

  private void start(Container container, Callback<Void> done) {
    container.node.node.startWaiting(
        runner.prepare(container),
        new Callback<>() {
          @Override
          public void done(Long queued) {
            started(container);
            done.done(null);
            gateway.waiting.capacityFreed(container.function);
          }

          @Override
          public void failed(NodeFailure failure) {
            done.failed(failure);
          }
        });
  }
}
