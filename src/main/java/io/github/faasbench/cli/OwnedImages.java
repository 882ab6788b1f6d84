package io.github.faasbench.cli;

import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.Loopback;
import io.github.faasbench.provision.StateFile;
import io.github.faasbench.runner.ImageOwnership;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The images that the tool put on nodes: kept in memory, written to the state file first. */
final class OwnedImages implements ImageOwnership {

  private final StateFile state;
  private final Map<String, String> addresses = new HashMap<>();
  private final Map<String, Set<String>> byNode = new HashMap<>();
  private final Set<String> built = new HashSet<>();

  /** Nodes that may use this machine's engine. */
  private final Set<String> here = new HashSet<>();

  OwnedImages(StateFile state, Collection<NodeSpec> nodes) throws IOException {
    this.state = state;
    state.made().forEach(image -> built.add(Inventory.withTag(image)));
    for (NodeSpec node : nodes) {
      String address = StateFile.addressOf(node);
      addresses.put(node.name(), address);
      if (Loopback.is(node.host())) {
        here.add(node.name());
      }
      byNode.put(node.name(), new HashSet<>(state.pulledTo(address)));
    }
  }

  @Override
  public boolean owns(String node, String image) {
    return byNode.get(node).contains(image);
  }

  @Override
  public boolean built(String node, String image) {
    return here.contains(node) && built.contains(Inventory.withTag(image));
  }

  @Override
  public void own(String node, String image) throws IOException {
    if (!owns(node, image)) {
      state.pulled(addresses.get(node), image);
      byNode.get(node).add(image);
    }
  }

  @Override
  public void gone(String node, String image) throws IOException {
    state.removed(addresses.get(node), image);
    byNode.get(node).remove(image);
  }

  /** All images on any of the nodes. */
  Set<String> all() {
    Set<String> all = new TreeSet<>();
    byNode.values().forEach(all::addAll);
    return all;
  }
}
