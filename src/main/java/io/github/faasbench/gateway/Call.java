package io.github.faasbench.gateway;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.metrics.Attempt;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One invocation on its way through the gateway: its stamps, and in the end its record. */
public final class Call {

  /** By the order in which calls came to the gateway, from 1. */
  final long number;

  final FunctionState state;
  final RunRequest.Demand demand;
  final Request request;
  final long handedAtNanos;
  final Consumer<Finished> whenDone;

  /** Neighbours in {@link OpenCalls}. */
  Call before;

  Call after;
  boolean open;

  /** Stands in its function's line. */
  boolean waiting;

  /** Is being decided about. */
  boolean selecting;

  long selectingSinceNanos;

  /** What it has tried in vain. */
  PastAttempts past = PastAttempts.NONE;

  /** Only to be cleaned up: apart from its call, which goes on, or since it has its record. */
  boolean abandoned;

  /**
   * Nodes that this decision may not choose: those that were tried, and those that it found not
   * eligible when it read their loads.
   */
  List<NodeState> refused = List.of();

  /** Its time limit, or the end of its grace; null: none. */
  EventLoop.Timer timer;

  boolean timedOut;

  /** Was told to end, by its time limit or with the run. */
  boolean givenUp;

  /** The node whose load is read, to see whether the choice of it stands; null: of none. */
  NodeState asked;

  NodeState node;
  Selection.Warmth warmth;
  int attempts;

  /** Its node was removed since it was assigned there; by now it may be back. */
  boolean nodeRemoved;

  /** The container that it runs in: one that waits, or one of its own. */
  ContainerName containerName;

  /** The one that waits; null: none, or not there yet. */
  Container container;

  /** How it ended; null while {@link #broken} says so instead. */
  CallResult result;

  Invocation broken;
  String output = "";

  /** Time spent choosing, over all tries; the rest up to the assignment is queueing. */
  long selectNanos;

  long assignedAtNanos;
  double cpuPercent = Double.NaN;
  double ramPercent = Double.NaN;
  double loadAgeSeconds = Double.NaN;
  int inFlightBefore = -1;

  /** Other containers of the tool on its node's host just before; -1: not known. */
  int hostContainers = -1;

  /** When its node was chosen, and how long the policy expected it to take from then. */
  long chosenAtNanos;

  double expectedNanos = Double.NaN;

  /**
   * A finished call.
   *
   * @param attempts all that it made, if there were several or it did not succeed; else empty
   * @param output the first part of what the function printed
   * @param expectedSeconds what the policy expected from the choice of the node to the end; NaN: it
   *     expected nothing, or the call did not succeed
   * @param tookSeconds what it came to; NaN where nothing was expected
   */
  public record Finished(
      Invocation invocation,
      List<Attempt> attempts,
      String output,
      double expectedSeconds,
      double tookSeconds) {

    /** The same with another record. */
    public Finished with(Invocation row) {
      return new Finished(row, attempts, output, expectedSeconds, tookSeconds);
    }
  }

  Finished finished(Invocation row) {
    if (Double.isNaN(expectedNanos) || row.outcome() != Outcome.OK) {
      return new Finished(row, attempts(row), output, Double.NaN, Double.NaN);
    }
    double waited = (chosenAtNanos - request.arrivedAtNanos()) / 1e9;
    double took = row.latencySeconds() - waited;
    return new Finished(row, attempts(row), output, expectedNanos / 1e9, took);
  }

  Call(
      long number,
      FunctionState state,
      RunRequest.Demand demand,
      long dueNanos,
      long handedAtNanos,
      Consumer<Finished> whenDone) {
    this.number = number;
    this.state = state;
    this.demand = demand;
    this.request = state.request(demand.invocation(), dueNanos);
    this.handedAtNanos = handedAtNanos;
    this.whenDone = whenDone;
  }

  private Call(Call of) {
    number = of.number;
    state = of.state;
    demand = of.demand;
    request = of.request;
    handedAtNanos = of.handedAtNanos;
    whenDone = of.whenDone;
    node = of.node;
    warmth = of.warmth;
    containerName = of.containerName;
    container = of.container;
    abandoned = true;
  }

  /** What is left of its attempt, to be cleaned up apart from it: from now on it has no node. */
  Call abandon() {
    var rest = new Call(this);
    node = null;
    container = null;
    containerName = null;
    return rest;
  }

  /** Its attempt failed there, and another one will follow. */
  void failed(Outcome outcome, String error, long nowNanos) {
    if (past.isEmpty()) {
      past = new PastAttempts();
    }
    double ended = seconds(nowNanos - request.arrivedAtNanos());
    past.add(attempt(outcome, error, ended), node, nowNanos);
  }

  private Attempt attempt(Outcome outcome, String error, double endedSeconds) {
    double started = seconds(assignedAtNanos - request.arrivedAtNanos());
    return new Attempt(attempts, node.name(), mode(), outcome, error, started, endedSeconds);
  }

  /** Those of a call that had several or did not succeed. */
  private List<Attempt> attempts(Invocation row) {
    boolean ok = row.outcome() == Outcome.OK;
    if (past.isEmpty() && (ok || attempts == 0)) {
      return List.of();
    }
    List<Attempt> all = past.all();
    if (all.size() < attempts) {
      all.add(attempt(row.outcome(), ok ? "" : row.error(), row.latencySeconds()));
    }
    return all;
  }

  /** What the attempt took: from the call's arrival, or the end of the one before. */
  long tookNanos(long endedAtNanos) {
    return endedAtNanos - past.endedAtNanos(request.arrivedAtNanos());
  }

  void refuse(NodeState unfit) {
    refused = new ArrayList<>(refused);
    refused.add(unfit);
  }

  void assignTo(NodeState chosen, Selection.Warmth chosenWarmth, long nowNanos) {
    node = chosen;
    warmth = chosenWarmth;
    assignedAtNanos = nowNanos;
    attempts++;
    nodeRemoved = false;
    cpuPercent = chosen.cpuPercent();
    ramPercent = chosen.ramPercent();
    loadAgeSeconds = chosen.hasReading() ? seconds(nowNanos - chosen.readAtNanos()) : Double.NaN;
    inFlightBefore = chosen.inFlight;
  }

  /** Of the last attempt. */
  private String nodeName() {
    NodeState last = node == null ? past.lastNode() : node;
    return last == null ? "" : last.name();
  }

  String mode() {
    return warmth == null ? "" : warmth.mode;
  }

  /** The record of a call that ran to its end. */
  Invocation ended(CellContext cell, EventLoop loop, long imageNanos, String remark) {
    boolean cold = warmth == Selection.Warmth.COLD;
    long pull = cold ? result.pullNanos() : 0;
    long start = result.startNanos();
    long exec = result.execNanos();
    long latency = result.endedAtNanos() - request.arrivedAtNanos();
    long queue = assignedAtNanos - selectNanos - request.arrivedAtNanos() + result.queuedNanos();
    // A process too short for the engine's stamps has no time of its own; the start holds it.
    boolean inStart = !warmth.waits && start >= 0;
    boolean known = pull >= 0 && start >= 0 && (exec >= 0 || inStart);
    // In whole nanoseconds, or rounding would make a rest of nothing a negative one.
    long rest = latency - queue - selectNanos - pull - start - Math.max(0, exec);
    Outcome outcome = result.exitCode() == 0 ? Outcome.OK : Outcome.FAILED;
    return record(
        cell,
        loop,
        outcome,
        result.exitCode(),
        remark,
        seconds(latency),
        seconds(queue),
        seconds(pull),
        seconds(start),
        seconds(exec),
        known ? rounded(rest) : Double.NaN,
        cold && result.pull().isPresent() ? result.pull().get().ownBytes() : -1,
        cold && result.pull().isPresent() ? result.pull().get().layersPresent() : -1,
        seconds(Math.max(0, result.cleanupNanos()) + imageNanos));
  }

  /** The record of a call whose end is not known or that never ran. */
  Invocation broken(CellContext cell, EventLoop loop, Outcome outcome, String error) {
    long now = loop.nowNanos();
    long queuedUntil = node == null ? now : assignedAtNanos;
    double none = Double.NaN;
    return record(
        cell,
        loop,
        outcome,
        -1,
        error,
        seconds(now - request.arrivedAtNanos()),
        seconds(queuedUntil - selectNanos - request.arrivedAtNanos()),
        none,
        none,
        none,
        none,
        -1,
        -1,
        none);
  }

  private Invocation record(
      CellContext cell,
      EventLoop loop,
      Outcome outcome,
      int exitCode,
      String error,
      double latency,
      double queue,
      double pull,
      double start,
      double exec,
      double rest,
      long pulledBytes,
      int layersPresent,
      double cleanup) {
    return new Invocation(
        cell.experiment(),
        cell.run(),
        cell.cell(),
        cell.repetition(),
        request.invocation(),
        state.spec.name(),
        state.spec.image(),
        cell.policy(),
        cell.warming(),
        cell.keepAlive(),
        cell.workload(),
        cell.backend(),
        mode(),
        nodeName(),
        attempts,
        outcome,
        exitCode,
        error,
        loop.epochNanosOf(request.arrivedAtNanos()),
        latency,
        seconds(handedAtNanos - request.arrivedAtNanos()),
        queue,
        seconds(selectNanos),
        pull,
        start,
        exec,
        rest,
        pulledBytes,
        layersPresent,
        cleanup,
        cpuPercent,
        ramPercent,
        loadAgeSeconds,
        inFlightBefore,
        hostContainers,
        "",
        "",
        -1,
        Invocation.Period.NONE);
  }

  /** Nanoseconds to seconds; -1 (not measured) to NaN. Most parts of a call are 0: no division. */
  static double seconds(long nanos) {
    return nanos == 0 ? 0 : nanos == -1 ? Double.NaN : rounded(nanos);
  }

  /**
   * In whole microseconds, as the CSV has them: what is made of a row does not depend on whence.
   */
  static double rounded(long nanos) {
    return nanos == 0 ? 0 : Math.floorDiv(nanos + 500, 1000L) / 1e6;
  }
}
