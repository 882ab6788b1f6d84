package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;

/**
 * Keeps every container until its node's memory is needed; then the one that has been idle for
 * longest goes, and no more than are needed. OpenWhisk's pool evicts so (ContainerPool.scala), but
 * frees the newcomer's whole size even where some memory is free.
 */
public final class LruKeepAlive implements KeepAlivePolicy {

  @Override
  public Verdict idle(ContainerView container, long nowNanos) {
    return Verdict.KEEP;
  }
}
