package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;

/** A simulated node to which faults are done: all that it is asked goes over a wire. */
final class WiredNode implements Node {

  private final SimNode node;
  private final Wire wire;

  WiredNode(SimNode node, Wire wire) {
    this.node = node;
    this.wire = wire;
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public long loadReadAtNanos() {
    return node.loadReadAtNanos();
  }

  @Override
  public void load(Callback<LoadReading> done) {
    wire.ask(false, false, done, answer -> node.load(answer));
  }

  @Override
  public void inventory(Callback<Inventory> done) {
    wire.ask(true, false, done, answer -> node.inventory(answer));
  }

  @Override
  public void pull(String image, Callback<PullResult> done) {
    wire.ask(true, false, done, answer -> node.pull(image, answer));
  }

  @Override
  public void removeImage(String image, Callback<Void> done) {
    wire.ask(true, false, done, answer -> node.removeImage(image, answer));
  }

  @Override
  public void run(RunRequest request, Callback<CallResult> done) {
    wire.ask(true, false, done, answer -> node.run(request, answer));
  }

  @Override
  public void startWaiting(RunRequest request, Callback<Long> done) {
    wire.ask(true, false, done, answer -> node.startWaiting(request, answer));
  }

  @Override
  public void exec(RunRequest request, Callback<CallResult> done) {
    wire.ask(true, true, done, answer -> node.exec(request, answer));
  }

  @Override
  public void removeContainer(String container, Callback<Void> done) {
    wire.ask(true, false, done, answer -> node.removeContainer(container, answer));
  }

  @Override
  public void describe(Callback<NodeFacts> done) {
    wire.ask(true, false, done, answer -> node.describe(answer));
  }
}
