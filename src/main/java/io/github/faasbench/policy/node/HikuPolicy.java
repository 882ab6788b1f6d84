package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Pull-based: a container that becomes idle asks for a call of its function, and takes it back when
 * it goes. A call is given to the node with the fewest calls in flight among those that asked, of
 * several to the one that asked first; when none has, to the node with the fewest calls in flight,
 * ties at random. Hiku (Akbari and Hauswirth, CCGrid 2025, arXiv 2502.15534).
 */
public final class HikuPolicy implements SchedulingPolicy {

  private final RandomGenerator random;
  private final Map<String, Asking> idle = new HashMap<>();

  public HikuPolicy(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    Asking asking = idle.get(request.function());
    NodeView asked = asking == null ? null : asking.take(cluster);
    return asked != null
        ? new Decision.Run(asked)
        : Decision.runOn(cluster.least(Signal.IN_FLIGHT, random));
  }

  @Override
  public void idle(String function, NodeView node, long nowNanos) {
    idle.computeIfAbsent(function, f -> new Asking()).add(node.index());
  }

  @Override
  public void evicted(String function, NodeView node, long nowNanos) {
    if (idle.containsKey(function)) {
      idle.get(function).remove(node.index());
    }
  }

  /** Nodes that asked for calls of one function, once per idle container, in that order. */
  private static final class Asking {
    private int[] nodes = new int[4];
    private int count;

    void add(int node) {
      if (count == nodes.length) {
        nodes = Arrays.copyOf(nodes, 2 * count);
      }
      nodes[count++] = node;
    }

    void remove(int node) {
      for (int at = 0; at < count; at++) {
        if (nodes[at] == node) {
          removeAt(at);
          return;
        }
      }
    }

    NodeView take(ClusterView cluster) {
      int best = -1;
      int least = Integer.MAX_VALUE;
      for (int at = 0; at < count && least > 0; at++) {
        if (cluster.eligible(nodes[at]) && cluster.node(nodes[at]).inFlight() < least) {
          best = at;
          least = cluster.node(nodes[at]).inFlight();
        }
      }
      return best < 0 ? null : cluster.node(removeAt(best));
    }

    private int removeAt(int at) {
      int node = nodes[at];
      System.arraycopy(nodes, at + 1, nodes, at, --count - at);
      return node;
    }
  }
}
