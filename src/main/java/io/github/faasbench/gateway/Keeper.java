package io.github.faasbench.gateway;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.policy.KeepAlivePolicy.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs calls in containers that stay for a while: creates a waiting container, runs the function
 * inside it, and keeps, removes or loads containers as the keep-alive policy says.
 */
final class Keeper {

  private final Gateway gateway;
  private final CallRunner runner;

  /** Containers that a keep-alive policy keeps, and until when; each holds its image in use. */
  private final Map<String, Long> keptUntil = new HashMap<>();

  Keeper(Gateway gateway, CallRunner runner) {
    this.gateway = gateway;
    this.runner = runner;
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

  /** Whether the container is there because of a keep-alive policy. */
  boolean keeps(String container) {
    return keptUntil.containsKey(container);
  }

  /** A call's end: the policy says how long its container stays. */
  void ended(Call call, CallRunner.CleanedUp done) {
    long now = gateway.loop.nowNanos();
    String function = call.function.name();
    Verdict verdict = gateway.keepAlive.ended(function, call.node, now);
    boolean room = !gateway.state(function).hasIdleContainer(call.node);
    if (verdict.keepUntilNanos() <= now || !room) {
      keptUntil.remove(call.container);
      call.node.node.removeContainer(
          call.container, Quiet.then(() -> runner.releaseImage(call, done)));
      return;
    }
    keptUntil.put(call.container, verdict.keepUntilNanos());
    runner.becameIdle(call);
    if (verdict.keepUntilNanos() < Long.MAX_VALUE) {
      gateway.loop.after(verdict.keepUntilNanos() - now, () -> evict(call));
    }
    done.cleanedUp(0, "");
  }

  private void create(
      Call call,
      RunRequest request,
      long started,
      Optional<PullResult> pulled,
      Callback<CallResult> answer) {
    long pulledAt = gateway.loop.nowNanos();
    call.node.node.startWaiting(
        request,
        Quiet.thenOr(
            () -> {
              long startedAt = gateway.loop.nowNanos();
              call.node.node.exec(
                  request, withPhases(answer, pulledAt - started, startedAt - pulledAt, pulled));
            },
            answer::failed));
  }

  private static Callback<CallResult> withPhases(
      Callback<CallResult> answer, long pull, long start, Optional<PullResult> pulled) {
    return new Callback<>() {
      @Override
      public void done(CallResult exec) {
        answer.done(
            new CallResult(
                exec.exitCode(),
                exec.endedAtNanos(),
                exec.queuedNanos(),
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

  /** The time is over: the container goes, unless it serves a call or was used since. */
  private void evict(Call call) {
    FunctionState state = gateway.state(call.function.name());
    long now = gateway.loop.nowNanos();
    boolean idle = call.container.equals(state.idleContainer(call.node));
    if (!idle || keptUntil.getOrDefault(call.container, Long.MAX_VALUE) > now) {
      return;
    }
    keptUntil.remove(call.container);
    state.containerGone(call.node);
    gateway.policy.evicted(call.function.name(), call.node, now);
    call.node.node.removeContainer(
        call.container, Quiet.then(() -> runner.releaseImage(call, (nanos, trouble) -> {})));
    long loadAt = gateway.keepAlive.loadAtNanos(call.function.name(), now);
    if (loadAt < Long.MAX_VALUE) {
      gateway.loop.after(Math.max(0, loadAt - now), () -> load(call));
    }
  }

  /** Loads a container ahead of a call, where the last one was. */
  private void load(Call call) {
    FunctionState state = gateway.state(call.function.name());
    if (gateway.closing() || state.hasIdleContainer(call.node)) {
      return;
    }
    call.container = runner.newContainer();
    gateway.images.acquire(
        call.node,
        call.function.image(),
        () ->
            call.node.node.pull(
                call.function.image(),
                Quiet.then(
                    () ->
                        call.node.node.startWaiting(
                            runner.request(call, false),
                            Quiet.thenIf(
                                () -> runner.becameIdle(call),
                                () -> runner.releaseImage(call, (nanos, trouble) -> {}))))));
  }
}
