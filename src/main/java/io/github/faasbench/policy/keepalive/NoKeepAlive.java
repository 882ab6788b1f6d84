package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;

/** Removes a container as soon as its call has ended, as the thesis does (5.5.2). */
public final class NoKeepAlive implements KeepAlivePolicy {

  @Override
  public boolean keeps() {
    return false;
  }

  @Override
  public Verdict idle(ContainerView container, long nowNanos) {
    return Verdict.REMOVE;
  }
}
