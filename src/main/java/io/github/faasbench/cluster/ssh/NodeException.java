package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;

/** A failed operation on a node, on its way to the callback. The message is for the user. */
final class NodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final NodeFailure.Kind kind;
  private final boolean mayHaveRun;

  NodeException(NodeFailure.Kind kind, String message) {
    this(kind, message, false);
  }

  NodeException(NodeFailure.Kind kind, String message, boolean mayHaveRun) {
    super(oneLine(message));
    this.kind = kind;
    this.mayHaveRun = mayHaveRun;
  }

  NodeFailure.Kind kind() {
    return kind;
  }

  NodeFailure at(String node) {
    return new NodeFailure(kind, node, getMessage(), mayHaveRun);
  }

  /** The same failure at a point where the function may have started. */
  NodeException afterStart() {
    return new NodeException(kind, getMessage(), true);
  }

  static String oneLine(String text) {
    return text == null ? "" : text.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
  }
}
