package io.github.faasbench.gateway;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.Resident;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.SchedulingPolicy.Ended;

/** Runs a call that has its node, cleans up after it and makes its record. */
final class CallRunner {

  private static final long KILL_AGAIN_NANOS = 500_000_000L;

  private final Gateway gateway;
  private final Keeper keeper;
  private final Retries retries;
  private final GivenUp givenUp;
  private final String prefix;
  private long containers;

  CallRunner(Gateway gateway) {
    this.gateway = gateway;
    keeper = new Keeper(gateway, this);
    retries = new Retries(gateway, this);
    givenUp = new GivenUp(gateway, this);
    prefix = "faasbench-" + gateway.settings.run() + "-" + gateway.cell.cell() + "-";
  }

  Retries retries() {
    return retries;
  }

  GivenUp givenUp() {
    return givenUp;
  }

  Keeper keeper() {
    return keeper;
  }

  /** Takes the node at once, before anything else can be decided. */
  void run(Call call) {
    Host host = call.node.host;
    if (host != null) {
      call.hostContainers = host.containers() - (call.warmth.waits ? 1 : 0); // without its own
    }
    if (call.warmth.waits) {
      call.container = call.state.take(call.node, gateway.loop.nowNanos());
      call.containerName = call.container.name;
      if (call.container.kept) {
        gateway.keepAlive.used(call.container, gateway.loop.nowNanos());
      }
      gateway.index.inFlight(call.node, 1);
      call.node.node.exec(request(call, false, call.state.resident), new Answer(call));
    } else {
      call.containerName = newName();
      gateway.index.inFlight(call.node, 1);
      call.state.image.acquire(call.node, new Answer(call));
    }
  }

  private void runInNew(Call call, Answer answer) {
    // Waiting for another call's image removal is queueing, not a part of the pull.
    call.assignedAtNanos = gateway.loop.nowNanos();
    boolean keeps = gateway.keepAlive.keeps();
    boolean cold = call.warmth == Selection.Warmth.COLD;
    RunRequest request = request(call, cold, keeps ? call.state.resident : null);
    if (call.timedOut || call.abandoned || gateway.closing() || call.nodeRemoved) {
      answer.failed(new NodeFailure(NodeFailure.Kind.ENGINE, "", "", false));
    } else if (keeps) {
      keeper.starter().run(call, request, answer);
    } else {
      Host host = call.node.host;
      call.node.node.run(request, host == null ? answer : host.until(answer));
    }
  }

  /**
   * Ends a running call by killing its container; the answer then comes as for any other end. Tried
   * again until it does: the container may not have been created yet.
   */
  void kill(Call call) {
    kill(call, call.attempts);
  }

  private void kill(Call call, int attempt) {
    boolean over = !call.open || call.node == null || call.attempts != attempt;
    if (over) {
      return;
    }
    if (call.container != null) {
      call.container.killed = true;
      call.state.retire(call.container);
    }
    call.node.node.removeContainer(
        call.containerName.toString(),
        Quiet.then(() -> gateway.loop.after(KILL_AGAIN_NANOS, () -> kill(call, attempt))));
  }

  ContainerName newName() {
    return new ContainerName(prefix, ++containers);
  }

  private RunRequest request(Call call, boolean pull, Resident resident) {
    return request(call.containerName, call.state, call.demand, pull, resident, leftNanos(call));
  }

  private long leftNanos(Call call) {
    long most = gateway.timeoutNanos;
    return most < 0 ? -1 : Math.max(0, call.handedAtNanos + most - gateway.loop.nowNanos());
  }

  /** For a container that is started for no call. */
  RunRequest prepare(Container container) {
    FunctionState function = container.function;
    var demand = new RunRequest.Demand(function.spec.name(), 0, -1, -1);
    return request(container.name, function, demand, false, function.resident, -1);
  }

  private RunRequest request(
      ContainerName container,
      FunctionState function,
      RunRequest.Demand demand,
      boolean pull,
      Resident resident,
      long leftNanos) {
    return new RunRequest(
        container,
        function.spec.image(),
        function.process,
        gateway.labels,
        gateway.settings.network(),
        pull,
        demand,
        resident,
        leftNanos);
  }

  /** Goes on with a call: when it has its image, and when the node answers. */
  private final class Answer implements Callback<CallResult>, Runnable {
    private final Call call;

    Answer(Call call) {
      this.call = call;
    }

    @Override
    public void run() {
      runInNew(call, this);
    }

    @Override
    public void done(CallResult result) {
      if (call.abandoned) {
        cleanUp(call, true);
        return;
      }
      if (call.node.trouble != null) {
        gateway.breaker.worked(call.node);
      }
      if (call.timedOut || gateway.closing()) {
        broken(call, GivenUp.outcome(call), GivenUp.why(call), result.output(), true);
      } else if (result.exitCode() != 0 && call.nodeRemoved) {
        attemptFailed(call, Outcome.LOST, whyRemoved(), result.output(), true);
      } else if (result.exitCode() != 0 && call.container != null && call.container.killed) {
        String why = "its container was killed: another call in it timed out";
        attemptFailed(call, Outcome.LOST, why, result.output(), true);
      } else {
        ended(call, result);
      }
    }

    @Override
    public void failed(NodeFailure failure) {
      if (call.abandoned) {
        cleanUp(call, true);
      } else if (call.timedOut || gateway.closing()) {
        gaveUp(failure);
      } else if (failure.kind() == NodeFailure.Kind.FULL) {
        attemptFailed(call, Outcome.REJECTED, failure.message(), "", false);
      } else if (call.nodeRemoved) {
        Outcome outcome = failure.mayHaveRun() ? Outcome.LOST : Outcome.FAILED;
        attemptFailed(call, outcome, whyRemoved(), "", true);
      } else {
        gateway.breaker.failed(call, failure);
        Outcome outcome = failure.mayHaveRun() ? Outcome.LOST : Outcome.FAILED;
        boolean gone = failure.kind() == NodeFailure.Kind.UNREACHABLE;
        if (gone && !retries.may(call, failure.mayHaveRun())) {
          retries.leave(call, outcome, failure.message());
        } else {
          attemptFailed(call, outcome, failure.message(), "", true);
        }
      }
    }

    private String whyRemoved() {
      return "node " + call.node.name() + " was removed while the call was there";
    }

    /** It was killed, which says nothing of its node unless that is silent. */
    private void gaveUp(NodeFailure failure) {
      if (failure.kind() == NodeFailure.Kind.UNREACHABLE) {
        givenUp.count(call, failure);
        retries.leave(call, GivenUp.outcome(call), GivenUp.why(call, failure));
      } else {
        broken(call, GivenUp.outcome(call), GivenUp.why(call), "", true);
      }
    }
  }

  private void ended(Call call, CallResult result) {
    call.result = result;
    learn(call, result.exitCode() == 0, result.endedAtNanos(), result.execNanos());
    if (call.container != null) {
      keeper.ended(call, result.containerGone());
    } else {
      releaseImage(call);
    }
  }

  /** The attempt failed: another one follows, or the call has failed with it. */
  private void attemptFailed(
      Call call, Outcome outcome, String error, String output, boolean containerLost) {
    if (retries.may(call, outcome == Outcome.LOST)) {
      retries.again(call, outcome, error, containerLost);
    } else {
      broken(call, outcome, error, output, containerLost);
    }
  }

  private void broken(
      Call call, Outcome outcome, String error, String output, boolean containerLost) {
    call.broken = call.broken(gateway.cell, gateway.loop, outcome, error);
    call.output = output;
    learn(call, false, gateway.loop.nowNanos(), -1);
    cleanUp(call, containerLost);
  }

  void cleanUp(Call call, boolean containerLost) {
    if (call.container != null) {
      keeper.ended(call, containerLost);
    } else if (gateway.keepAlive.keeps() && containerLost) {
      call.node.node.removeContainer(
          call.containerName.toString(), Quiet.then(() -> releaseImage(call)));
    } else {
      releaseImage(call);
    }
  }

  void learn(Call call, boolean succeeded, long endedAtNanos, long execNanos) {
    var end =
        new Ended(
            call.request,
            call.node,
            call.mode(),
            succeeded,
            call.tookNanos(endedAtNanos),
            execNanos);
    gateway.policy.ended(end, gateway.loop.nowNanos());
    gateway.queueOrder.ended(end);
  }

  /** Gives the image of the call's container back, and ends the call when that is done. */
  void releaseImage(Call call) {
    if (!call.state.image.release(call.node)) {
      cleanedUp(call, 0, "");
      return;
    }
    long start = gateway.loop.nowNanos();
    call.state.image.remove(
        call.node,
        failure ->
            cleanedUp(
                call,
                gateway.loop.nowNanos() - start,
                failure.map(f -> "image not removed: " + f.message()).orElse("")));
  }

  /**
   * Everything is done after the call.
   *
   * @param imageNanos how long its image's removal took
   * @param trouble what went wrong with it
   */
  void cleanedUp(Call call, long imageNanos, String trouble) {
    if (call.abandoned) {
      retries.cleanedUp(call);
      return;
    }
    Invocation row = call.broken;
    if (row == null) {
      row = ended(call, imageNanos, trouble);
    }
    gateway.index.inFlight(call.node, -1);
    gateway.finished(call, call.finished(row));
  }

  /** The row of a call that ran to its end. */
  Invocation ended(Call call, long imageNanos, String trouble) {
    call.output = call.result.output();
    String remark = join(remark(call), trouble);
    return call.ended(gateway.cell, gateway.loop, imageNanos, remark);
  }

  private static String remark(Call call) {
    CallResult result = call.result;
    if (result.exitCode() != 0) {
      String first = result.output().lines().filter(line -> !line.isBlank()).findFirst().orElse("");
      return cause(result)
          + (first.isEmpty() ? "" : ": " + first.substring(0, Math.min(first.length(), 200)));
    }
    String shared =
        result.pull().isPresent() && result.pull().get().shared()
            ? "shared another call's pull"
            : "";
    String seen = join(result.note(), shared);
    return call.attempts == 1 ? seen : join(seen, call.past.causes());
  }

  private static String cause(CallResult failed) {
    if (failed.exitCode() < 0) {
      return failed.note();
    }
    String code = "exit code " + failed.exitCode();
    return failed.note().isEmpty() ? code : failed.note() + " (" + code + ")";
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
  }
}
