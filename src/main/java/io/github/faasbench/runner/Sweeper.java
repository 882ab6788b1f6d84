package io.github.faasbench.runner;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.gateway.GatewaySettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

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
   * Removes labelled containers, and owned ones among the images, on all nodes at once. A node that
   * fails keeps no other from being swept.
   *
   * @param images references to look for; only those the tool put on the node are removed
   * @return what was removed, one line each: node and name
   * @throws NodeTrouble something could not be removed; all such nodes are named
   */
  public List<String> sweep(Set<String> images) throws NodeTrouble, InterruptedException {
    return sweep(images, node -> {});
  }

  /**
   * The same.
   *
   * @param swept told the name of each node that has nothing of the tool's any more
   */
  List<String> sweep(Set<String> images, Consumer<String> swept)
      throws NodeTrouble, InterruptedException {
    Map<String, List<String>> removed =
        Answers.of(cluster, (node, done) -> sweep(node, images, swept, done));
    return removed.values().stream().flatMap(List::stream).toList();
  }

  private void sweep(
      Node node, Set<String> images, Consumer<String> swept, Callback<List<String>> done) {
    List<String> removed = new ArrayList<>();
    Removal containers = new Removal();
    Removal owned = new Removal();
    Runnable end =
        () -> {
          swept.accept(node.name());
          done.done(removed);
        };
    node.inventory(
        After.of(
            done,
            inventory -> {
              for (Inventory.Container container : inventory.containers()) {
                if (ours(container)) {
                  removed.add(node.name() + ": container " + container.name());
                  containers.add(gone -> node.removeContainer(container.name(), gone));
                }
              }
              for (String image : there(inventory, images)) {
                if (ownership.owns(node.name(), image)) {
                  removed.add(node.name() + ": image " + image);
                  owned.add(gone -> node.removeImage(image, gone));
                }
              }
              // Images only after the containers that use them.
              containers.start(
                  After.of(done, none -> owned.start(After.of(done, gone -> end.run()))));
            }));
  }

  /** Goes on with an answer, and hands a failure on to whoever waits for the whole. */
  private record After<T>(Callback<?> whole, Consumer<T> next) implements Callback<T> {
    static <T> After<T> of(Callback<?> whole, Consumer<T> next) {
      return new After<>(whole, next);
    }

    @Override
    public void done(T value) {
      next.accept(value);
    }

    @Override
    public void failed(NodeFailure failure) {
      whole.failed(failure);
    }
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

  /** Drops the ownership of images that are off their nodes, as far as these answer. */
  public void forgetGone(Set<String> images) throws InterruptedException, IOException {
    Map<String, Inventory> found = Answers.ofThoseThatGiveOne(cluster, Node::inventory);
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
}
