package io.github.faasbench.cli;

import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.provision.NodeFaults;
import io.github.faasbench.provision.NodesInUse;
import io.github.faasbench.runner.Answers;
import io.github.faasbench.runner.Clusters;
import io.github.faasbench.runner.ImageOwnership;
import io.github.faasbench.runner.NodeTrouble;
import io.github.faasbench.runner.RunListener;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Real nodes: brought up where the file says so, reached over SSH, the same ones for all cells. */
final class SshBackEnd implements BackEnd {

  private final Experiment experiment;
  private final Provisioning provisioning;
  private final NodesInUse held;
  private final SshCluster cluster;
  private final SentImages images;
  private final Consumer<String> say;
  private final Map<String, NodeFacts> facts;

  /**
   * Brings up nodes and images, connects, and asks the nodes what they are.
   *
   * @param say shown to the user
   * @param log only written into the log
   */
  SshBackEnd(Plan plan, Consumer<String> say, Consumer<String> log) throws Exception {
    this.say = say;
    experiment = plan.experiment();
    provisioning = new Provisioning(experiment, say);
    held = provisioning.take(experiment.nodes());
    Ending.OF_PROCESS.enter(new ProvisioningStage(experiment, provisioning.state(), false));
    NodeFaults faults;
    try {
      provisioning.nodesUp();
      faults = provisioning.faults();
      provisioning.images();
      cluster = provisioning.connect(log);
    } catch (Exception e) {
      held.close();
      throw e;
    }
    images = provisioning.sentImages();
    cluster.breakBy(new DockerFaults(faults, cluster.loop()));
    try {
      ColdCheck.carryOut(plan, cluster);
      facts = Answers.of(cluster, Node::describe);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  @Override
  public Environment environment(Instant startedAt) {
    return Surroundings.of(experiment, facts, startedAt);
  }

  @Override
  public Map<String, String> engines() {
    Map<String, String> engines = new LinkedHashMap<>();
    facts.forEach((node, fact) -> engines.put(node, fact.engineId()));
    return engines;
  }

  @Override
  public Clusters clusters(RunListener listener) {
    DoctorCommand.sharing(facts)
        .forEach(
            (engine, nodes) ->
                listener.warning(
                    "one engine serves "
                        + String.join(", ", nodes)
                        + ": they share images and cores"));
    cluster.sendImages(images, listener::warning);
    return cell -> cluster;
  }

  @Override
  public ImageOwnership ownership() throws IOException {
    return new OwnedImages(provisioning.state(), experiment.nodes());
  }

  @Override
  public List<String> left(Set<String> unclean) {
    return ProvisioningStage.left(experiment, provisioning.state(), unclean);
  }

  @Override
  public void cleanAnew(Consumer<String> cleaned) {
    List<Thread> threads = new ArrayList<>();
    threads.add(new Thread(this::undoFaults, "faasbench-undo"));
    for (NodeSpec node : experiment.nodes()) {
      threads.add(
          new Thread(
              () -> {
                try {
                  provisioning.clean(node);
                  cleaned.accept(node.name());
                } catch (CliException | NodeTrouble | IOException | InterruptedException e) {
                  say.accept(node.name() + " could not be cleaned: " + e.getMessage());
                }
              },
              "faasbench-clean-" + node.name()));
    }
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (held;
        cluster;
        images) {
      undoFaults(); // a run that ended by an error of its own may have left some
    }
  }

  private void undoFaults() {
    try {
      provisioning.undoFaults();
    } catch (CliException | IOException e) {
      say.accept(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
