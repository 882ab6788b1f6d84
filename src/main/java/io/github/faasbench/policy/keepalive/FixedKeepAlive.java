package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;
import java.time.Duration;

/**
 * Keeps a container for a fixed time: it goes when it has been idle for longer. The time counts
 * from the end of its last call, as in OpenWhisk and SimFaaS, or, without reset, from when it was
 * idle for the first time, as in DSLab's default. With Poisson arrivals at rate λ and short calls
 * the share of cold starts is e^-λT and 1 / (1 + λT).
 */
public final class FixedKeepAlive implements KeepAlivePolicy {

  private final long ttlNanos;
  private final boolean reset;

  /**
   * @param ttl how long an idle container stays
   * @param reset whether each call starts the time anew
   */
  public FixedKeepAlive(Duration ttl, boolean reset) {
    boolean fits = ttl.compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0;
    ttlNanos = fits ? ttl.toNanos() : Long.MAX_VALUE;
    this.reset = reset;
  }

  @Override
  public Verdict idle(ContainerView container, long nowNanos) {
    long from = reset ? nowNanos : container.firstIdleNanos();
    return Verdict.until(ttlNanos > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + ttlNanos);
  }
}
