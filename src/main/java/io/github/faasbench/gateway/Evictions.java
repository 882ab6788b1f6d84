package io.github.faasbench.gateway;

import io.github.faasbench.policy.KeepAlivePolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Which idle containers make room for a new one, and no more of them than are needed: by what they
 * are worth to the keep-alive policy. A cluster that evicts by itself asks; on others the gateway
 * keeps the books, of nodes and functions whose memory the experiment file tells.
 */
final class Evictions {

  private final KeepAlivePolicy policy;
  private final boolean byNodes;

  /**
   * @param byNodes whether nodes make room by themselves
   */
  Evictions(KeepAlivePolicy policy, boolean byNodes) {
    this.policy = policy;
    this.byNodes = byNodes;
  }

  /** Those that free so many bytes of the node together, or all there are. */
  List<Container> victims(NodeState node, long bytes) {
    List<Container> victims = new ArrayList<>();
    long freed = 0;
    while (freed < bytes) {
      Container next = leastWorth(node, victims);
      if (next == null) {
        return victims;
      }
      victims.add(next);
      freed += next.memoryBytes();
    }
    return victims;
  }

  /** The victims of a new container, whose memory is taken from now on. */
  List<Container> make(Container newcomer) {
    NodeState node = newcomer.node;
    if (byNodes || node.memoryBytes == 0 || newcomer.memoryBytes() == 0) {
      return List.of();
    }
    node.takenBytes += newcomer.memoryBytes();
    newcomer.memoryTaken = true;
    return victims(node, node.takenBytes - node.memoryBytes);
  }

  /** The container is gone, or never came. */
  void free(Container container) {
    if (container.memoryTaken) {
      container.memoryTaken = false;
      container.node.takenBytes -= container.memoryBytes();
    }
  }

  private Container leastWorth(NodeState node, List<Container> but) {
    Container least = null;
    double worth = 0;
    for (Container container : node.containers.values()) {
      if (!container.kept || !container.isIdle() || but.contains(container)) {
        continue;
      }
      double its = policy.worth(container);
      boolean less =
          least == null
              || its < worth
              || its == worth && container.idleSinceNanos() < least.idleSinceNanos();
      if (less) {
        least = container;
        worth = its;
      }
    }
    return least;
  }
}
