package io.github.faasbench.gateway;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.NodeFailure;

/**
 * A machine that holds nodes, and how many containers of the tool it has: from the order to start
 * one to the order to remove it, or where the node does both by itself, to its answer. Paused ones
 * count, and so does an image's pull where the node makes it as part of the call.
 */
final class Host {

  private int containers;

  int containers() {
    return containers;
  }

  void begins() {
    containers++;
  }

  void ends() {
    containers--;
  }

  /** Counts a container that is there until the answer comes. */
  Callback<CallResult> until(Callback<CallResult> answer) {
    begins();
    return new Callback<>() {
      @Override
      public void done(CallResult result) {
        ends();
        answer.done(result);
      }

      @Override
      public void failed(NodeFailure failure) {
        ends();
        answer.failed(failure);
      }
    };
  }
}
