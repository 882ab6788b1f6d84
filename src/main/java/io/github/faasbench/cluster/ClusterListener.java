package io.github.faasbench.cluster;

import java.util.List;
import java.util.Optional;

/** Told, on the loop, what nodes do by themselves. */
public interface ClusterListener {

  /**
   * A newer load of a node, from a cluster that pushes loads.
   *
   * @param node place in {@link Cluster#nodes}
   * @param cpuPercent of the node's own limit
   * @param ramPercent of the node's own limit
   * @param takenAtNanos on the loop's clock
   */
  void load(int node, double cpuPercent, double ramPercent, long takenAtNanos);

  /**
   * A node's load is not known any more, until it is told again.
   *
   * @param node place in {@link Cluster#nodes}
   * @param failure why; told again for as long as it lasts. Empty: nobody follows it, which says
   *     nothing of the node
   */
  default void unread(int node, Optional<NodeFailure> failure) {}

  /**
   * A node needs memory: which idle containers go, in this order. As many as free so many bytes; of
   * what is not named the one that has been idle for longest goes.
   *
   * @param node place in {@link Cluster#nodes}
   */
  default List<ContainerName> victims(int node, long bytes) {
    return List.of();
  }

  /**
   * A node removed an idle container to make room.
   *
   * @param node place in {@link Cluster#nodes}
   * @param container its name
   */
  void evicted(int node, String container);

  /**
   * A waiting container ended by itself while no call was inside.
   *
   * @param node place in {@link Cluster#nodes}
   * @param container its name
   * @param why one line; may be empty
   */
  default void ended(int node, String container, String why) {}
}
