package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import java.util.random.RandomGenerator;

/**
 * Takes the eligible node with the fewest calls in flight, those that queue there included, by the
 * gateway's own count, which is never stale; ties at random. Join the shortest queue (Winston,
 * "Optimality of the shortest line discipline", 1977); load balancers call it least connections.
 */
public final class JoinShortestQueuePolicy implements SchedulingPolicy {

  private final RandomGenerator random;

  public JoinShortestQueuePolicy(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    return Decision.runOn(cluster.least(Signal.IN_FLIGHT, random));
  }
}
