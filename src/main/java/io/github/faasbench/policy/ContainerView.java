package io.github.faasbench.policy;

/** What a keep-alive policy sees of a container. Valid during the call that handed it out. */
public interface ContainerView {

  /** Whose calls it serves. */
  String function();

  NodeView node();

  /** As the function's model says; 0: not known. */
  long memoryBytes();

  /** How long the pull of its image and its start took together. */
  long startNanos();

  /** Calls that have begun inside. */
  long uses();

  /** When it had nothing to do for the first time, on the loop's clock; -1: it always had. */
  long firstIdleNanos();

  /** When it had nothing to do any more. */
  long idleSinceNanos();

  /** Other containers of the function that are there, on all nodes, and take calls. */
  int others();
}
