package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import java.util.random.RandomGenerator;

/**
 * Keeps the calls of functions that share an image together, where its packages are: of the two
 * nodes that consistent hashing gives to the image, the one with fewer calls in flight; when that
 * one is at the threshold, the least loaded node of all. PASch (Aumala et al., "Beyond load
 * balancing: package-aware scheduling for serverless platforms", CCGRID 2019); its largest package
 * is the image here.
 */
public final class PackageAwarePolicy implements SchedulingPolicy {

  private final int threshold;
  private final int points;
  private final RandomGenerator random;
  private Ring ring;

  /**
   * @param threshold calls in flight from which on a node is overloaded
   * @param points of each node on the ring
   */
  public PackageAwarePolicy(int threshold, int points, RandomGenerator random) {
    this.threshold = threshold;
    this.points = points;
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    if (cluster.eligibleCount() == 0) {
      return Decision.NO_NODE;
    }
    NodeView first = home(request.image(), cluster);
    NodeView second = home(request.image() + "salty", cluster);
    NodeView node = second.inFlight() < first.inFlight() ? second : first;
    return node.inFlight() < threshold
        ? new Decision.Run(node)
        : Spill.toLeastLoaded(cluster, random);
  }

  private NodeView home(String key, ClusterView cluster) {
    return cluster.node(ring.node(ring.offered(cluster, ring.place(key))));
  }

  @Override
  public void nodesChanged(ClusterView cluster) {
    ring = new Ring(cluster, points);
  }
}
