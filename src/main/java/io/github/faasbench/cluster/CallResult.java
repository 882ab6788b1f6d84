package io.github.faasbench.cluster;

import java.util.Optional;

/**
 * One function call's end. Durations are nanoseconds, each the difference of two stamps of one
 * clock; -1 means not measured.
 *
 * @param exitCode the function's
 * @param endedAtNanos when its end was seen at the gateway, on the loop's clock
 * @param queuedNanos waited on the node for a slot or for memory; real nodes have no such queue
 * @param pullNanos image pull, by the engine's or the node's stamps
 * @param startNanos container create and start: from after the pull to the process's start
 * @param execNanos the function's process, timed on the node
 * @param cleanupNanos removal of the container, after the end; not part of the latency
 * @param pull evidence of the pull; empty when the request asked for none
 * @param output the first 64 KiB of its standard output and error, as text
 * @param note what the node tells of it besides, for the record; mostly empty
 */
public record CallResult(
    int exitCode,
    long endedAtNanos,
    long queuedNanos,
    long pullNanos,
    long startNanos,
    long execNanos,
    long cleanupNanos,
    Optional<PullResult> pull,
    String output,
    String note) {

  /** The node tells nothing besides. */
  public CallResult(
      int exitCode,
      long endedAtNanos,
      long queuedNanos,
      long pullNanos,
      long startNanos,
      long execNanos,
      long cleanupNanos,
      Optional<PullResult> pull,
      String output) {
    this(
        exitCode,
        endedAtNanos,
        queuedNanos,
        pullNanos,
        startNanos,
        execNanos,
        cleanupNanos,
        pull,
        output,
        "");
  }

  /** The same, with its end seen at that time. */
  public CallResult heardAt(long nanos) {
    return new CallResult(
        exitCode,
        nanos,
        queuedNanos,
        pullNanos,
        startNanos,
        execNanos,
        cleanupNanos,
        pull,
        output,
        note);
  }
}
