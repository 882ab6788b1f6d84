package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Resident;
import io.github.faasbench.experiment.FunctionModel;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.gateway.Selection.Warmth;
import io.github.faasbench.policy.Request;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Where a function is warm: the thesis's function state registry (5.5), for one function; and the
 * line of its calls that wait at the gateway.
 */
final class FunctionState {

  final FunctionSpec spec;

  /** The process of a call for which one is started. */
  final List<String> process;

  /** How warm a container that waits is. */
  final Warmth waiting;

  /** How its own process waits there; null: only calls start processes. */
  final Resident resident;

  /** The same in a container whose first call comes at once. */
  final Resident atOnce;

  /** Functions of one image share this. */
  final ImageUse image;

  /** Calls that wait, first come first; those given up meanwhile are still among them. */
  final PriorityQueue<Call> line = new PriorityQueue<>(Comparator.comparingLong(c -> c.number));

  /** Whether the line waits for a place in a container of this function, and for nothing else. */
  boolean waitsForContainer;

  /** Why the first of the line waits. */
  String whyWaiting = "";

  /** The key of the line's first call, while lines are asked in turn. */
  double turn;

  /** Whether one may be free since the line was last asked. */
  boolean placeFreed;

  /** Calls of the line for which a node is being chosen, while loads are read; the oldest first. */
  final Set<Call> asked = new LinkedHashSet<>();

  /** Whether something became free meanwhile. */
  boolean freedMeanwhile;

  /** Whether the line will be asked again although no answer comes. */
  boolean askingPlanned;

  /** Whether it was told that its containers end by themselves. */
  boolean endingTold;

  /** Of one container; 0: not known. */
  final long memoryBytes;

  private final GatewaySettings.Containers settings;
  private final Map<NodeState, FreeContainers> free = new HashMap<>();
  private final double inputSize;
  private final NodeSet withPlace;
  private final NodeSet withImage;
  private int containers;
  private long created;
  private long uses;
  private int open;

  /** When its last call was over; -1: it never had any. */
  private long idleSinceNanos = -1;

  FunctionState(
      FunctionSpec spec, ImageUse image, ClusterIndex index, GatewaySettings.Containers settings) {
    this.spec = spec;
    this.image = image;
    this.settings = settings;
    memoryBytes = spec.model().map(FunctionModel::memoryBytes).orElse(0L);
    inputSize = spec.inputSize();
    process = spec.process();
    waiting = Warmth.ofWaiting(settings.preparation());
    resident = resident(waiting == Warmth.PAUSED);
    atOnce = waiting == Warmth.PAUSED ? resident(false) : resident;
    withPlace = index.newSet(waiting);
    withImage = index.newSet(Warmth.PRE_WARMED);
  }

  private Resident resident(boolean paused) {
    return waiting == Warmth.WARMED ? null : new Resident(spec.resident(), spec.args(), paused);
  }

  /** What the policies are asked about a call. */
  Request request(long invocation, long dueNanos) {
    return new Request(spec.name(), spec.image(), inputSize, invocation, dueNanos);
  }

  /** Nodes with a container that has a place free for a call. */
  NodeSet withPlace() {
    return withPlace;
  }

  /** Nodes where the image was prepared. */
  NodeSet withImage() {
    return withImage;
  }

  /** Whether a container is there that takes calls, now or when one of its calls has ended. */
  boolean anyContainer() {
    return containers > 0;
  }

  /** A call of the function came; answers how long it had had none, or -1. */
  long arrived(long nowNanos) {
    return open++ == 0 && idleSinceNanos >= 0 ? nowNanos - idleSinceNanos : -1;
  }

  /** A call of the function is over. */
  void finished(long nowNanos) {
    if (--open == 0) {
      idleSinceNanos = nowNanos;
    }
  }

  /** How many take calls, now or when one of theirs has ended. */
  int containers() {
    return containers;
  }

  /** A container is ready, with the call inside that it was made for, if any. */
  void add(Container container) {
    containers++;
    container.created = ++created;
    used(container);
  }

  /** Takes a place in one of the node's containers for a call. */
  Container take(NodeState node, long nowNanos) {
    Container container = free.get(node).next();
    container.begins(nowNanos);
    used(container);
    return container;
  }

  /** A call inside ended. */
  void leave(Container container, long nowNanos) {
    container.ends(nowNanos);
    used(container);
  }

  /** The container takes no further call. */
  void retire(Container container) {
    if (!container.retired) {
      container.retired = true;
      containers--;
      used(container);
    }
  }

  private void used(Container container) {
    FreeContainers there =
        free.computeIfAbsent(
            container.node, node -> new FreeContainers(settings.reuse(), settings.random()));
    if (container.place >= 0) {
      there.remove(container);
    }
    container.used = ++uses;
    if (container.calls < settings.concurrency() && !container.retired) {
      there.add(container);
    }
    if (there.isEmpty()) {
      withPlace.remove(container.node);
    } else {
      withPlace.add(container.node);
    }
  }
}
