package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.LoadReading;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the listener the nodes' loads: at every change, or as they were at the last multiple of an
 * interval. Only what has changed is told, so that nodes without calls cost nothing.
 */
final class LoadFeed {

  private final EventLoop loop;
  private final long intervalNanos;
  private final List<Host> changed = new ArrayList<>();
  private ClusterListener listener;

  /** An interval of 0: at every change. */
  LoadFeed(EventLoop loop, long intervalNanos) {
    this.loop = loop;
    this.intervalNanos = intervalNanos;
  }

  /** Tells all loads, and from now on what changes. */
  void listen(ClusterListener newListener, List<Host> hosts) {
    listener = newListener;
    hosts.forEach(this::tell);
  }

  /** Which idle containers should make room for so many bytes. */
  List<ContainerName> victims(Host host, long bytes) {
    return listener == null || isDark(host) ? List.of() : listener.victims(host.index, bytes);
  }

  /** The container was evicted. */
  void evicted(Host host, String container) {
    if (listener == null) {
      return;
    }
    if (host.wire == null) {
      listener.evicted(host.index, container);
    } else {
      host.wire.tell(() -> listener.evicted(host.index, container));
    }
  }

  /** The node's load may be another than before. */
  void changed(Host host) {
    if (isTold(host) || isDark(host)) {
      return;
    }
    if (intervalNanos == 0) {
      tellAnew(host);
    } else if (!host.toldSoon) {
      host.toldSoon = true;
      changed.add(host);
      if (changed.size() == 1) {
        loop.after(intervalNanos - loop.nowNanos() % intervalNanos, this::tellChanged);
      }
    }
  }

  /** What a question for the node's load is answered. */
  LoadReading reading(Host host) {
    return new LoadReading(host.toldCpu, host.toldRam, readAtNanos());
  }

  /** When that node's was read last. */
  long readAtNanos(Host host) {
    if (!isDark(host)) {
      return readAtNanos();
    }
    long dark = host.wire.darkSince();
    return intervalNanos == 0 ? dark : dark - dark % intervalNanos;
  }

  /** When loads were read last: now, or at the last multiple of the interval. */
  long readAtNanos() {
    long now = loop.nowNanos();
    return intervalNanos == 0 ? now : now - now % intervalNanos;
  }

  private void tellChanged() {
    List<Host> hosts = List.copyOf(changed);
    changed.clear();
    for (Host host : hosts) {
      host.toldSoon = false;
      if (!isTold(host) && !isDark(host)) {
        tellAnew(host);
      }
    }
  }

  /** Whether nothing is heard of the node. */
  private static boolean isDark(Host host) {
    return host.wire != null && host.wire.isDark();
  }

  private static boolean isTold(Host host) {
    return host.cpuPercent() == host.toldCpu && host.ramPercent() == host.toldRam;
  }

  private void tellAnew(Host host) {
    host.toldCpu = host.cpuPercent();
    host.toldRam = host.ramPercent();
    tell(host);
  }

  private void tell(Host host) {
    if (listener != null) {
      listener.load(host.index, host.toldCpu, host.toldRam, readAtNanos());
    }
  }
}
