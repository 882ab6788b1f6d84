package io.github.faasbench.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where a function is warm: the thesis's function state registry (5.5), for one function. */
final class FunctionState {

  /** Waiting containers that serve no call now: one a node. */
  private final Map<NodeState, String> idle = new HashMap<>();

  private final Set<NodeState> withImage = new HashSet<>();

  boolean hasIdleContainer(NodeState node) {
    return idle.containsKey(node);
  }

  boolean hasImage(NodeState node) {
    return withImage.contains(node);
  }

  boolean anyIdle() {
    return !idle.isEmpty();
  }

  boolean anyImage() {
    return !withImage.isEmpty();
  }

  void imagePrepared(NodeState node) {
    withImage.add(node);
  }

  void containerIdle(NodeState node, String container) {
    idle.put(node, container);
  }

  /** Takes the node's container for a call. */
  String takeContainer(NodeState node) {
    return idle.remove(node);
  }

  void containerGone(NodeState node) {
    idle.remove(node);
  }

  Map<NodeState, String> idleContainers() {
    return Map.copyOf(idle);
  }

  Set<NodeState> nodesWithImage() {
    return Set.copyOf(withImage);
  }

  void imageGone(NodeState node) {
    withImage.remove(node);
  }
}
