package io.github.faasbench.gateway;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.EventLoop;

/** A container that waits for calls and serves them, on one node. */
final class Container {

  final ContainerName name;
  final FunctionState function;
  final NodeState node;

  /** Whether a call made it and a keep-alive policy keeps it; else it was prepared and stays. */
  final boolean kept;

  /** Calls that run inside now. */
  int calls;

  /** Takes no further call, and goes with its last one. */
  boolean retired;

  /** Killed because a call inside took too long, and all others with it. */
  boolean killed;

  /** Number of its creation, by function. */
  long created;

  /** Number of its last use, by function: the last time that a call began or ended inside. */
  long used;

  /** When it was idle for the first time; -1: never yet. */
  long firstIdleNanos = -1;

  long keepUntilNanos = Long.MAX_VALUE;

  /** Ends its time; null: not planned. */
  EventLoop.Timer expiry;

  long expiryNanos;

  /** Place in the heap of {@link FreeContainers}; -1: not there. */
  int place = -1;

  Container(ContainerName name, FunctionState function, NodeState node, boolean kept) {
    this.name = name;
    this.function = function;
    this.node = node;
    this.kept = kept;
  }

  boolean isIdle() {
    return calls == 0 && !retired;
  }
}
