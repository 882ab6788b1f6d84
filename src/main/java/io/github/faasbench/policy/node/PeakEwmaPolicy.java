package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Draws two nodes and takes the one with the smaller expected wait: its latency, averaged with
 * weights that decay in time but at once up at a peak, times its calls in flight and this one.
 * Finagle's P2CPeakEwma: a node with calls in flight and no latency yet is the worst, one without
 * either the best. Latency is that of the record, from a call's arrival to its end.
 */
public final class PeakEwmaPolicy implements SchedulingPolicy {

  private static final double UNKNOWN = Long.MAX_VALUE >> 16;

  private final Average average;
  private final RandomGenerator random;

  /**
   * @param decay after which an observation counts 1/e
   */
  public PeakEwmaPolicy(Duration decay, RandomGenerator random) {
    average = new Average(decay.toNanos());
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    int nodes = cluster.eligibleCount();
    if (nodes == 0) {
      return Decision.NO_NODE;
    }
    int first = random.nextInt(nodes);
    NodeView a = cluster.eligibleAt(first);
    if (nodes == 1) {
      return new Decision.Run(a);
    }
    int second = random.nextInt(nodes - 1);
    NodeView b = cluster.eligibleAt(second >= first ? second + 1 : second);
    double loadA = average.load(a.index(), a.inFlight(), nowNanos);
    double loadB = average.load(b.index(), b.inFlight(), nowNanos);
    return new Decision.Run(loadB < loadA ? b : a);
  }

  @Override
  public void ended(Ended call, long nowNanos) {
    average.observe(call.node().index(), call.latencyNanos(), nowNanos);
  }

  @Override
  public void nodesChanged(ClusterView cluster) {
    average.start(cluster.size());
  }

  /** The nodes' latencies. */
  static final class Average {

    private final double decayNanos;
    private double[] nanos = {};
    private long[] atNanos = {};

    Average(long decayNanos) {
      this.decayNanos = decayNanos;
    }

    /** What was learned of each node stays when some come or go. */
    void start(int nodes) {
      if (nanos.length == nodes) {
        return;
      }
      nanos = new double[nodes];
      atNanos = new long[nodes];
    }

    /** A latency; 0 when time has passed without one. */
    double observe(int node, double latencyNanos, long nowNanos) {
      double old = nanos[node];
      double weight = StrictMath.exp(-Math.max(0, nowNanos - atNanos[node]) / decayNanos);
      nanos[node] = latencyNanos > old ? latencyNanos : latencyNanos * (1 - weight) + old * weight;
      atNanos[node] = nowNanos;
      return nanos[node];
    }

    double load(int node, int inFlight, long nowNanos) {
      double latency = observe(node, 0, nowNanos);
      return latency == 0 && inFlight > 0 ? UNKNOWN + inFlight : latency * (inFlight + 1);
    }
  }
}
