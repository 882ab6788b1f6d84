package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.SchedulingPolicy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  final Map<String, String> labels;

  /** Of one invocation; -1: it has no limit. */
  final long timeoutNanos;

  final CellContext cell;
  final ClusterIndex index;
  final SchedulingPolicy policy;
  final KeepAlivePolicy keepAlive;
  final Loads loads;
  final Evictions evictions;
  final QueueOrder queueOrder;
  final Consumer<ContainerLife> lives;
  final Consumer<String> notices;
  final Breaker breaker;
  final WaitingCalls waiting;
  private final Map<String, FunctionState> functions = new HashMap<>();
  private FunctionState lastFunction;
  private final Map<String, ImageUse> images = new HashMap<>();
  private final OpenCalls open = new OpenCalls();
  private final Selection selection;
  private final CallRunner runner;
  private final GivenUp givenUp;
  private final Membership membership;
  private long calls;
  private long countdown = Long.MAX_VALUE;
  private Runnable counted;
  private boolean closing;
  private boolean retryPlanned;

  /**
   * A gateway over all nodes of the cluster.
   *
   * @param lives told of each container that waited for calls, once it is gone or the cell is over
   * @param notices told, a line each, of nodes that are set aside or back
   */
  public Gateway(
      Cluster cluster,
      GatewaySettings settings,
      CellContext cell,
      SchedulingPolicy policy,
      KeepAlivePolicy keepAlive,
      QueueOrder queueOrder,
      Consumer<ContainerLife> lives,
      Consumer<String> notices) {
    this.lives = lives;
    this.notices = notices;
    this.loop = cluster.loop();
    this.settings = settings;
    this.cell = cell;
    this.policy = policy;
    this.keepAlive = keepAlive;
    this.queueOrder = queueOrder;
    waiting = new WaitingCalls(queueOrder, loop, this::select);
    labels = settings.labels();
    timeoutNanos = settings.timeoutNanos().orElse(-1L);
    index = ClusterIndex.of(cluster.nodes(), settings);
    boolean comparing = policy.needs() == Needs.ALL;
    breaker = new Breaker(this, settings.breaker());
    loads = new Loads(index, breaker, settings.ramThreshold(), cluster.pushesLoads(), comparing);
    selection = new Selection(this, new Decided());
    evictions = new Evictions(keepAlive, cluster.makesRoom());
    runner = new CallRunner(this);
    givenUp = runner.givenUp();
    membership = new Membership(this, open);
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
    var call = new Call(++calls, state(function), demand, dueNanos, now, done);
    open.add(call);
    keepAlive.arrived(function.name(), call.state.arrived(now), now);
    if (timeoutNanos >= 0) {
      call.timer = loop.after(timeoutNanos, () -> givenUp.timedOut(call));
    }
    if (!waiting.joins(call)) {
      select(call);
    }
    if (calls >= countdown) {
      countdown = Long.MAX_VALUE;
      loop.post(counted);
    }
  }

  /** Posts the action when so many calls have been handed over in all; one at a time. */
  public void whenHandedOver(long number, Runnable action) {
    countdown = number;
    counted = action;
  }

  /**
   * Loads what the keep-alive policy wants to be there before the function's first call.
   *
   * @param done told what went wrong; empty: nothing did
   */
  public void loadAhead(FunctionSpec function, Consumer<String> done) {
    runner.keeper().ahead().fill(state(function), keepAlive.atStart(), done);
  }

  /** Answers when the load of every node that is there is known, or is known to fail. */
  public void whenLoadsKnown(Runnable done) {
    loads.await(done);
  }

  /** Which nodes are there, and what changes it. */
  public Membership membership() {
    return membership;
  }

  /** Ends every open call: kills what runs, rejects what waits. Their records still come. */
  public void close() {
    closing = true;
    for (Call call : open.all()) {
      givenUp.tell(call, "interrupted");
    }
  }

  /**
   * Nothing will happen any more by itself: rejects the calls that wait, for it would be for ever.
   *
   * @return whether any did
   */
  public boolean rejectWaiting() {
    boolean any = false;
    for (Call call : open.all()) {
      if (call.waiting) {
        any = true;
        givenUp.tell(call, "would wait for ever: " + call.state.whyWaiting);
      }
    }
    return any;
  }

  /**
   * The load is over, and every record is there: nothing happens by itself any more. The containers
   * that a keep-alive policy kept are left to whoever sweeps the nodes.
   */
  public void end() {
    closing = true;
    breaker.close();
    runner.keeper().close();
  }

  /** Calls that have not given their record yet. */
  public int open() {
    return open.count();
  }

  /**
   * Whether nothing of a call goes on after its record: the clean-up of attempts on nodes that
   * failed may take until their time limits, and its call does not wait for it.
   */
  public boolean settled() {
    return runner.retries().settled();
  }

  boolean closing() {
    return closing;
  }

  CallRunner runner() {
    return runner;
  }

  Collection<ImageUse> images() {
    return images.values();
  }

  FunctionState state(FunctionSpec function) {
    if (lastFunction != null && lastFunction.spec == function) {
      return lastFunction;
    }
    FunctionState state = functions.get(function.name());
    if (state == null) {
      ImageUse image =
          images.computeIfAbsent(
              function.image(),
              name -> new ImageUse(name, settings.mayRemoveImage(), index.size()));
      state = new FunctionState(function, image, index, settings.containers());
      functions.put(function.name(), state);
    }
    lastFunction = state;
    return state;
  }

  void finished(Call call, Call.Finished finished) {
    if (call.timer != null) {
      call.timer.cancel();
    }
    open.remove(call);
    call.state.finished(loop.nowNanos());
    call.whenDone.accept(finished);
    waiting.capacityFreed(call.state);
  }

  /** Chooses a node for a call, unless others of its function wait already. */
  void choose(Call call) {
    if (!waiting.joins(call)) {
      select(call);
    }
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
      breaker.loadRead(index.node(node));
      if (loads.took(index.node(node), cpuPercent, ramPercent, takenAtNanos)) {
        waiting.capacityFreed(null);
      }
    }

    @Override
    public void unread(int node, Optional<NodeFailure> failure) {
      loads.unread(index.node(node), failure);
    }

    @Override
    public List<ContainerName> victims(int node, long bytes) {
      return evictions.victims(index.node(node), bytes).stream().map(c -> c.name).toList();
    }

    @Override
    public void evicted(int node, String container) {
      runner.keeper().evicted(index.node(node), container);
    }

    @Override
    public void ended(int node, String container, String why) {
      runner.keeper().replacements().ended(index.node(node), container, why);
    }
  }

  /** Takes the decisions. */
  private final class Decided implements Selection.Outcome {
    @Override
    public void chosen(Call call, NodeState node, Selection.Warmth warmth) {
      if (stillWanted(call)) {
        call.assignTo(node, warmth, loop.nowNanos());
        runner.run(call);
      }
      waiting.answered(call);
    }

    @Override
    public void none(Call call, String reason) {
      if (settings.waitForNode() && !closing) {
        waiting(call, reason);
      } else if (stillWanted(call)) {
        finish(call, call.past.outcome(Outcome.REJECTED), call.past.noFurther(reason));
      }
      waiting.answered(call);
    }

    @Override
    public void waiting(Call call, String reason) {
      if (stillWanted(call)) {
        call.state.whyWaiting = reason;
        waiting.add(call, false);
        planRetry();
      }
      waiting.answered(call);
    }

    @Override
    public void waitingForContainer(Call call) {
      if (stillWanted(call)) {
        call.state.whyWaiting = "all containers of " + call.state.spec.name() + " are busy";
        waiting.add(call, true);
      }
      waiting.answered(call);
    }
  }

  /** Books the time spent choosing; false when the call was given up meanwhile. */
  private boolean stillWanted(Call call) {
    call.selecting = false;
    if (!call.open) {
      return false; // it was not waited for
    }
    call.selectNanos += loop.nowNanos() - call.selectingSinceNanos;
    if (call.timedOut || closing) {
      givenUp.whileChoosing(call);
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
            waiting.capacityFreed(null);
          });
    }
  }

  void finish(Call call, Outcome outcome, String reason) {
    finished(call, call.finished(call.broken(cell, loop, outcome, reason)));
  }
}
