package io.github.faasbench.cluster;

/**
 * Why a node could not do what was asked.
 *
 * @param kind what sort of failure
 * @param node the node's name
 * @param message one line: what happened, where, what to do next; never a secret
 * @param mayHaveRun whether the function may have started all the same
 */
public record NodeFailure(Kind kind, String node, String message, boolean mayHaveRun) {

  /** Sorts of failure. */
  public enum Kind {
    /** SSH or the engine's socket could not be reached, or the connection broke. */
    UNREACHABLE,
    /** The engine answered with an error. */
    ENGINE,
    /** The image is not to be had. */
    IMAGE,
    /** The function's resident process did not come to take calls, or takes none any more. */
    RUNTIME,
    /** The image's registry does not answer the node. */
    REGISTRY,
    /** The node has no room for the call, and is told to let none wait. */
    FULL,
    /** The node's answer could not be understood. */
    GARBLED
  }
}
