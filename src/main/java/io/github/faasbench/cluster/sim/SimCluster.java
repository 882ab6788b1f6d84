package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.Faults;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.experiment.NodeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A cluster that exists only as a model: discrete events in virtual time, which begins at 0. Equal
 * arguments and equal questions have equal answers, on every machine.
 */
public final class SimCluster implements Cluster {

  /**
   * Where its randomness comes from.
   *
   * @param service of service times
   * @param starts of image pulls and of container and runtime starts
   */
  public record Seeds(long service, long starts) {}

  private final SimLoop loop = new SimLoop();
  private final LoadFeed feed;
  private final List<Host> hosts = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Faults faults;

  /**
   * Empty nodes.
   *
   * @param functions each with its model
   * @param probeInterval how often a node's load is read; zero: at every change
   */
  public SimCluster(
      List<NodeSpec> specs, List<FunctionSpec> functions, Duration probeInterval, Seeds seeds) {
    this(specs, functions, probeInterval, seeds, Set.of());
  }

  /**
   * Empty nodes.
   *
   * @param faulty names of those to which faults may be done
   */
  public SimCluster(
      List<NodeSpec> specs,
      List<FunctionSpec> functions,
      Duration probeInterval,
      Seeds seeds,
      Set<String> faulty) {
    var models = new Models(functions, seeds);
    feed = new LoadFeed(loop, probeInterval.toNanos());
    for (NodeSpec spec : specs) {
      boolean breaks = faulty.contains(spec.name());
      var host = new Host(hosts.size(), spec, loop, feed, breaks);
      hosts.add(host);
      var node = new SimNode(spec, host, models, feed);
      nodes.add(breaks ? new WiredNode(node, host.wire) : node);
    }
    faults = new SimFaults(loop, feed, hosts);
  }

  @Override
  public SimLoop loop() {
    return loop;
  }

  @Override
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  @Override
  public boolean pushesLoads() {
    return true;
  }

  @Override
  public boolean makesRoom() {
    return true;
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public void listen(ClusterListener listener) {
    feed.listen(listener, hosts);
  }

  /** Little's law, flow, busy time, memory and causality, on every node. */
  @Override
  public void verify() {
    hosts.forEach(Host::verify);
  }

  @Override
  public void close() {}

  Host host(int index) {
    return hosts.get(index);
  }
}
