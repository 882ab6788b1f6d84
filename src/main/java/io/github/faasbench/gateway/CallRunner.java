package io.github.faasbench.gateway;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.SchedulingPolicy.Ended;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a call that has its node, cleans up after it and makes its record. */
final class CallRunner {

  private static final long KILL_AGAIN_NANOS = 500_000_000L;

  private final Gateway gateway;
  private final Keeper keeper;
  private long containers;

  CallRunner(Gateway gateway) {
    this.gateway = gateway;
    keeper = new Keeper(gateway, this);
  }

  /** Takes the node at once, before anything else can be decided. */
  void run(Call call) {
    gateway.inFlight(call.node, 1);
    FunctionState state = gateway.state(call.function.name());
    if (call.warmth == Selection.Warmth.WARMED) {
      call.container = state.takeContainer(call.node);
      call.node.node.exec(request(call, false), answer(call));
    } else {
      call.container = newContainer();
      boolean cold = call.warmth == Selection.Warmth.COLD;
      gateway.images.acquire(
          call.node,
          call.function.image(),
          () -> {
            // Waiting for another call's image removal is queueing, not a part of the pull.
            call.assignedAtNanos = gateway.loop.nowNanos();
            if (call.timedOut || gateway.closing()) {
              answer(call).failed(new NodeFailure(NodeFailure.Kind.ENGINE, "", "", false));
            } else if (gateway.keepAlive.keeps()) {
              keeper.run(call, request(call, cold), answer(call));
            } else {
              call.node.node.run(request(call, cold), answer(call));
            }
          });
    }
  }

  /**
   * Ends a running call by killing its container; the answer then comes as for any other end. Tried
   * again until it does: the container may not have been created yet.
   */
  void kill(Call call) {
    kill(call, call.container);
  }

  private void kill(Call call, String container) {
    // A container that replaces the killed one has another name.
    if (gateway.isOpen(call) && call.container.equals(container)) {
      call.node.node.removeContainer(
          container,
          Quiet.then(() -> gateway.loop.after(KILL_AGAIN_NANOS, () -> kill(call, container))));
    }
  }

  String newContainer() {
    return "faasbench-" + gateway.settings.run() + "-" + gateway.cell.cell() + "-" + ++containers;
  }

  RunRequest request(Call call, boolean pull) {
    return new RunRequest(
        call.container,
        call.function.image(),
        call.function.command(),
        gateway.settings.labels(),
        gateway.settings.network(),
        pull,
        call.demand);
  }

  private Callback<CallResult> answer(Call call) {
    return new Callback<>() {
      @Override
      public void done(CallResult result) {
        if (call.timedOut || gateway.closing()) {
          broken(call, givenUp(call), whyGivenUp(call), result.output());
        } else {
          ended(call, result);
        }
      }

      @Override
      public void failed(NodeFailure failure) {
        if (call.timedOut || gateway.closing()) {
          broken(call, givenUp(call), whyGivenUp(call), "");
        } else {
          Outcome outcome = failure.mayHaveRun() ? Outcome.LOST : Outcome.FAILED;
          broken(call, outcome, failure.message(), "");
        }
      }
    };
  }

  private static Outcome givenUp(Call call) {
    return call.timedOut ? Outcome.TIMEOUT : Outcome.LOST;
  }

  private static String whyGivenUp(Call call) {
    return call.timedOut ? "timed out; its container was killed" : "interrupted";
  }

  private void ended(Call call, CallResult result) {
    learn(call, result.exitCode() == 0, result);
    cleanUp(
        call,
        false,
        (nanos, trouble) -> {
          String remark = remark(result);
          Invocation row =
              call.ended(gateway.cell, gateway.loop, result, nanos, join(remark, trouble));
          finish(call, row, result.output());
        });
  }

  private void broken(Call call, Outcome outcome, String error, String output) {
    Invocation row = call.broken(gateway.cell, gateway.loop, outcome, error, Double.NaN);
    learn(call, false, null);
    cleanUp(call, true, (nanos, trouble) -> finish(call, row, output));
  }

  private void finish(Call call, Invocation row, String output) {
    gateway.inFlight(call.node, -1);
    gateway.finished(call, new Call.Finished(row, output));
  }

  private void learn(Call call, boolean succeeded, CallResult result) {
    long now = gateway.loop.nowNanos();
    gateway.policy.ended(
        new Ended(
            call.request,
            call.node,
            call.mode(),
            succeeded,
            (result == null ? now : result.endedAtNanos()) - call.request.arrivedAtNanos(),
            result == null ? -1 : result.execNanos()),
        now);
  }

  /** What happens to the container and the image after the end: outside the latency. */
  private void cleanUp(Call call, boolean containerLost, CleanedUp done) {
    if (call.warmth == Selection.Warmth.WARMED && !keeper.keeps(call.container)) {
      if (containerLost) {
        replaceContainer(call, () -> done.cleanedUp(0, ""));
      } else {
        becameIdle(call);
        done.cleanedUp(0, "");
      }
      return;
    }
    if (gateway.keepAlive.keeps() && !containerLost) {
      keeper.ended(call, done);
      return;
    }
    if (gateway.keepAlive.keeps()) {
      call.node.node.removeContainer(call.container, Quiet.VOID);
    }
    releaseImage(call, done);
  }

  void releaseImage(Call call, CleanedUp done) {
    long start = gateway.loop.nowNanos();
    Consumer<Optional<NodeFailure>> removed =
        failure ->
            done.cleanedUp(
                gateway.loop.nowNanos() - start,
                failure.map(f -> "image not removed: " + f.message()).orElse(""));
    gateway.images.release(call.node, call.function.image(), removed);
  }

  void becameIdle(Call call) {
    gateway.state(call.function.name()).containerIdle(call.node, call.container);
    gateway.policy.idle(call.function.name(), call.node, gateway.loop.nowNanos());
  }

  /** A waiting container that was killed or lost is started anew, so that the cell stays warm. */
  private void replaceContainer(Call call, Runnable done) {
    gateway.state(call.function.name()).containerGone(call.node);
    gateway.policy.evicted(call.function.name(), call.node, gateway.loop.nowNanos());
    call.node.node.removeContainer(
        call.container,
        Quiet.then(
            () -> {
              if (gateway.closing()) {
                done.run();
                return;
              }
              call.container = newContainer();
              call.node.node.startWaiting(
                  request(call, false),
                  Quiet.thenIf(
                      () -> {
                        becameIdle(call);
                        done.run();
                      },
                      done));
            }));
  }

  private static String remark(CallResult result) {
    if (result.exitCode() != 0) {
      String first = result.output().lines().filter(line -> !line.isBlank()).findFirst().orElse("");
      return "exit code "
          + result.exitCode()
          + (first.isEmpty() ? "" : ": " + first.substring(0, Math.min(first.length(), 200)));
    }
    return result.pull().isPresent() && result.pull().get().shared()
        ? "shared another call's pull"
        : "";
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
  }

  /** Told how long the image's removal took, and what went wrong with it. */
  interface CleanedUp {
    void cleanedUp(long nanos, String trouble);
  }
}
