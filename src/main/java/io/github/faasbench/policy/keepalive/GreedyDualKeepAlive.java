package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;
import java.util.HashMap;
import java.util.Map;

/**
 * FaasCache (Fuerst and Sharma, ASPLOS 2021): keep-alive is caching, and containers are evicted by
 * Greedy-Dual-Size-Frequency. Where memory is needed the container of the smallest priority goes:
 * clock + frequency × cost / size. The clock of a node is the priority of what it evicted last, so
 * that what is not used ages; the frequency counts the uses of the function's containers that are
 * there, and goes with them; the cost is what a start takes, by the mean of those seen; all of a
 * function's containers on a node have the priority of its last use.
 */
public final class GreedyDualKeepAlive implements KeepAlivePolicy {

  private static final double MEBIBYTE = 1 << 20;

  private static final class Cache {
    double clock;
    final Map<String, Kept> functions = new HashMap<>();
  }

  private static final class Kept {
    long frequency;
    double priority;
  }

  private static final class Starts {
    double millis;
    long count;
  }

  private final Map<Integer, Cache> caches = new HashMap<>();
  private final Map<String, Starts> starts = new HashMap<>();

  @Override
  public Verdict idle(ContainerView container, long nowNanos) {
    if (container.uses() == 0) {
      started(container);
      kept(container).priority = priority(container); // loaded ahead, by whomever
    }
    return Verdict.KEEP;
  }

  @Override
  public void used(ContainerView container, long nowNanos) {
    if (container.uses() == 1 && container.firstIdleNanos() < 0) {
      started(container);
    }
    kept(container).frequency++;
    kept(container).priority = priority(container);
  }

  @Override
  public double worth(ContainerView container) {
    return kept(container).priority;
  }

  @Override
  public void gone(ContainerView container, boolean evicted) {
    Kept kept = kept(container);
    if (evicted) {
      cache(container).clock = kept.priority;
    }
    kept.frequency -= container.uses();
  }

  /** The priority of what was evicted last from that node. */
  double clock(int node) {
    return caches.get(node).clock;
  }

  private void started(ContainerView container) {
    Starts all = starts.computeIfAbsent(container.function(), name -> new Starts());
    all.millis += container.startNanos() / 1e6;
    all.count++;
  }

  private double priority(ContainerView container) {
    Starts all = starts.get(container.function());
    // Where sizes are not known all are equal.
    double size = container.memoryBytes() == 0 ? 1 : container.memoryBytes() / MEBIBYTE;
    double cost = all.millis / all.count;
    return cache(container).clock + kept(container).frequency * cost / size;
  }

  private Cache cache(ContainerView container) {
    return caches.computeIfAbsent(container.node().index(), node -> new Cache());
  }

  private Kept kept(ContainerView container) {
    return cache(container).functions.computeIfAbsent(container.function(), name -> new Kept());
  }
}
