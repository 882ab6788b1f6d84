package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The core of the testbed, for one cell: keeps the registries of nodes, functions and function
 * states (thesis 5.1, 5.5), asks the policies where a call runs, runs it and makes its record. All
 * of it happens on the cluster's loop; no method may be called from another thread.
 */
public final class Gateway {

  /** How often a call that waits for a node asks again when no other call ends. */
  private static final long RETRY_NANOS = 1_000_000_000L;

  final EventLoop loop;
  final GatewaySettings settings;
  final CellContext cell;
  final ClusterIndex index;
  final SchedulingPolicy policy;
  final KeepAlivePolicy keepAlive;
  final Loads loads;
  final ImageUse images;
  private final Map<String, FunctionState> functions = new HashMap<>();
  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private final Set<Call> open = new LinkedHashSet<>();
  private final Selection selection;
  private final CallRunner runner;
  private boolean closing;
  private boolean retryPlanned;

  /** A gateway over all nodes of the cluster. */
  public Gateway(
      Cluster cluster,
      GatewaySettings settings,
      CellContext cell,
      SchedulingPolicy policy,
      KeepAlivePolicy keepAlive) {
    this.loop = cluster.loop();
    this.settings = settings;
    this.cell = cell;
    this.policy = policy;
    this.keepAlive = keepAlive;
    index = new ClusterIndex(states(cluster.nodes(), settings));
    loads =
        new Loads(
            index, settings.ramThreshold(), cluster.pushesLoads(), policy.needs() == Needs.ALL);
    selection = new Selection(index, loads, settings.ramThreshold(), policy, loop, new Decided());
    images = new ImageUse(settings);
    runner = new CallRunner(this);
    cluster.listen(new Listener());
    policy.nodesChanged(index.all());
  }

  /**
   * Makes a call. It may run, wait or be rejected; in each case its record comes, once.
   *
   * @param demand whose call it is and its number in the cell; what a trace says of it
   * @param dueNanos when the call was due (open loop) or made (closed loop), on the loop's clock
   * @param done told the record after the call's clean-up has ended
   */
  public void invoke(
      FunctionSpec function,
      RunRequest.Demand demand,
      long dueNanos,
      Consumer<Call.Finished> done) {
    long now = loop.nowNanos();
    var call = new Call(function, state(function.name()), demand, dueNanos, now, done);
    open.add(call);
    keepAlive.arrived(function.name(), now);
    settings
        .timeoutNanos()
        .ifPresent(timeout -> call.timer = loop.after(timeout, () -> timedOut(call)));
    select(call);
  }

  /** Ends every open call: kills what runs, rejects what waits. Their records still come. */
  public void close() {
    closing = true;
    for (Call call : List.copyOf(open)) {
      giveUp(call, "interrupted");
    }
  }

  /** Calls that have not given their record yet. */
  public int open() {
    return open.size();
  }

  boolean isOpen(Call call) {
    return open.contains(call);
  }

  boolean closing() {
    return closing;
  }

  FunctionState state(String function) {
    return functions.computeIfAbsent(function, name -> new FunctionState(index));
  }

  /** Puts the next call's choice in motion when something has become free. */
  void capacityFreed() {
    int ask = waiting.size();
    for (int i = 0; i < ask && !waiting.isEmpty(); i++) {
      select(waiting.poll());
    }
  }

  void inFlight(NodeState node, int change) {
    node.inFlight += change;
    index.changed(node, Signal.IN_FLIGHT);
    index.changed(node, Signal.FULL);
  }

  void finished(Call call, Call.Finished finished) {
    call.timer.cancel();
    open.remove(call);
    call.whenDone.accept(finished);
    capacityFreed();
  }

  private void select(Call call) {
    call.selecting = true;
    call.selectingSinceNanos = loop.nowNanos();
    selection.start(call);
  }

  /** Hears what nodes do by themselves. */
  private final class Listener implements ClusterListener {
    @Override
    public void load(int node, double cpuPercent, double ramPercent, long takenAtNanos) {
      if (loads.took(index.node(node), cpuPercent, ramPercent, takenAtNanos)) {
        capacityFreed();
      }
    }

    @Override
    public void evicted(int node, String container) {}
  }

  /** Takes the decisions. */
  private final class Decided implements Selection.Outcome {
    @Override
    public void chosen(Call call, NodeState node, Selection.Warmth warmth) {
      if (stillWanted(call)) {
        call.assignTo(node, warmth, loop.nowNanos());
        runner.run(call);
      }
    }

    @Override
    public void none(Call call, String reason) {
      if (settings.waitForNode() && !closing) {
        waiting(call, reason);
      } else if (stillWanted(call)) {
        finish(call, Outcome.REJECTED, reason);
      }
    }

    @Override
    public void waiting(Call call, String reason) {
      if (stillWanted(call)) {
        waiting.add(call);
        planRetry();
      }
    }
  }

  /** Books the time spent choosing; false when the call was given up meanwhile. */
  private boolean stillWanted(Call call) {
    call.selecting = false;
    call.selectNanos += loop.nowNanos() - call.selectingSinceNanos;
    if (call.timedOut || closing) {
      finish(
          call,
          call.timedOut ? Outcome.TIMEOUT : Outcome.REJECTED,
          call.timedOut ? "timed out while a node was chosen" : "interrupted");
      return false;
    }
    return true;
  }

  /** Where loads are pushed, a node that becomes eligible is heard of. */
  private void planRetry() {
    if (!retryPlanned && !loads.pushed()) {
      retryPlanned = true;
      loop.after(
          RETRY_NANOS,
          () -> {
            retryPlanned = false;
            capacityFreed();
          });
    }
  }

  private void timedOut(Call call) {
    call.timedOut = true;
    giveUp(call, "timed out while it waited for a node");
  }

  private void giveUp(Call call, String reason) {
    if (call.node != null) {
      runner.kill(call);
    } else if (!call.selecting && waiting.remove(call)) {
      finish(call, call.timedOut ? Outcome.TIMEOUT : Outcome.REJECTED, reason);
    }
  }

  private void finish(Call call, Outcome outcome, String reason) {
    finished(call, new Call.Finished(call.broken(cell, loop, outcome, reason, Double.NaN), ""));
  }

  private static List<NodeState> states(List<Node> nodes, GatewaySettings settings) {
    List<Node> byName = new ArrayList<>(nodes);
    byName.sort(Comparator.comparing(Node::name));
    List<NodeState> states = new ArrayList<>();
    for (Node node : nodes) {
      states.add(
          new NodeState(
              node,
              states.size(),
              byName.indexOf(node),
              settings.weights().getOrDefault(node.name(), 1.0),
              settings.cpus().getOrDefault(node.name(), Double.NaN),
              settings.slots().getOrDefault(node.name(), Integer.MAX_VALUE)));
    }
    return states;
  }
}
