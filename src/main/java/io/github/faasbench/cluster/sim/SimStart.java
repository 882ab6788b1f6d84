package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.RunRequest.Demand;

/** The start of a container that will wait for calls. */
final class SimStart implements Room.Entrant, Runnable {

  private final Host host;
  private final SimContainer container;
  private final Demand demand;
  private final Callback<Long> answer;
  private EventLoop.Timer timer = () -> {};
  private final long arrivedAt;
  private long queuedNanos;
  private boolean over;

  SimStart(Host host, SimContainer container, Demand demand, Callback<Long> answer) {
    this.host = host;
    this.container = container;
    this.demand = demand;
    this.answer = answer;
    arrivedAt = host.loop.nowNanos();
  }

  @Override
  public boolean takesSlot() {
    return false;
  }

  @Override
  public Model creates() {
    return container.model;
  }

  @Override
  public boolean over() {
    return over;
  }

  @Override
  public void admitted() {
    if (!host.images.has(container.model)) {
      host.imageGone(this, container);
      return;
    }
    queuedNanos = host.loop.nowNanos() - arrivedAt;
    host.create(container);
    timer = host.after(container.model.startNanos(demand), this);
  }

  /** The container waits for calls. */
  @Override
  public void run() {
    over = true;
    container.starting = null;
    answer.done(queuedNanos);
    host.unused(container);
  }

  void fail(NodeFailure failure) {
    over = true;
    timer.cancel();
    host.loop.post(() -> answer.failed(failure));
  }
}
