package org.example;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Parameter;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import java.util.HashMap;
import java.util.Map;

/**
 * Stays with the node on which a function ran last, since its image is there, while that has fewer
 * than {@code limit} calls in flight; then goes on to the node with the fewest.
 */
public final class StickyPolicy implements SchedulingPolicy {

  private final int limit;
  private final Map<String, Integer> last = new HashMap<>();

  public StickyPolicy(
      @Parameter(name = "limit", byDefault = "16", minimum = 1, summary = "calls in flight on a node")
          int limit) {
    this.limit = limit;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    int index = last.getOrDefault(request.function(), -1);
    boolean stays =
        index >= 0 && cluster.eligible(index) && cluster.node(index).inFlight() < limit;
    NodeView node = stays ? cluster.node(index) : cluster.least(Signal.IN_FLIGHT);
    if (node != null) {
      last.put(request.function(), node.index());
    }
    return Decision.runOn(node);
  }
}
