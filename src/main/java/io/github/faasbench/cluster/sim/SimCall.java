package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import java.util.Optional;

/** A call on a node: it waits for its place, pulls, starts a container, runs, and is answered. */
final class SimCall extends Sharing.Taker implements Room.Entrant, Runnable {

  static final int KILLED = 137;
  static final int NEVER_RAN = -1;

  final Host host;
  final SimContainer container;
  private final RunRequest request;
  private final Callback<CallResult> answer;

  long execNanos;

  /** The next of those that ended at the same moment. */
  SimCall next;

  private final long arrivedAt;
  private long admittedAt = -1;
  private long pulledAt = -1;
  private long beganAt = -1;
  private Optional<PullResult> pull = Optional.empty();
  private EventLoop.Timer start;
  private CallResult result;

  /** A call in a container of its own, or in one that is there. */
  SimCall(
      Host host,
      RunRequest request,
      Model ownModel,
      SimContainer resident,
      Callback<CallResult> answer) {
    this.host = host;
    this.request = request;
    this.answer = answer;
    this.arrivedAt = host.loop.nowNanos();
    container =
        resident == null
            ? new SimContainer(request.name(), ownModel, request.labels(), this)
            : resident;
  }

  @Override
  public boolean takesSlot() {
    return true;
  }

  @Override
  public Model creates() {
    return inOwnContainer() ? container.model : null;
  }

  @Override
  public boolean over() {
    return result != null;
  }

  boolean inOwnContainer() {
    return container.own == this;
  }

  boolean isAdmitted() {
    return admittedAt >= 0;
  }

  boolean isRunning() {
    return beganAt >= 0 && !over();
  }

  long arrivedAt() {
    return arrivedAt;
  }

  long beganAt() {
    return beganAt;
  }

  long endedAt() {
    return result.endedAtNanos();
  }

  @Override
  public void admitted() {
    admittedAt = now();
    if (!inOwnContainer()) {
      pulledAt = admittedAt;
      if (container.paused) {
        unpause();
      } else {
        run();
      }
    } else if (request.pull()) {
      host.images.pull(container.model, request.demand(), this::pulled);
    } else {
      create();
    }
  }

  private void unpause() {
    if (container.awaited(this)) {
      start = host.after(container.model.unpauseNanos(request.demand()), container::unpaused);
    }
  }

  /** Whether the container is paused when nothing is inside after it. */
  boolean pauses() {
    return request.resident() != null && request.resident().paused();
  }

  private void pulled(PullResult evidence) {
    if (!over()) {
      pull = Optional.of(evidence);
      create();
    }
  }

  private void create() {
    if (!host.images.has(container.model)) {
      host.imageGone(this);
      return;
    }
    pulledAt = now();
    if (host.wire != null) {
      Wire.began(answer);
    }
    host.create(container);
    long nanos = container.model.startNanos(request.demand());
    if (nanos > 0) {
      start = host.after(nanos, this);
    } else {
      run();
    }
  }

  /** The function's process begins. */
  @Override
  public void run() {
    beganAt = now();
    execNanos = container.model.execNanos(request.demand());
    host.execute(this);
  }

  /** It is over, from now on; {@link #deliver} says so. */
  void end(int exitCode) {
    if (start != null) {
      start.cancel();
    }
    long now = now();
    long began = beganAt < 0 ? now : beganAt;
    long pulled = pulledAt < 0 ? now : pulledAt;
    long admitted = admittedAt < 0 ? now : admittedAt;
    result =
        new CallResult(
            exitCode,
            now,
            admitted - arrivedAt,
            pulled - admitted,
            began - pulled,
            now - began,
            0,
            pull,
            "");
  }

  void deliver() {
    answer.done(result);
  }

  /** Instead of a result, why it never ran. */
  void refuse(NodeFailure failure) {
    host.loop.post(() -> answer.failed(failure));
  }

  private long now() {
    return host.loop.nowNanos();
  }
}
