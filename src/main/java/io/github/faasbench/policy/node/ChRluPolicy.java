package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import java.util.random.RandomGenerator;

/**
 * Consistent hashing with random load updates: a function goes to its node on the ring while that
 * node's load is within the bound, else to one of the next on the chain, else to the least loaded
 * node of all. To the load that a popular function sees a normal noise is added, so that its calls
 * leave a node one by one, before it is full, and not all at once. CH-RLU (Fuerst and Sharma,
 * "Locality-aware load-balancing for serverless clusters", HPDC 2022); mean and deviation of the
 * noise as in its OpenWhisk version. The load is calls in flight per core, which the gateway always
 * knows, so that the noise need not be added to an old reading.
 */
public final class ChRluPolicy implements SchedulingPolicy {

  private static final double DEVIATION = 0.1;

  private final double bound;
  private final int chain;
  private final int points;
  private final Popularity popularity;
  private final RandomGenerator random;
  private final int[] probed;
  private Ring ring;

  /**
   * @param bound calls in flight per core up to which a node takes another
   * @param chain how many further nodes are looked at
   * @param popular share of the functions, from 0 to 1, that see noise
   * @param points of each node on the ring
   */
  public ChRluPolicy(double bound, int chain, double popular, int points, RandomGenerator random) {
    this.bound = bound;
    this.chain = chain;
    this.points = points;
    this.random = random;
    popularity = new Popularity(popular);
    probed = new int[chain + 1];
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    int probes = Math.min(chain + 1, cluster.eligibleCount());
    if (probes == 0) {
      return Decision.NO_NODE;
    }
    boolean popular = popularity.arrived(request);
    int place = ring.place(request.function());
    for (int probe = 0; probe < probes; probe++) {
      place = ring.offered(cluster, place);
      while (seen(ring.node(place), probe)) {
        place = ring.offered(cluster, ring.next(place));
      }
      probed[probe] = ring.node(place);
      NodeView node = cluster.node(probed[probe]);
      double load = node.inFlight() / cores(node);
      if (load + (popular ? noise(cluster.present() * cores(node)) : 0) <= bound) {
        return new Decision.Run(node);
      }
    }
    return Spill.toLeastLoaded(cluster, random);
  }

  private boolean seen(int node, int probes) {
    for (int i = 0; i < probes; i++) {
      if (probed[i] == node) {
        return true;
      }
    }
    return false;
  }

  /** Box and Muller 1958. */
  private double noise(double allCores) {
    double mean = Math.min(10 / popularity.medianSeconds() / allCores, 0.2);
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return mean + DEVIATION * radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  private static double cores(NodeView node) {
    return Double.isNaN(node.cpu()) ? 1 : node.cpu();
  }

  @Override
  public void nodesChanged(ClusterView cluster) {
    ring = new Ring(cluster, points);
  }
}
