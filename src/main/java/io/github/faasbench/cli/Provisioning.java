package io.github.faasbench.cli;

import io.github.faasbench.cluster.ssh.ConnectFailedException;
import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.cluster.ssh.session.KnownHosts;
import io.github.faasbench.cluster.ssh.session.LoginSettings;
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
import io.github.faasbench.runner.Sweeper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What commands do before they can talk to nodes: nodes, keys, images, connections. */
final class Provisioning {

  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private final Experiment experiment;
  private final Consumer<String> progress;
  private final ProcessRunner processes = new SystemProcesses();
  private final StateFile state = new StateFile(StateFolder.path());

  Provisioning(Experiment experiment, Consumer<String> progress) {
    this.experiment = experiment;
    this.progress = progress;
  }

  StateFile state() {
    return state;
  }

  /** Brings up the nodes that the file's {@code cluster} names; nothing to do without one. */
  void nodesUp() throws CliException, InterruptedException, IOException {
    if (experiment.cluster().isEmpty()) {
      return;
    }
    Ending.OF_PROCESS.enter(new ProvisioningStage(experiment, state, true));
    try {
      undoFaults();
      KeyPair keys = KeyPair.in(StateFolder.path(), processes);
      ComposeNodes compose = compose();
      ComposeNodes.Up up = compose.up(experiment.nodes(), keys.publicKey(), READY_LIMIT, progress);
      for (String image : up.imagesMade()) {
        state.made(image);
      }
      var knownHosts = knownHosts();
      for (ComposeNodes.HostKey key : compose.hostKeys(up.nodes())) {
        knownHosts.pin(KnownHosts.hostPort(key.host(), key.port()), key.key());
      }
    } catch (ProvisionException e) {
      throw failure(e);
    }
  }

  /** Keeps other processes away from nodes until it is closed. */
  NodesInUse take(List<NodeSpec> nodes) throws CliException, IOException {
    try {
      return NodesInUse.take(StateFolder.path(), experiment.simulated() ? List.of() : nodes);
    } catch (ProvisionException e) {
      throw failure(e);
    }
  }

  /** Takes them down, and forgets their keys. */
  @SuppressWarnings("try") // the nodes are held, not used
  void nodesDown() throws CliException, InterruptedException, IOException {
    try (NodesInUse held = take(experiment.nodes())) {
      undoFaults();
      ComposeNodes compose = compose();
      List<NodeContainer> nodes = compose.status();
      List<String> gone = compose.down(progress);
      for (NodeContainer node : nodes) {
        if (node.node()) {
          knownHosts().forget(KnownHosts.hostPort(node.host(), node.port()));
          state.goneFrom(node.port());
        }
      }
      progress.accept(gone.isEmpty() ? "no nodes were up" : "down: " + String.join(", ", gone));
    } catch (ProvisionException e) {
      throw failure(e);
    }
  }

  /** Undoes the faults that a run did and could not undo. */
  void undoFaults() throws CliException, InterruptedException, IOException {
    try {
      new NodeFaults(state, processes).endAll(progress);
    } catch (ProvisionException e) {
      throw failure(e);
    }
  }

  /** What can do the faults that the file asks for; refuses those that can't be done. */
  NodeFaults faults() throws CliException, InterruptedException {
    var faults = new NodeFaults(state, processes);
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
      throw failure(e);
    }
  }

  List<NodeContainer> nodesStatus() throws CliException, InterruptedException {
    try {
      return compose().status();
    } catch (ProvisionException e) {
      throw failure(e);
    }
  }

  /** Builds and pushes the functions' images where they are absent or changed. */
  void images() throws CliException, InterruptedException, IOException {
    try {
      for (Images.Provided image : imageMaker().provide(experiment.functions(), progress)) {
        if (image.kept()) {
          state.made(image.image());
        }
      }
    } catch (ProvisionException e) {
      throw failure(e);
    }
  }

  /** This machine's images, for nodes that reach no registry; to be closed after the run. */
  SentImages sentImages() {
    return new SentImages(imageMaker(), state, progress);
  }

  /** Removes from this machine the images that the tool made. */
  void removeMadeImages() throws CliException, InterruptedException, IOException {
    try {
      for (String image : state.made()) {
        imageMaker().remove(image, progress);
        state.unmade(image);
      }
    } catch (ProvisionException e) {
      throw failure(e);
    }
  }

  /** Connects to all nodes of the file, and follows their loads where the file says so. */
  SshCluster connect(Consumer<String> log) throws CliException, IOException {
    Object interval = experiment.loadProbe().parameters().get("interval");
    return connect(
        experiment.nodes(),
        log,
        settings -> interval instanceof Duration each ? settings.watching(each) : settings);
  }

  SshCluster connect(List<NodeSpec> nodes, Consumer<String> log) throws CliException, IOException {
    return connect(nodes, log, settings -> settings);
  }

  /** Removes what the tool left on a node; answers a line for each thing. */
  List<String> clean(NodeSpec node)
      throws CliException, NodeTrouble, InterruptedException, IOException {
    try (SshCluster cluster = connect(List.of(node), line -> {})) {
      var owned = new OwnedImages(state, List.of(node));
      var sweeper = new Sweeper(cluster, owned);
      Set<String> images = owned.all();
      List<String> removed = sweeper.sweep(images);
      sweeper.forgetGone(images);
      return removed;
    }
  }

  private SshCluster connect(
      List<NodeSpec> nodes, Consumer<String> log, UnaryOperator<SshCluster.Settings> change)
      throws CliException, IOException {
    if (experiment.simulated()) {
      throw CliException.mistake("backend: sim has no real nodes to connect to");
    }
    Path folder = experiment.file().toAbsolutePath().getParent();
    LoginSettings login = LoginSettings.of(StateFolder.path(), folder, new TerminalPrompt(), log);
    long begun = System.nanoTime();
    try {
      var settings = SshCluster.Settings.of(experiment.engine(), login, metricsScript());
      SshCluster cluster = SshCluster.connect(nodes, change.apply(settings));
      double seconds = (System.nanoTime() - begun) / 1e9;
      log.accept(
          String.format(Locale.ROOT, "connected to %d node(s) in %.2f s", nodes.size(), seconds));
      for (NodeSpec node : nodes) {
        state.touched(node, fromAnywhere(node.login(), login));
      }
      return cluster;
    } catch (ConnectFailedException e) {
      throw CliException.unreachable(e.getMessage());
    }
  }

  /** With paths that hold from any folder. */
  private static NodeSpec.Login fromAnywhere(NodeSpec.Login login, LoginSettings settings) {
    if (login.identity().isPresent()) {
      login = login.identity(absolute(login.identity().get(), settings));
    }
    boolean configured = login.sshConfig().filter(path -> !path.equals("off")).isPresent();
    return configured ? login.sshConfig(absolute(login.sshConfig().get(), settings)) : login;
  }

  private static String absolute(String path, LoginSettings settings) {
    return settings.locate(path).toAbsolutePath().normalize().toString();
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

  private static KnownHosts knownHosts() {
    return new KnownHosts(StateFolder.path().resolve("known_hosts"));
  }

  private static CliException failure(ProvisionException e) {
    return e.kind() == ProvisionException.Kind.UNREACHABLE
        ? CliException.unreachable(e.getMessage())
        : CliException.mistake(e.getMessage());
  }

  private static String metricsScript() throws IOException {
    try (InputStream script = Provisioning.class.getResourceAsStream("get_node_metrics.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
