package io.github.faasbench.cli;

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
  private final Map<String, Set<String>> byNode = new HashMap<>();

  OwnedImages(StateFile state, Collection<String> nodes) throws IOException {
    this.state = state;
    for (String node : nodes) {
      byNode.put(node, new HashSet<>(state.pulledTo(node)));
    }
  }

  @Override
  public boolean owns(String node, String image) {
    return byNode.getOrDefault(node, Set.of()).contains(image);
  }

  @Override
  public void own(String node, String image) throws IOException {
    if (!owns(node, image)) {
      state.pulled(node, image);
      byNode.computeIfAbsent(node, name -> new HashSet<>()).add(image);
    }
  }

  @Override
  public void gone(String node, String image) throws IOException {
    state.removed(node, image);
    byNode.get(node).remove(image);
  }

  /** All images on any of the nodes. */
  Set<String> all() {
    Set<String> all = new TreeSet<>();
    byNode.values().forEach(all::addAll);
    return all;
  }
}
