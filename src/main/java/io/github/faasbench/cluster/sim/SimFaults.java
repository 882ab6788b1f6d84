package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Faults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What faults on purpose are on simulated nodes; {@code docs/simulation.md} says it in words. */
final class SimFaults implements Faults {

  private final EventLoop loop;
  private final LoadFeed feed;
  private final Map<String, Host> hosts = new HashMap<>();

  SimFaults(EventLoop loop, LoadFeed feed, List<Host> hosts) {
    this.loop = loop;
    this.feed = feed;
    hosts.forEach(host -> this.hosts.put(host.name(), host));
  }

  @Override
  public void begin(Fault fault, Callback<Long> done) {
    Host host = hosts.get(fault.node());
    switch (fault.kind()) {
      case STOP_SSH -> host.wire.tear("its SSH server has ended, and the connection with it");
      case FREEZE -> {
        host.wire.fallSilent();
        host.images.network(false);
        host.standStill();
      }
      case CUT -> {
        host.wire.fallSilent();
        host.images.network(false);
      }
      case STOP_ENGINE -> {
        host.wire.engineStops("its engine has stopped");
        host.stopEngine();
      }
      case SLOW -> host.speed(1 / fault.factor());
    }
    long now = loop.nowNanos();
    loop.post(() -> done.done(now));
  }

  @Override
  public void end(Fault fault, Callback<Long> done) {
    Host host = hosts.get(fault.node());
    switch (fault.kind()) {
      case STOP_SSH -> host.wire.mend();
      case FREEZE -> {
        host.goOn();
        host.images.network(true);
        host.wire.mend();
      }
      case CUT -> {
        host.images.network(true);
        host.wire.mend();
      }
      case STOP_ENGINE -> host.wire.engineIsBack();
      case SLOW -> host.speed(1);
    }
    feed.changed(host);
    long now = loop.nowNanos();
    loop.post(() -> done.done(now));
  }
}
