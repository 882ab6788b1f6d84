package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;

/** What a node tells of a call's end besides its exit code, in words for the record. */
final class Notes {
  /** Of a process that a SIGKILL ended; a function may also return it by itself. */
  static final int KILLED = 137;

  /**
   * Of a command that can't be run, as when its container is dead; a function may return it too.
   */
  static final int NOT_STARTED = 126;

  private static final String OUT_OF_MEMORY = "out of memory: killed by the kernel";
  private static final String SIGKILL = "as after a SIGKILL, and no lack of memory is known";
  private static final String JUMPED =
      "the node's clock jumped meanwhile: start and exec are not measured";

  /** Of a resident process's own stamps. */
  static final String IMPOSSIBLE = "the runtime's times are impossible: exec is not measured";

  private Notes() {}

  /** Of a call in a waiting container that was killed with it: it did not end by itself. */
  static NodeException killedWith(String container) {
    return new NodeException(
        NodeFailure.Kind.ENGINE,
        "container "
            + container
            + " was killed while the function ran in it, and not by faasbench; look for what on"
            + " the node does that",
        true);
  }

  /**
   * Empty when there is nothing to tell.
   *
   * @param outOfMemory whether the node's kernel ended a process of the container for its memory
   * @param clockJumped whether the node's stamps contradict the gateway's clock
   */
  static String of(int exitCode, boolean outOfMemory, boolean clockJumped) {
    String killed = exitCode != KILLED ? "" : outOfMemory ? OUT_OF_MEMORY : SIGKILL;
    String jumped = clockJumped ? JUMPED : "";
    return killed.isEmpty() || jumped.isEmpty() ? killed + jumped : jumped + "; " + killed;
  }
}
