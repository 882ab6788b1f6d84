package io.github.faasbench.cli;

import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.cluster.ssh.session.KnownHosts;
import io.github.faasbench.experiment.EventSpec;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.ComposeNodes;
import io.github.faasbench.provision.Images;
import io.github.faasbench.provision.KeyPair;
import io.github.faasbench.provision.NodeContainer;
import io.github.faasbench.provision.NodeFaults;
import io.github.faasbench.provision.NodesInUse;
import io.github.faasbench.provision.ProcessRunner;
import io.github.faasbench.provision.ProvisionException;
import io.github.faasbench.provision.StateFile;
import io.github.faasbench.provision.SystemProcesses;
import io.github.faasbench.runner.NodeTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What commands do before they can talk to nodes: nodes, keys, images, connections. */
final class Provisioning {

  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private final Experiment experiment;
  private final Consumer<String> progress;
  private final ProcessRunner processes = new SystemProcesses();
  private final Remains remains;

  Provisioning(Experiment experiment, Consumer<String> progress) {
    this.experiment = experiment;
    this.progress = progress;
    remains = new Remains(processes, progress);
  }

  StateFile state() {
    return remains.state();
  }

  Remains remains() {
    return remains;
  }

  /** Brings up the nodes that the file's {@code cluster} names; nothing to do without one. */
  void nodesUp() throws CliException, InterruptedException, IOException {
    if (experiment.cluster().isEmpty()) {
      return;
    }
    Ending.OF_PROCESS.enter(new ProvisioningStage(experiment, remains.state(), true));
    try {
      undoFaults();
      KeyPair keys = KeyPair.in(StateFolder.path(), processes);
      ComposeNodes compose = compose();
      ComposeNodes.Up up = compose.up(experiment.nodes(), keys.publicKey(), READY_LIMIT, progress);
      for (String image : up.imagesMade()) {
        remains.state().made(image);
      }
      var knownHosts = Remains.knownHosts();
      for (ComposeNodes.HostKey key : compose.hostKeys(up.nodes())) {
        knownHosts.pin(KnownHosts.hostPort(key.host(), key.port()), key.key());
      }
    } catch (ProvisionException e) {
      throw Remains.failure(e);
    }
  }

  /** Keeps other processes away from nodes until it is closed. */
  NodesInUse take(List<NodeSpec> nodes) throws CliException, IOException {
    return remains.take(experiment.simulated() ? List.of() : nodes);
  }

  /** Takes them down, and forgets their keys. */
  @SuppressWarnings("try") // the nodes are held, not used
  void nodesDown() throws CliException, InterruptedException, IOException {
    try (NodesInUse held = take(experiment.nodes())) {
      undoFaults();
      remains.end(compose());
    } catch (ProvisionException e) {
      throw Remains.failure(e);
    }
  }

  /** Undoes the faults that a run did and could not undo. */
  void undoFaults() throws CliException, InterruptedException, IOException {
    remains.undoFaults();
  }

  /** What can do the faults that the file asks for; refuses those that can't be done. */
  NodeFaults faults() throws CliException, InterruptedException {
    var faults = new NodeFaults(remains.state(), processes);
    if (experiment.events().stream().noneMatch(event -> event.action().isFault())) {
      return faults;
    }
    try {
      List<NodeContainer> there = compose().status();
      for (EventSpec event : experiment.events()) {
        if (event.action().isFault()) {
          NodeSpec node =
              experiment.nodes().stream()
                  .filter(one -> one.name().equals(event.node()))
                  .findFirst()
                  .orElseThrow();
          faults.prepare(event.action(), node, there);
        }
      }
      return faults;
    } catch (ProvisionException e) {
      throw Remains.failure(e);
    }
  }

  List<NodeContainer> nodesStatus() throws CliException, InterruptedException {
    try {
      return compose().status();
    } catch (ProvisionException e) {
      throw Remains.failure(e);
    }
  }

  /** Builds and pushes the functions' images where they are absent or changed. */
  void images() throws CliException, InterruptedException, IOException {
    try {
      for (Images.Provided image : imageMaker().provide(experiment.functions(), progress)) {
        if (image.kept()) {
          remains.state().made(image.image());
        }
      }
    } catch (ProvisionException e) {
      throw Remains.failure(e);
    }
  }

  /** This machine's images, for nodes that reach no registry; to be closed after the run. */
  SentImages sentImages() {
    return new SentImages(imageMaker(), remains.state(), progress);
  }

  /** Connects to all nodes of the file, and follows their loads where the file says so. */
  SshCluster connect(Consumer<String> log) throws CliException, IOException {
    Object interval = experiment.loadProbe().parameters().get("interval");
    return connections()
        .to(
            experiment.nodes(),
            log,
            settings -> interval instanceof Duration each ? settings.watching(each) : settings);
  }

  /** Removes what the tool left on a node; answers a line for each thing. */
  List<String> clean(NodeSpec node)
      throws CliException, NodeTrouble, InterruptedException, IOException {
    return remains.clean(connections(), node);
  }

  Connections connections() throws CliException {
    if (experiment.simulated()) {
      throw CliException.mistake("backend: sim has no real nodes to connect to");
    }
    Path folder = experiment.file().toAbsolutePath().getParent();
    return new Connections(experiment.engine(), folder, remains.state());
  }

  private ComposeNodes compose() throws ProvisionException, CliException {
    if (experiment.simulated()) {
      throw CliException.mistake(
          Texts.simulated(experiment) + ": there are none to bring up, take down or show");
    }
    if (experiment.cluster().isEmpty()) {
      throw CliException.mistake(
          experiment.file()
              + " has no key `cluster`, so there are no nodes to bring up or down;"
              + " its nodes are looked after elsewhere");
    }
    return new ComposeNodes(
        experiment.cluster().get(),
        Optional.of(experiment.file()),
        ComposeNodes.PROJECT,
        processes);
  }

  private Images imageMaker() {
    return new Images(Optional.of(experiment.file()), System.getenv(), processes);
  }
}
