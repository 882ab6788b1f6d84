package io.github.faasbench.runner;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.gateway.GatewaySettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes from the nodes what the tool left there, and nothing else: containers by their label,
 * images by the ownership record; and verifies that it is gone.
 */
public final class Sweeper {

  private final Cluster cluster;
  private final ImageOwnership ownership;

  public Sweeper(Cluster cluster, ImageOwnership ownership) {
    this.cluster = cluster;
    this.ownership = ownership;
  }

  /**
   * Removes labelled containers, and owned ones among the images.
   *
   * @param images references to look for; only those the tool put on the node are removed
   * @return what was removed, one line each: node and name
   */
  public List<String> sweep(Set<String> images) throws NodeTrouble, InterruptedException {
    List<String> removed = new ArrayList<>();
    Map<String, Inventory> found = Answers.of(cluster, Node::inventory);
    for (Node node : cluster.nodes()) {
      Inventory inventory = found.get(node.name());
      for (Inventory.Container container : inventory.containers()) {
        if (ours(container)) {
          one(node, container.name(), true);
          removed.add(node.name() + ": container " + container.name());
        }
      }
    }
    for (Node node : cluster.nodes()) {
      for (String image : there(found.get(node.name()), images)) {
        if (ownership.owns(node.name(), image)) {
          one(node, image, false);
          removed.add(node.name() + ": image " + image);
        }
      }
    }
    return removed;
  }

  /**
   * What is still there of the given images and of labelled containers, one line each: node and
   * name. Empty when the nodes are clean.
   */
  public List<String> leftovers(Set<String> images) throws NodeTrouble, InterruptedException {
    Set<String> left = new TreeSet<>();
    Answers.of(cluster, Node::inventory)
        .forEach(
            (node, inventory) -> {
              there(inventory, images).forEach(image -> left.add(node + ": image " + image));
              inventory.containers().stream()
                  .filter(
                      container ->
                          ours(container)
                              || images.stream().anyMatch(image -> isOf(container, image)))
                  .forEach(container -> left.add(node + ": container " + container.name()));
            });
    return List.copyOf(left);
  }

  /** Drops the ownership of images that are off their nodes. */
  public void forgetGone(Set<String> images) throws NodeTrouble, InterruptedException, IOException {
    Map<String, Inventory> found = Answers.of(cluster, Node::inventory);
    for (Map.Entry<String, Inventory> node : found.entrySet()) {
      for (String image : images) {
        if (ownership.owns(node.getKey(), image) && !node.getValue().hasImage(image)) {
          ownership.gone(node.getKey(), image);
        }
      }
    }
  }

  /** Those that the node has. Most nodes have none of a trace's thousands. */
  private static List<String> there(Inventory inventory, Set<String> images) {
    return inventory.images().isEmpty()
        ? List.of()
        : images.stream().filter(inventory::hasImage).toList();
  }

  /** By the run's label: images carry the other one, and pass it on to anybody's containers. */
  private static boolean ours(Inventory.Container container) {
    return container.labels().containsKey(GatewaySettings.RUN_LABEL);
  }

  private static boolean isOf(Inventory.Container container, String image) {
    return Inventory.withTag(container.image()).equals(Inventory.withTag(image));
  }

  private void one(Node node, String name, boolean container)
      throws NodeTrouble, InterruptedException {
    Answers.<Void>of(
        cluster,
        List.of(node),
        (target, done) -> {
          if (container) {
            target.removeContainer(name, done);
          } else {
            target.removeImage(name, done);
          }
        });
  }
}
