package io.github.faasbench.cli;

import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.provision.ImageName;
import io.github.faasbench.runner.Answers;
import io.github.faasbench.runner.NodeTrouble;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A cold start pulls: before anything runs, every node must reach the cold images' registries. */
final class ColdCheck {

  private ColdCheck() {}

  /**
   * Asks the nodes; fetches nothing.
   *
   * @throws CliException when a cell can't be cold; it names every node and image
   */
  static void carryOut(Plan plan, SshCluster cluster)
      throws CliException, NodeTrouble, InterruptedException {
    Set<String> images = new TreeSet<>();
    for (Cell cell : plan.cells()) {
      if (cell.warming().name().equals("cold")) {
        cell.functions().forEach(function -> images.add(function.image()));
      }
    }
    if (images.isEmpty()) {
      return;
    }
    var text = new StringBuilder();
    Answers.<Map<String, String>>of(
            cluster, (node, done) -> cluster.unreachable(node, images, done))
        .forEach(
            (node, silent) ->
                silent.forEach(
                    (image, why) ->
                        text.append("\n  ")
                            .append(node)
                            .append(": registry ")
                            .append(ImageName.parse(image).place())
                            .append(": ")
                            .append(why)));
    if (!text.isEmpty()) {
      throw CliException.mistake(
          "a cold call pulls its image from a registry, and there are nodes that reach none:"
              + text
              + "\nLet the nodes reach the registry, or name an image of one that they reach, or"
              + " leave cold out: for pre-warmed and warmed cells the image is sent over SSH.");
    }
  }
}
