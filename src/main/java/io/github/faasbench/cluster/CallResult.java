package io.github.faasbench.cluster;

import java.util.Optional;

/**
 * One function call's end. Durations are nanoseconds, each the difference of two stamps of one
 * clock; -1 means not measured.
 *
 * @param exitCode the function's; -1: it gave none, since its resident process broke the protocol,
 *     and the note says how
 * @param endedAtNanos when its end was seen at the gateway, on the loop's clock
 * @param queuedNanos waited on the node for a slot or for memory; real nodes have no such queue
 * @param pullNanos image pull, by the engine's or the node's stamps
 * @param startNanos container create and start: from after the pull to the process's start; of a
 *     call in a container that waits, its unpausing, 0 where it was not paused
 * @param execNanos the function's process, timed on the node
 * @param cleanupNanos removal of the container, or its pausing, after the end; not part of the
 *     latency
 * @param pull evidence of the pull; empty when the request asked for none
 * @param output the first 64 KiB of its standard output and error, as text
 * @param note what the node tells of it besides, for the record; mostly empty
 * @param containerGone whether the waiting container that it ran in takes no further call: its
 *     resident process ended during the call or broke the protocol. Whoever asked removes it
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
    String note,
    boolean containerGone) {

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

  /** Its container is as it was. */
  public CallResult(
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
        note,
        false);
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
        note,
        containerGone);
  }
}
