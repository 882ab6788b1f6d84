package io.github.faasbench.gateway;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import java.util.List;
import java.util.Optional;

/** Starts containers that wait for calls, with a call for the first one or without. */
final class Starter {

  private final Gateway gateway;
  private final CallRunner runner;
  private final Keeper keeper;

  Starter(Gateway gateway, CallRunner runner, Keeper keeper) {
    this.gateway = gateway;
    this.runner = runner;
    this.keeper = keeper;
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

  /** One that nobody calls yet, to be started now. */
  Container asked(FunctionState function, NodeState node, MadeBy madeBy) {
    return new Container(runner.newName(), function, node, madeBy, gateway.loop.nowNanos());
  }

  /** Starts one that nobody calls yet; answers when it waits. */
  void start(Container container, Callback<Void> done) {
    startWaiting(
        container,
        runner.prepare(container),
        new Callback<>() {
          @Override
          public void done(Long queued) {
            keeper.started(container, queued);
            done.done(null);
            gateway.waiting.capacityFreed(container.function);
          }

          @Override
          public void failed(NodeFailure failure) {
            done.failed(failure);
          }
        });
  }

  private void create(
      Call call,
      RunRequest request,
      long started,
      Optional<PullResult> pulled,
      Callback<CallResult> answer) {
    long pulledAt = gateway.loop.nowNanos();
    var container = new Container(call.containerName, call.state, call.node, MadeBy.CALL, started);
    startWaiting(
        container,
        call.state.atOnce == request.resident() ? request : request.with(call.state.atOnce),
        new Callback<>() {
          @Override
          public void done(Long queued) {
            long start = gateway.loop.nowNanos() - pulledAt - queued;
            call.container = container;
            container.ready(gateway.loop.nowNanos(), queued);
            container.begins(gateway.loop.nowNanos());
            Keeper.register(container);
            gateway.keepAlive.used(container, gateway.loop.nowNanos());
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

  /** Starts a container that will wait; where the gateway keeps the books, others make room. */
  private void startWaiting(Container container, RunRequest request, Callback<Long> answer) {
    long asked = gateway.loop.nowNanos();
    Runnable start =
        () -> {
          long waited = gateway.loop.nowNanos() - asked;
          container.starts();
          container.node.node.startWaiting(request, new Started(container, waited, answer));
        };
    List<Container> victims = gateway.evictions.make(container);
    if (victims.isEmpty()) {
      start.run();
      return;
    }
    int[] left = {victims.size()};
    for (Container victim : victims) {
      keeper.evict(
          victim,
          () -> {
            if (--left[0] == 0) {
              start.run();
            }
          });
    }
  }

  /** What waiting for room took counts as queueing, as it does where nodes make room. */
  private final class Started implements Callback<Long> {
    private final Container container;
    private final long waitedNanos;
    private final Callback<Long> answer;

    Started(Container container, long waitedNanos, Callback<Long> answer) {
      this.container = container;
      this.waitedNanos = waitedNanos;
      this.answer = answer;
    }

    @Override
    public void done(Long queued) {
      answer.done(waitedNanos + queued);
    }

    @Override
    public void failed(NodeFailure failure) {
      gateway.evictions.free(container);
      container.leavesHost();
      answer.failed(failure);
    }
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
                // Without its own time the process would count as starting.
                exec.execNanos() < 0 ? -1 : start + exec.startNanos(),
                exec.execNanos(),
                exec.cleanupNanos(),
                pulled,
                exec.output(),
                exec.note(),
                exec.containerGone()));
      }

      @Override
      public void failed(NodeFailure failure) {
        answer.failed(failure);
      }
    };
  }
}
