package io.github.faasbench.policy.queue;

import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy.Ended;
import java.time.Duration;

/**
 * Bounds the unfairness of another order: a call that has waited for longer than it has patience
 * goes before all that have not, so that none starves; among such calls the one that came first.
 */
public final class PatientOrder implements QueueOrder {

  private final QueueOrder order;
  private final long patienceNanos;

  /**
   * @param order for calls that have patience left
   */
  public PatientOrder(QueueOrder order, Duration patience) {
    this.order = order;
    patienceNanos = patience.toNanos();
  }

  @Override
  public double key(Request request, boolean warm, long nowNanos) {
    boolean overdue = nowNanos - request.arrivedAtNanos() > patienceNanos;
    return overdue ? Double.NEGATIVE_INFINITY : order.key(request, warm, nowNanos);
  }

  @Override
  public void ended(Ended call) {
    order.ended(call);
  }
}
