package io.github.faasbench.policy;

/** What a policy answers. */
public sealed interface Decision {

  /** Run on this node; in which mode follows from the node's state. */
  record Run(NodeView node) implements Decision {}

  /** Ask again when capacity frees or the nodes change. */
  record Wait(String reason) implements Decision {}

  /** Give up; the reason goes into the record. */
  record Reject(String reason) implements Decision {}

  /** Run on the node, or reject when there is none. */
  static Decision runOn(NodeView node) {
    return node == null ? NO_NODE : new Run(node);
  }

  /** The answer when no node is eligible; {@code whenNoNode} decides what comes of it. */
  Decision NO_NODE = new Reject("no eligible node");
}
