package io.github.faasbench.policy.queue;

import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.Request;

/** First in, first out: the call that was due first goes first. */
public final class FifoOrder implements QueueOrder {

  @Override
  public double key(Request request, boolean warm, long nowNanos) {
    return request.arrivedAtNanos();
  }
}
