package io.github.faasbench.cli;

import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.cluster.ssh.SshCluster.Needs;
import io.github.faasbench.cluster.ssh.session.KnownHosts;
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
import io.github.faasbench.runner.NodeTrouble;
import io.github.faasbench.runner.Sweeper;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the tool made or changed from this folder, by the state file; no experiment is needed. */
final class Remains {

  private final StateFile state = new StateFile(StateFolder.path());
  private final ProcessRunner processes;
  private final Consumer<String> progress;

  Remains(ProcessRunner processes, Consumer<String> progress) {
    this.processes = processes;
    this.progress = progress;
  }

  StateFile state() {
    return state;
  }

  /** Keeps other processes away from nodes until it is closed. */
  NodesInUse take(Collection<NodeSpec> nodes) throws CliException, IOException {
    try {
      return NodesInUse.take(StateFolder.path(), nodes);
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

  /** Removes what the tool left on a node; answers a line for each thing. */
  List<String> clean(Connections connections, NodeSpec node)
      throws CliException, NodeTrouble, InterruptedException, IOException {
    try (SshCluster cluster =
        connections.to(List.of(node), line -> {}, settings -> settings.needing(Needs.ENGINE))) {
      var owned = new OwnedImages(state, List.of(node));
      var sweeper = new Sweeper(cluster, owned);
      Set<String> images = owned.all();
      List<String> removed = sweeper.sweep(images);
      sweeper.forgetGone(images);
      return removed;
    }
  }

  /** The nodes on this machine that let in this folder's key; empty: there are none. */
  Optional<ComposeNodes> madeNodes() throws ProvisionException, InterruptedException, IOException {
    Optional<String> key = KeyPair.publicKeyIn(StateFolder.path());
    return key.isEmpty()
        ? Optional.empty()
        : ComposeNodes.lettingIn(key.get(), ComposeNodes.PROJECT, processes);
  }

  /** Takes nodes down, and forgets their keys and what was on them. */
  void end(ComposeNodes compose) throws ProvisionException, InterruptedException, IOException {
    List<NodeContainer> nodes = compose.status();
    List<String> gone = compose.down(progress);
    for (NodeContainer node : nodes) {
      if (node.node()) {
        knownHosts().forget(KnownHosts.hostPort(node.host(), node.port()));
        state.goneFrom(node.port());
      }
    }
    progress.accept(gone.isEmpty() ? "no nodes were up" : "down: " + String.join(", ", gone));
  }

  /** Removes from this machine the images that the tool made. */
  void removeMadeImages() throws CliException, InterruptedException, IOException {
    var images = new Images(Optional.empty(), System.getenv(), processes);
    try {
      for (String image : state.made()) {
        images.remove(image, progress);
        state.unmade(image);
      }
    } catch (ProvisionException e) {
      throw failure(e);
    }
  }

  static KnownHosts knownHosts() {
    return new KnownHosts(StateFolder.path().resolve("known_hosts"));
  }

  static CliException failure(ProvisionException e) {
    return e.kind() == ProvisionException.Kind.UNREACHABLE
        ? CliException.unreachable(e.getMessage())
        : CliException.mistake(e.getMessage());
  }
}
