package io.github.faasbench.cluster.sim;

/**
 * A node's cores under processor sharing, as Linux's fair scheduler has it with CPU quotas. A
 * container with calls wants its model's cores; where all of them want more than there are, each
 * gets the same part of what it wants. The calls in one container share what it gets equally. A
 * call's service is CPU time on all cores that its container may use: alone on a free node it takes
 * just that long.
 */
final class Processor {

  /** Cores are counted in 2^-40ths, so that their sum does not depend on who came first. */
  private static final double UNIT = 0x1p40;

  private static final long UNLIMITED = Long.MAX_VALUE;

  private final long capacity;
  private final Sharing<SimContainer> containers = new Sharing<>();
  private long wanted;
  private double percent;

  /** Of each core; 1 but for faults on purpose. */
  private double speed = 1;

  private long at;
  private double busy;
  private double service;
  private double slack;

  /** NaN cores: as many as are wanted. */
  Processor(double cores) {
    capacity = Double.isNaN(cores) ? UNLIMITED : units(cores);
  }

  static long units(double cores) {
    return Math.max(1, Math.round(cores * UNIT));
  }

  /** Percent of the node's cores that is wanted, at most 100; 0 where they have no limit. */
  double percent() {
    return percent;
  }

  /** Brings everything up to now; before anything else is asked. */
  void advance(long now) {
    if (now > at) {
      double elapsed = now - at;
      busy += Math.min(wanted, capacity) / UNIT * elapsed * speed;
      containers.advance(elapsed);
      at = now;
    }
  }

  void start(SimCall call) {
    SimContainer container = call.container;
    if (call.inOwnContainer()) {
      want(container.model.cores);
      containers.add(container, call.execNanos);
    } else if (container.calls.size() == 0) {
      want(container.model.cores);
      container.calls.pace(1);
      container.calls.add(call, call.execNanos);
      containers.add(container, call.execNanos);
      container.since = containers.served();
    } else {
      serve(container);
      container.calls.add(call, call.execNanos);
      share(container);
    }
  }

  /** Nanoseconds until a call ends, as things stand; {@link Long#MAX_VALUE}: none runs. */
  long untilNext() {
    return containers.untilNext();
  }

  /** Takes off the next call that has ended by now; null when none has. */
  SimCall pollEnded() {
    if (!containers.isDue()) {
      return null;
    }
    SimContainer container = containers.first();
    SimCall call = container.own == null ? container.calls.first() : container.own;
    serve(container);
    service += call.execNanos * cores(call);
    slack += 2 * Math.max(1, cores(call));
    leave(call);
    return call;
  }

  /** Takes off a call before its end. */
  void stop(SimCall call) {
    serve(call.container);
    service += (call.execNanos - left(call)) * cores(call);
    slack += 2 * Math.max(1, cores(call));
    leave(call);
  }

  /** What the cores have worked, in core-nanoseconds. */
  double busy() {
    return busy;
  }

  /** What calls have been served, in core-nanoseconds; those that still run included. */
  double service() {
    double sum = service;
    for (int i = 0; i < containers.size(); i++) {
      SimContainer container = containers.get(i);
      serve(container);
      for (SimCall call : container.running()) {
        sum += (call.execNanos - left(call)) * cores(call);
      }
    }
    return sum;
  }

  /** How far the two may differ, since a call's end is a whole nanosecond: 2 ns a call. */
  double slack() {
    return slack;
  }

  private static double cores(SimCall call) {
    return call.container.model.cores / UNIT;
  }

  private double left(SimCall call) {
    return call.inOwnContainer()
        ? call.container.end() - containers.served()
        : call.end() - call.container.calls.served();
  }

  private void leave(SimCall call) {
    SimContainer container = call.container;
    if (!call.inOwnContainer()) {
      container.calls.remove(call);
    }
    if (call.inOwnContainer() || container.calls.size() == 0) {
      containers.remove(container);
      want(-container.model.cores);
    } else {
      share(container);
    }
  }

  private void want(long more) {
    wanted += more;
    boolean some = wanted > 0 && wanted < capacity && capacity != UNLIMITED;
    percent = some ? 100 * ((double) wanted / capacity) : wanted < capacity ? 0 : 100;
    repace();
  }

  /** From now on each core does so much of what it does in full; 0: nothing. */
  void speed(double newSpeed) {
    speed = newSpeed;
    repace();
  }

  private void repace() {
    pace(speed * (wanted <= capacity ? 1 : (double) capacity / wanted));
  }

  /** Seen by tests, that break the node with it. */
  void pace(double pace) {
    containers.pace(pace);
  }

  /** Books what the container's calls have had up to now. */
  private void serve(SimContainer container) {
    if (container.own != null) {
      return; // its one call is served as the container is
    }
    container.calls.advance(containers.served() - container.since);
    container.since = containers.served();
  }

  /** After the number of calls in a container has changed. */
  private void share(SimContainer container) {
    int calls = container.calls.size();
    container.calls.pace(1.0 / calls);
    double left = container.calls.first().end() - container.calls.served();
    containers.endsAt(container, containers.served() + left * calls);
  }
}
