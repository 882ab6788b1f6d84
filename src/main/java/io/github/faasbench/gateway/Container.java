package io.github.faasbench.gateway;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.NodeView;

/** A container that waits for calls and serves them, on one node. */
final class Container implements ContainerView {

  final ContainerName name;
  final FunctionState function;
  final NodeState node;

  final MadeBy madeBy;

  /** Whether a keep-alive policy says what becomes of it; else it was prepared and stays. */
  final boolean kept;

  private final long createdAtNanos;
  private long readyAtNanos;
  private long startNanos;

  /** -1: not yet. */
  private long firstUsedAtNanos = -1;

  private long uses;
  private long busyNanos;
  private long idleNanos;

  /** When it became busy or idle. */
  private long sinceNanos;

  /** Calls that run inside now. */
  int calls;

  /** Takes no further call, and goes with its last one. */
  boolean retired;

  /** Killed because a call inside took too long, and all others with it. */
  boolean killed;

  /** Its life has been told. */
  boolean over;

  /** Number of its creation, by function. */
  long created;

  /** Number of its last use, by function: the last time that a call began or ended inside. */
  long used;

  /** Counts on its node's {@link Host}. */
  private boolean onHost;

  /** Its memory stands in the books of {@link Evictions}. */
  boolean memoryTaken;

  /** Of those that it took the place of, how many in a row ended without a call. */
  int unusedBefore;

  /** When it was idle for the first time; -1: never yet. */
  long firstIdleNanos = -1;

  long keepUntilNanos = Long.MAX_VALUE;

  /** When another one is loaded in its place, once it is gone; {@link Long#MAX_VALUE}: never. */
  long loadAtNanos = Long.MAX_VALUE;

  /** Ends its time; null: not planned. */
  EventLoop.Timer expiry;

  long expiryNanos;

  /** Place in the heap of {@link FreeContainers}; -1: not there. */
  int place = -1;

  /** One that is asked for now. */
  Container(
      ContainerName name, FunctionState function, NodeState node, MadeBy madeBy, long nowNanos) {
    this.name = name;
    this.function = function;
    this.node = node;
    this.madeBy = madeBy;
    kept = madeBy != MadeBy.WARMING;
    createdAtNanos = nowNanos;
  }

  /** Its node is told to start it. */
  void starts() {
    if (node.host != null) {
      onHost = true;
      node.host.begins();
    }
  }

  /** It could not be started, or is removed or lost. */
  void leavesHost() {
    if (onHost) {
      onHost = false;
      node.host.ends();
    }
  }

  /**
   * It waits for calls from now on.
   *
   * @param queuedNanos of its start it waited for memory so long
   */
  void ready(long nowNanos, long queuedNanos) {
    startNanos = nowNanos - createdAtNanos - queuedNanos;
    readyAtNanos = nowNanos;
    sinceNanos = nowNanos;
  }

  /** A call begins inside. */
  void begins(long nowNanos) {
    if (calls++ == 0) {
      idleNanos += nowNanos - sinceNanos;
      sinceNanos = nowNanos;
    }
    if (uses++ == 0) {
      firstUsedAtNanos = nowNanos;
    }
  }

  /** A call inside has ended. */
  void ends(long nowNanos) {
    if (--calls == 0) {
      busyNanos += nowNanos - sinceNanos;
      sinceNanos = nowNanos;
    }
  }

  /** What came of it, if it is gone from now on. */
  ContainerLife life(ContainerLife.Cell cell, EventLoop loop, ContainerLife.End end) {
    long now = loop.nowNanos();
    long rest = now - sinceNanos;
    return new ContainerLife(
        cell,
        function.spec.name(),
        node.name(),
        name.toString(),
        madeBy,
        loop.instantOf(createdAtNanos),
        loop.instantOf(readyAtNanos),
        firstUsedAtNanos < 0 ? null : loop.instantOf(firstUsedAtNanos),
        uses,
        Call.rounded(busyNanos + (calls > 0 ? rest : 0)),
        Call.rounded(idleNanos + (calls > 0 ? 0 : rest)),
        function.memoryBytes,
        loop.instantOf(now),
        end);
  }

  boolean isIdle() {
    return calls == 0 && !retired;
  }

  @Override
  public String function() {
    return function.spec.name();
  }

  @Override
  public NodeView node() {
    return node;
  }

  @Override
  public long memoryBytes() {
    return function.memoryBytes;
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long uses() {
    return uses;
  }

  @Override
  public long firstIdleNanos() {
    return firstIdleNanos;
  }

  @Override
  public long idleSinceNanos() {
    return sinceNanos;
  }

  @Override
  public int others() {
    return function.containers() - (retired ? 0 : 1);
  }
}
