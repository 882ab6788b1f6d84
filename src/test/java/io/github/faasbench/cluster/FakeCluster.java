package io.github.faasbench.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of fake nodes in virtual time. */
public final class FakeCluster implements Cluster {

  private final VirtualLoop loop = new VirtualLoop();
  private final List<FakeNode> nodes;

  public FakeCluster(String... names) {
    nodes = Stream.of(names).map(name -> new FakeNode(name, loop)).collect(Collectors.toList());
  }

  public FakeNode fake(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public VirtualLoop loop() {
    return loop;
  }

  @Override
  public List<Node> nodes() {
    return new ArrayList<>(nodes);
  }

  @Override
  public void close() {}
}
