package io.github.faasbench.gateway;

import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.metrics.Invocation.Outcome;

/**
 * Calls whose attempt failed on its node. Each is tried again on a node that it has not tried, as
 * often as it is allowed to; what it leaves on the one that failed is cleaned up apart from it.
 */
final class Retries {

  private final Gateway gateway;
  private final CallRunner runner;
  private final RetrySpec spec;

  /** Failed attempts whose clean-up is under way. */
  private int abandoned;

  Retries(Gateway gateway, CallRunner runner) {
    this.gateway = gateway;
    this.runner = runner;
    spec = gateway.settings.retry();
  }

  /**
   * Whether a call whose attempt failed may have another one: there is a node that it has not
   * tried.
   */
  boolean may(Call call, boolean mayHaveRun) {
    return call.attempts <= spec.most()
        && (!mayHaveRun || spec.lost())
        && gateway.index.present().stream()
            .anyMatch(node -> node != call.node && !call.past.nodes().contains(node));
  }

  /** Has another attempt made. */
  void again(Call call, Outcome outcome, String error, boolean containerLost) {
    long now = gateway.loop.nowNanos();
    runner.learn(call, false, now, -1);
    call.failed(outcome, error, now);
    cleanUpApart(call, containerLost);
    gateway.choose(call);
  }

  /** Ends the call at once: its node can't be reached, and may take long to say so again. */
  void leave(Call call, Outcome outcome, String error) {
    runner.learn(call, false, gateway.loop.nowNanos(), -1);
    var finished = call.finished(call.broken(gateway.cell, gateway.loop, outcome, error));
    cleanUpApart(call, true);
    gateway.finished(call, finished);
  }

  /** What is left to do for a call has no call any more. */
  void goesOnApart(Call call) {
    abandoned++;
    call.abandoned = true;
  }

  /** An attempt that failed has left nothing more to do. */
  void cleanedUp(Call rest) {
    abandoned--;
    gateway.index.inFlight(rest.node, -1);
    gateway.waiting.capacityFreed(rest.state);
  }

  /** Whether no clean-up is under way. */
  boolean settled() {
    return abandoned == 0;
  }

  private void cleanUpApart(Call call, boolean containerLost) {
    abandoned++;
    runner.cleanUp(call.abandon(), containerLost);
  }
}
