package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Gives each function a home, by a hash of its name, and goes on from there in steps of a size that
 * the hash chooses too, to the first eligible node with a slot (else: a core) free. When all nodes
 * are full, any eligible one, at random. OpenWhisk's ShardingContainerPoolBalancer with one
 * controller: step sizes are coprime to the number of nodes and to each other, so that each visits
 * every node and functions with one home part ways. Its hash's one negative value is not carried
 * over, and slots stand for its memory permits.
 */
public final class HomeInvokerPolicy implements SchedulingPolicy {

  private final RandomGenerator random;
  private int[] steps = {};

  public HomeInvokerPolicy(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    NodeView free = cluster.least(Signal.FULL);
    if (free == null) {
      return Decision.NO_NODE;
    }
    if (Spill.isFull(free)) {
      return overload(cluster);
    }
    int hash = hash("guest", "guest/" + request.function());
    int step = steps[hash % steps.length];
    int index = hash % cluster.size();
    while (!cluster.eligible(index) || Spill.isFull(cluster.node(index))) {
      index = (index + step) % cluster.size();
    }
    return new Decision.Run(cluster.node(index));
  }

  private Decision overload(ClusterView cluster) {
    if (!Spill.isFull(cluster.all().least(Signal.FULL))) {
      return Spill.ELSEWHERE;
    }
    return new Decision.Run(cluster.eligibleAt(random.nextInt(cluster.eligibleCount())));
  }

  /** OpenWhisk's, of a namespace and the full name of an action in it. */
  static int hash(String namespace, String action) {
    int hash = namespace.hashCode() ^ action.hashCode();
    return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash);
  }

  /** Numbers up to that one, coprime to it and to those before. */
  static int[] steps(int nodes) {
    int[] found = new int[nodes];
    int count = 0;
    for (int step = 1; step <= nodes; step++) {
      int candidate = step;
      boolean fits = gcd(step, nodes) == 1;
      if (fits && Arrays.stream(found, 0, count).allMatch(other -> gcd(candidate, other) == 1)) {
        found[count++] = step;
      }
    }
    return Arrays.copyOf(found, count);
  }

  static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public void nodesChanged(ClusterView cluster) {
    steps = steps(cluster.size());
  }
}
