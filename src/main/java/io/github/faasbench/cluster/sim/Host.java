package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.NodeFailure.Kind;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.experiment.NodeSpec.WhenFull;
import java.util.List;

/** What happens on a simulated node: containers come and go, calls enter, run and leave. */
final class Host implements Room.Evictor {

  /** The load that was told last, and whether another one will be. */
  double toldCpu;

  double toldRam;
  boolean toldSoon;

  final int index;
  final SimLoop loop;
  final Containers containers = new Containers();
  final Room room;
  final Processor processor;
  final Images images;
  final Books books = new Books();

  /** Null: no fault is ever done to the node. */
  final Wire wire;

  /** Of what runs on the node; null as {@link #wire}. */
  private final NodeClock clock;

  private final NodeSpec spec;
  private final LoadFeed feed;
  private final Alarm alarm;

  /** How many steps, one within the other, are under way. */
  private int steps;

  /**
   * @param faulty whether faults may be done to it
   */
  Host(int index, NodeSpec spec, SimLoop loop, LoadFeed feed, boolean faulty) {
    this.index = index;
    this.spec = spec;
    this.loop = loop;
    this.feed = feed;
    NodeSpec.Limits limits = spec.limits();
    boolean lineUp = limits.whenFull() == WhenFull.QUEUE;
    room = new Room(limits.slots(), spec.memoryBytes(), lineUp, this);
    processor = new Processor(spec.cpu());
    wire = faulty ? new Wire(loop, this) : null;
    clock = faulty ? new NodeClock(loop) : null;
    NodeClock network = faulty ? new NodeClock(loop) : null;
    images = new Images(loop, network, limits.bandwidthBytes());
    alarm = new Alarm(loop, this::look);
  }

  String name() {
    return spec.name();
  }

  /** Percent of the node's cores that running calls want, at most 100. */
  double cpuPercent() {
    return processor.percent();
  }

  /**
   * Percent of the node's memory that containers have which do not only wait: these make room when
   * it is needed, and must not keep calls away.
   */
  double ramPercent() {
    return spec.memoryBytes() == 0 ? 0 : 100.0 * room.needed() / spec.memoryBytes();
  }

  /** Whether the container's name was free and is its own from now on. */
  boolean register(SimContainer container) {
    return containers.add(container);
  }

  /** A call wants to run; a container of its own is registered. */
  void enter(SimCall call) {
    begin();
    SimContainer container = call.container;
    if (!call.inOwnContainer()) {
      room.inUse(container);
      container.users++;
    }
    books.arrived(loop.nowNanos());
    if (!room.enter(call)) {
      NodeFailure full = failure(Kind.FULL, room.whyFull(call));
      leave(call, SimCall.NEVER_RAN);
      call.refuse(full);
      if (!call.inOwnContainer()) {
        unused(container);
      }
    }
    settle();
  }

  /** A container that is registered wants to start and wait for calls. */
  void enter(SimStart start, SimContainer container) {
    begin();
    container.starting = start;
    if (!room.enter(start)) {
      containers.remove(container);
      start.fail(failure(Kind.FULL, room.whyFull(start)));
    }
    settle();
  }

  /** The image that the call needs was removed while it waited. */
  void imageGone(SimCall call) {
    leave(call, SimCall.NEVER_RAN);
    call.refuse(imageGone(call.container));
  }

  /** The image that the container needs was removed while it waited. */
  void imageGone(SimStart start, SimContainer container) {
    destroy(container, true);
    start.fail(imageGone(container));
  }

  /** The container is there from now on. */
  void create(SimContainer container) {
    container.created = true;
    images.used(container.model, 1);
  }

  /** The call's process begins. */
  void execute(SimCall call) {
    begin();
    processor.advance(loop.nowNanos());
    processor.start(call);
    settle();
  }

  /** A waiting container has no call, and whoever asked for the last one has been told. */
  void unused(SimContainer container) {
    if (container.users == 0 && !container.removed && !container.idle) {
      begin();
      room.idle(container);
      room.drain();
      settle();
    }
  }

  /** Runs the action when so much time has passed in which the node did not stand still. */
  EventLoop.Timer after(long nanos, Runnable action) {
    return clock == null ? loop.after(nanos, action) : clock.after(nanos, action);
  }

  /** Nothing goes on any more. */
  void standStill() {
    clock.stop();
    speed(0);
  }

  /** As before. */
  void goOn() {
    clock.goOn();
    speed(1);
  }

  /** Its cores do so much of what they do in full. */
  void speed(double speed) {
    begin();
    processor.advance(loop.nowNanos());
    processor.speed(speed);
    settle();
  }

  /** All containers end, and no pull comes to its end; images stay. */
  void stopEngine() {
    begin();
    images.abandon();
    containers.all().forEach(this::end);
    room.drain();
    settle();
  }

  /** Ends all that the container does, and removes it. */
  void kill(SimContainer container) {
    begin();
    end(container);
    room.drain();
    settle();
  }

  private void end(SimContainer container) {
    processor.advance(loop.nowNanos());
    for (SimCall call : callsOf(container)) {
      if (call.isRunning()) {
        processor.stop(call);
      }
      leave(call, SimCall.KILLED);
      loop.post(call::deliver);
    }
    if (container.starting != null) {
      container.starting.fail(
          failure(Kind.ENGINE, "container " + container.name + " was removed while it started"));
    }
    if (container.own == null) {
      destroy(container, container.created);
    }
  }

  /** Proves that the node kept the laws of {@link Books}. */
  void verify() {
    books.verify(name(), loop.nowNanos(), room, processor);
  }

  NodeFailure failure(Kind kind, String message) {
    return new NodeFailure(kind, name(), name() + ": " + message, false);
  }

  private NodeFailure imageGone(SimContainer container) {
    return failure(Kind.IMAGE, "image " + container.model.image + " is gone");
  }

  /** Looks which calls have ended. All of them leave before anyone is told. */
  private void look() {
    begin();
    processor.advance(loop.nowNanos());
    SimCall first = null;
    SimCall last = null;
    for (SimCall call = processor.pollEnded(); call != null; call = processor.pollEnded()) {
      leave(call, 0);
      if (first == null) {
        first = call;
      } else {
        last.next = call;
      }
      last = call;
    }
    room.drain();
    settle();
    for (SimCall call = first; call != null; call = call.next) {
      call.deliver();
      if (!call.inOwnContainer()) {
        unused(call.container);
      }
    }
  }

  /** The call takes no room any more. */
  private void leave(SimCall call, int exitCode) {
    call.end(exitCode);
    books.left(call.arrivedAt(), call.beganAt(), call.endedAt(), loop.nowNanos());
    if (call.isAdmitted()) {
      room.slotFreed();
    }
    if (call.inOwnContainer()) {
      destroy(call.container, call.isAdmitted());
    } else if (--call.container.users == 0) {
      call.container.paused = call.pauses();
    }
  }

  private void destroy(SimContainer container, boolean hadMemory) {
    containers.remove(container);
    container.removed = true;
    if (hadMemory) {
      room.memoryFreed(container);
    }
    if (container.created) {
      images.used(container.model, -1);
    }
  }

  private List<SimCall> callsOf(SimContainer container) {
    if (container.own != null) {
      return List.of(container.own);
    }
    List<SimCall> calls = room.waitingIn(container);
    calls.addAll(container.running());
    return calls;
  }

  @Override
  public List<SimContainer> victims(long bytes) {
    List<ContainerName> named = feed.victims(this, bytes);
    if (named.isEmpty()) {
      return List.of();
    }
    // What is being told of its last call just now is not idle here yet.
    return named.stream().map(containers::waiting).filter(c -> c != null && c.idle).toList();
  }

  @Override
  public void evicted(SimContainer container) {
    containers.remove(container);
    container.removed = true;
    images.used(container.model, -1);
    feed.evicted(this, container.name.toString());
  }

  private void begin() {
    steps++;
  }

  /** At the end of what may be a step of something greater: only the whole is seen from outside. */
  private void settle() {
    if (--steps == 0) {
      alarm.within(processor.untilNext());
      feed.changed(this);
    }
  }
}
