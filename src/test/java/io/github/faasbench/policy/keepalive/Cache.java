package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.NodeView;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One node on which calls take no time, so that keeping containers is caching: written apart from
 * the gateway, to hold policies to published counts.
 */
final class Cache {

  /** A function. */
  record Kind(String name, long mebibytes, long startMillis) {}

  private final KeepAlivePolicy policy;
  private final long capacity;

  /**
   * Whether eviction frees the newcomer's whole size, as FaasCache's does; else what is missing.
   */
  private final boolean wholeSize;

  private final Map<String, Kind> kinds;

  /** Which of equals goes first; else the one that has been idle for longest. */
  Comparator<One> ties = Comparator.comparingLong(one -> one.idleSince);

  final List<One> there = new ArrayList<>();
  int warm;
  int cold;
  int evictions;

  Cache(KeepAlivePolicy policy, long mebibytes, boolean wholeSize, Map<String, Kind> kinds) {
    this.policy = policy;
    capacity = mebibytes;
    this.wholeSize = wholeSize;
    this.kinds = kinds;
  }

  /** A call; whether it found a container. */
  boolean call(String function, long now) {
    Kind kind = kinds.get(function);
    policy.arrived(function, -1, now);
    One found = there.stream().filter(c -> c.kind.equals(kind)).findFirst().orElse(null);
    boolean isWarm = found != null;
    if (isWarm) {
      warm++;
    } else {
      cold++;
      makeRoom(kind.mebibytes);
      found = new One(kind);
      there.add(found);
    }
    found.uses++;
    policy.used(found, now);
    found.idleSince = now;
    found.firstIdle = found.firstIdle < 0 ? now : found.firstIdle;
    if (policy.idle(found, now).keepUntilNanos() < now) {
      there.remove(found);
      policy.gone(found, false);
    }
    return isWarm;
  }

  private void makeRoom(long mebibytes) {
    long used = there.stream().mapToLong(c -> c.kind.mebibytes).sum();
    long missing = used + mebibytes - capacity;
    if (missing <= 0) {
      return;
    }
    long wanted = wholeSize ? mebibytes : missing;
    long freed = 0;
    while (freed < wanted && !there.isEmpty()) {
      One least =
          there.stream()
              .min(Comparator.<One>comparingDouble(policy::worth).thenComparing(ties))
              .orElseThrow();
      there.remove(least);
      freed += least.kind.mebibytes;
      evictions++;
      policy.gone(least, true);
    }
  }

  One of(String function) {
    return there.stream().filter(c -> c.kind.name.equals(function)).findFirst().orElseThrow();
  }

  static NodeView node() {
    return (NodeView)
        Proxy.newProxyInstance(
            Cache.class.getClassLoader(),
            new Class<?>[] {NodeView.class},
            (proxy, method, arguments) -> method.getName().equals("index") ? 0 : null);
  }

  /** A container. */
  static final class One implements ContainerView {
    private static final NodeView NODE = Cache.node();
    final Kind kind;
    long uses;
    long firstIdle = -1;
    long idleSince;
    int others;

    One(Kind kind) {
      this.kind = kind;
    }

    @Override
    public String function() {
      return kind.name;
    }

    @Override
    public NodeView node() {
      return NODE;
    }

    @Override
    public long memoryBytes() {
      return kind.mebibytes << 20;
    }

    @Override
    public long startNanos() {
      return kind.startMillis * 1_000_000;
    }

    @Override
    public long uses() {
      return uses;
    }

    @Override
    public long firstIdleNanos() {
      return firstIdle;
    }

    @Override
    public long idleSinceNanos() {
      return idleSince;
    }

    @Override
    public int others() {
      return others;
    }
  }
}
