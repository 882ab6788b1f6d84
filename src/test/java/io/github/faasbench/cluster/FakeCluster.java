package io.github.faasbench.cluster;

import io.github.faasbench.cluster.sim.SimLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of fake nodes in virtual time. */
public final class FakeCluster implements Cluster {

  private final SimLoop loop = new SimLoop();
  private final List<FakeNode> nodes;
  private boolean pushes;
  private ClusterListener listener;

  /** Whether its pulls were to end. */
  public boolean pullsEnded;

  /** Done each time a load begins. */
  public Runnable whenLoadBegins = () -> {};

  /** A cluster whose nodes push their loads, when a test says so by {@link #push}. */
  public static FakeCluster pushing(String... names) {
    var cluster = new FakeCluster(names);
    cluster.pushes = true;
    return cluster;
  }

  public FakeCluster(String... names) {
    nodes = Stream.of(names).map(name -> new FakeNode(name, loop)).collect(Collectors.toList());
  }

  public FakeNode fake(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public boolean endPulls() {
    pullsEnded = true;
    return false;
  }

  @Override
  public SimLoop loop() {
    return loop;
  }

  @Override
  public List<Node> nodes() {
    return new ArrayList<>(nodes);
  }

  @Override
  public boolean pushesLoads() {
    return pushes;
  }

  @Override
  public void listen(ClusterListener told) {
    listener = told;
    if (pushes) {
      nodes.forEach(node -> push(node.name()));
    }
  }

  @Override
  public void loadBegins() {
    whenLoadBegins.run();
  }

  /** Lets so much virtual time pass, with all that is due by then. */
  public void pass(long nanos) {
    boolean[] over = {false};
    loop.after(nanos, () -> over[0] = true);
    loop.runUntil(() -> over[0]);
  }

  /** The node tells its load as it is now. */
  public void push(String name) {
    FakeNode node = fake(name);
    listener.load(nodes.indexOf(node), node.cpu, node.ram, loop.nowNanos());
  }

  /** The node's load is not known any more; with a cause: it could not be read. */
  public void unread(String name, Optional<String> cause) {
    FakeNode node = fake(name);
    listener.unread(
        nodes.indexOf(node),
        cause.map(why -> new NodeFailure(NodeFailure.Kind.UNREACHABLE, name, why, false)));
  }

  /** The node removes a container by itself. */
  public void evict(String name, String container) {
    FakeNode node = fake(name);
    node.containers.remove(container);
    listener.evicted(nodes.indexOf(node), container);
  }

  /** The process in one of the node's containers ends by itself. */
  public void end(String name, String container) {
    FakeNode node = fake(name);
    node.containers.remove(container);
    listener.ended(nodes.indexOf(node), container, "exit code 3");
  }

  @Override
  public void close() {}
}
