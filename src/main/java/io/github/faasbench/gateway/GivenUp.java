package io.github.faasbench.gateway;

import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.Locale;

/**
 * Calls that are told to end, by their time limit or with the run. A call's container is killed, by
 * which it ends; where its node does not say so within a grace, its row comes all the same, and
 * what is left of it goes on apart.
 */
final class GivenUp {

  private static final long GRACE_NANOS = 5_000_000_000L;

  private final Gateway gateway;
  private final CallRunner runner;

  GivenUp(Gateway gateway, CallRunner runner) {
    this.gateway = gateway;
    this.runner = runner;
  }

  /** Its time is over. */
  void timedOut(Call call) {
    call.timedOut = true;
    tell(call, "timed out while it waited for a node");
  }

  /**
   * Tells it to end.
   *
   * @param reason for its row, if it waits for a node
   */
  void tell(Call call, String reason) {
    if (call.givenUp) {
      return;
    }
    call.givenUp = true;
    if (call.timer != null) {
      call.timer.cancel();
    }
    call.timer = gateway.loop.after(GRACE_NANOS, () -> letGo(call));
    if (call.node != null) {
      runner.kill(call);
    } else if (call.waiting) {
      call.waiting = false;
      unassigned(call, reason);
    }
  }

  /** Its choice came too late. */
  void whileChoosing(Call call) {
    unassigned(call, call.timedOut ? "timed out while a node was chosen" : "interrupted");
  }

  private void unassigned(Call call, String reason) {
    Outcome outcome = call.timedOut ? Outcome.TIMEOUT : call.past.outcome(Outcome.REJECTED);
    gateway.finish(call, outcome, call.past.noFurther(reason));
  }

  private void letGo(Call call) {
    if (call.node == null) {
      whileChoosing(call);
      return;
    }
    Call.Finished finished = call.finished(row(call));
    runner.retries().goesOnApart(call);
    gateway.finished(call, finished);
  }

  private Invocation row(Call call) {
    if (call.broken != null) {
      return call.broken;
    }
    if (call.result != null) {
      return runner.ended(call, 0, "what is done after it has not ended yet");
    }
    String node = call.node.name();
    String message =
        String.format(
            Locale.ROOT,
            "%s did not say within %.0f s that its container is gone; `faasbench doctor` looks closer",
            node,
            GRACE_NANOS / 1e9);
    var silent = new NodeFailure(NodeFailure.Kind.UNREACHABLE, node, message, true);
    count(call, silent);
    runner.learn(call, false, gateway.loop.nowNanos(), -1);
    return call.broken(gateway.cell, gateway.loop, outcome(call), why(call, silent));
  }

  /** How its node failed counts, unless it is the run that ends. */
  void count(Call call, NodeFailure failure) {
    if (!gateway.closing()) {
      gateway.breaker.failed(call, failure);
    }
  }

  static Outcome outcome(Call call) {
    return call.timedOut ? Outcome.TIMEOUT : Outcome.LOST;
  }

  /** Its container was killed. */
  static String why(Call call) {
    return call.timedOut ? "timed out; its container was killed" : "interrupted";
  }

  /** Its node was silent. */
  static String why(Call call, NodeFailure silent) {
    return (call.timedOut ? "timed out; " : "interrupted; ") + silent.message();
  }
}
