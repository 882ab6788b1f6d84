package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import java.util.random.RandomGenerator;

/**
 * Takes any eligible node, each as likely as the others: the yardstick that a policy which looks at
 * loads has to beat. With Poisson arrivals every node sees Poisson arrivals (Harchol-Balter,
 * "Performance Modeling and Design of Computer Systems", 2013, chapter 24).
 */
public final class RandomPolicy implements SchedulingPolicy {

  private final RandomGenerator random;

  public RandomPolicy(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    int nodes = cluster.eligibleCount();
    return nodes == 0
        ? Decision.NO_NODE
        : new Decision.Run(cluster.eligibleAt(random.nextInt(nodes)));
  }
}
