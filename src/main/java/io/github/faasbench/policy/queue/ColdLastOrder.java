package io.github.faasbench.policy.queue;

import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.Request;

/**
 * Calls that find a container waiting go before those that have to start one; among equals the call
 * that was due first. The two states of Ilúvatar's cold priority that matter most.
 */
public final class ColdLastOrder implements QueueOrder {

  @Override
  public double key(Request request, boolean warm, long nowNanos) {
    return warm ? 0 : 1;
  }
}
