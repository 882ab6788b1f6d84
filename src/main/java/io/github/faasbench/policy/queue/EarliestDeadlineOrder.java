package io.github.faasbench.policy.queue;

import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy.Ended;

/**
 * The call with the earliest deadline goes first: its arrival and the time that its function is
 * expected to run for, by what its calls took (Ilúvatar's EEDF). Long calls go later, but every
 * call goes before those that come later than its deadline.
 */
public final class EarliestDeadlineOrder implements QueueOrder {

  private final RunTimes times = new RunTimes();

  @Override
  public double key(Request request, boolean warm, long nowNanos) {
    return request.arrivedAtNanos() + times.nanos(request.function());
  }

  @Override
  public void ended(Ended call) {
    times.ended(call);
  }
}
