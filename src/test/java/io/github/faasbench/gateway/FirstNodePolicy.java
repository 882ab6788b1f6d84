package io.github.faasbench.gateway;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import java.util.List;

/** Takes the first node, and notes what it is told. */
record FirstNodePolicy(List<Ended> ended) implements SchedulingPolicy {
  @Override
  public Needs needs() {
    return Needs.CHOSEN;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    return Decision.runOn(cluster.nextEligible(0));
  }

  @Override
  public void ended(Ended call, long nowNanos) {
    ended.add(call);
  }
}
