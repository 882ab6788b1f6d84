package io.github.faasbench.runner;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.plan.Cell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Before the load neither image nor container of a function is on any node. An image that the tool
 * did not put there is never removed, so a cold cell that meets one is refused.
 */
final class CleanProof {

  private final Cluster cluster;
  private final Sweeper sweeper;
  private final ImageOwnership ownership;
  private final Consumer<String> warning;

  CleanProof(Cluster cluster, Sweeper sweeper, ImageOwnership ownership, Consumer<String> warning) {
    this.cluster = cluster;
    this.sweeper = sweeper;
    this.ownership = ownership;
    this.warning = warning;
  }

  /**
   * Looks, after a sweep; what is not there is the tool's from then on.
   *
   * @throws RunRefused when the cell can't be what its name says
   */
  void of(Cell cell, Set<String> images)
      throws RunRefused, NodeTrouble, InterruptedException, IOException {
    List<String> leftovers = sweeper.leftovers(images);
    List<String> built = new ArrayList<>();
    List<String> others = new ArrayList<>(leftovers);
    for (Node node : cluster.nodes()) {
      for (String image : images) {
        String line = node.name() + ": image " + image;
        if (!leftovers.contains(line)) {
          ownership.own(node.name(), image);
        } else if (ownership.built(node.name(), image)) {
          built.add(line);
          others.remove(line);
        }
      }
    }
    boolean cold = cell.warming().name().equals("cold");
    if (cold && !leftovers.isEmpty() || leftovers.stream().anyMatch(CleanProof::isContainer)) {
      throw new RunRefused(
          "cell "
              + cell.title()
              + " needs clean nodes, but there is"
              + (others.isEmpty() ? "" : ", not made by faasbench:\n  " + lines(others))
              + (built.isEmpty() ? "" : where(others) + lines(built))
              + remedy(!others.isEmpty(), cold && !built.isEmpty()));
    }
    if (!built.isEmpty()) {
      warning.accept(
          "a node's engine has the image since faasbench built it there, and keeps it: "
              + String.join(", ", built));
    }
    if (!others.isEmpty()) {
      warning.accept("an image was there before faasbench and stays: " + String.join(", ", others));
    }
  }

  private static String where(List<String> others) {
    return (others.isEmpty() ? "" : "\nand") + ", since faasbench built it on that engine:\n  ";
  }

  private static String remedy(boolean others, boolean built) {
    return (others
            ? "\nRemove it there yourself (docker rm -f, docker rmi), or use another image."
            : "")
        + (built
            ? "\nGive the image a name in a registry (as localhost:5055/NAME): it is pushed there"
                + " and pulled for each call; or leave cold out of warming."
            : "");
  }

  private static boolean isContainer(String leftover) {
    return leftover.contains(": container ");
  }

  private static String lines(List<String> lines) {
    return String.join("\n  ", lines);
  }
}
