package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.provision.StateFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Nodes and images are made, or connections.
 *
 * @param bringsUp whether nodes of this machine are being brought up
 */
record ProvisioningStage(Experiment experiment, StateFile state, boolean bringsUp)
    implements Stage {

  @Override
  public String cleaning() {
    return "ending the commands and connections that were begun";
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public List<String> left() {
    List<String> left = new ArrayList<>();
    if (bringsUp) {
      left.add(
          "nodes that were being brought up: `"
              + CommandText.of("nodes", "down", experiment.file().toString())
              + "` ends them");
    }
    left.addAll(left(experiment, state, Set.of()));
    return left;
  }

  /**
   * What a run leaves on nodes, and what removes it.
   *
   * @param unclean names of nodes that may have something of its
   */
  static List<String> left(Experiment experiment, StateFile state, Set<String> unclean) {
    String clean = "`" + CommandText.of("clean", experiment.file().toString()) + "`";
    List<String> left = new ArrayList<>();
    if (!unclean.isEmpty()) {
      left.add(
          "containers and images of this run, maybe, on "
              + String.join(", ", unclean)
              + ": "
              + clean
              + " removes them");
    }
    try {
      state
          .faults()
          .forEach(
              fault ->
                  left.add(
                      "the fault "
                          + fault.action()
                          + " "
                          + fault.node()
                          + ": "
                          + clean
                          + " undoes it"));
    } catch (IOException e) {
      left.add("whether faults are left can't be read: " + e.getMessage());
    }
    return left;
  }
}
