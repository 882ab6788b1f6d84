package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;

/**
 * A fixed number of containers per function: loaded before the first call, on as many nodes as
 * possible, and kept; a container above that number goes with its call. Platforms call it
 * provisioned concurrency (AWS Lambda) or minimum instances; OpenWhisk's pool of stem cells is the
 * same for containers of no function yet. One that had to make room is made up for by the next
 * call's.
 */
public final class PoolKeepAlive implements KeepAlivePolicy {

  private final int size;

  /**
   * @param size containers of each function, on all nodes together
   */
  public PoolKeepAlive(int size) {
    this.size = size;
  }

  @Override
  public int atStart() {
    return size;
  }

  @Override
  public Verdict idle(ContainerView container, long nowNanos) {
    return container.others() < size ? Verdict.KEEP : Verdict.REMOVE;
  }
}
