package io.github.faasbench.policy.queue;

import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy.Ended;

/**
 * The call of the function that is expected to run for the shortest time goes first: shortest
 * expected processing time, by what its calls took (Ilúvatar's minheap). A function that has not
 * run yet goes before all others, so that it becomes known.
 */
public final class ShortestFirstOrder implements QueueOrder {

  private final RunTimes times = new RunTimes();

  @Override
  public double key(Request request, boolean warm, long nowNanos) {
    return times.nanos(request.function());
  }

  @Override
  public void ended(Ended call) {
    times.ended(call);
  }
}
