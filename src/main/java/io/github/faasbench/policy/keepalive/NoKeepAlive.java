package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.NodeView;

/** Removes a container as soon as its call has ended, as the thesis does (5.5.2). */
public final class NoKeepAlive implements KeepAlivePolicy {

  private static final Verdict REMOVE = new Verdict(Long.MIN_VALUE);

  @Override
  public boolean keeps() {
    return false;
  }

  @Override
  public Verdict ended(String function, NodeView node, long firstIdleNanos, long nowNanos) {
    return REMOVE;
  }
}
