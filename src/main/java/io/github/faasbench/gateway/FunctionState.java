package io.github.faasbench.gateway;

import java.util.HashMap;
import java.util.Map;

/** Where a function is warm: the thesis's function state registry (5.5), for one function. */
final class FunctionState {

  /** Waiting containers that serve no call now: one a node. */
  private final Map<NodeState, String> idleContainers = new HashMap<>();

  private final NodeSet idle;
  private final NodeSet withImage;

  FunctionState(ClusterIndex index) {
    idle = index.newSet();
    withImage = index.newSet();
  }

  boolean hasIdleContainer(NodeState node) {
    return idle.contains(node);
  }

  boolean anyIdle() {
    return !idle.isEmpty();
  }

  boolean anyImage() {
    return !withImage.isEmpty();
  }

  /** Nodes with a container that serves no call. */
  NodeSet idle() {
    return idle;
  }

  /** Nodes where the image was prepared. */
  NodeSet withImage() {
    return withImage;
  }

  void imagePrepared(NodeState node) {
    withImage.add(node);
  }

  void containerIdle(NodeState node, String container) {
    idleContainers.put(node, container);
    idle.add(node);
  }

  /** Takes the node's container for a call. */
  String takeContainer(NodeState node) {
    idle.remove(node);
    return idleContainers.remove(node);
  }

  void containerGone(NodeState node) {
    takeContainer(node);
  }

  /** The node's container that serves no call; null when there is none. */
  String idleContainer(NodeState node) {
    return idleContainers.get(node);
  }

  void imageGone(NodeState node) {
    withImage.remove(node);
  }
}
