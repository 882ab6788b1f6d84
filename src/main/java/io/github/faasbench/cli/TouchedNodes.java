package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.ComposeNodes;
import io.github.faasbench.provision.Loopback;
import io.github.faasbench.provision.NodeContainer;
import io.github.faasbench.provision.NodesInUse;
import io.github.faasbench.provision.ProvisionException;
import io.github.faasbench.provision.StateFile.TouchedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The nodes that the state file has, to be reached as they were last. */
final class TouchedNodes {

  private final Remains remains;
  private final Consumer<String> tell;

  /**
   * @param tell takes what the user should know, a line each
   */
  TouchedNodes(Remains remains, Consumer<String> tell) {
    this.remains = remains;
    this.tell = tell;
  }

  /** How a node is reached. */
  record Touched(NodeSpec spec, EngineKind engine) {}

  List<NodeSpec> all() throws IOException {
    return remains.state().nodes().stream().map(node -> spec(node, node.login())).toList();
  }

  /** Takes down those that faasbench made on this machine. */
  @SuppressWarnings("try") // the nodes are held, not used
  void down() throws CliException, InterruptedException, IOException {
    try {
      Optional<ComposeNodes> made = remains.madeNodes();
      if (made.isPresent()) {
        List<NodeSpec> here = all().stream().filter(node -> Loopback.is(node.host())).toList();
        try (NodesInUse held = remains.take(here)) {
          remains.end(made.get());
        }
      }
    } catch (ProvisionException e) {
      throw Remains.failure(e);
    }
  }

  /** All but those that faasbench made on this machine and that are not up. */
  List<Touched> up() throws InterruptedException, IOException {
    Optional<List<NodeContainer>> made = containers();
    List<Touched> up = new ArrayList<>();
    List<String> away = new ArrayList<>();
    for (TouchedNode node : remains.state().nodes()) {
      boolean runs =
          made.isEmpty()
              || made.get().stream()
                  .anyMatch(one -> one.node() && one.running() && one.port() == port(node));
      if (isMade(node) && !runs) {
        away.add(node.name());
      } else {
        up.add(new Touched(spec(node, usable(node)), node.engine()));
      }
    }
    if (!away.isEmpty()) {
      tell.accept(String.join(", ", away) + ": not up, so there is nothing to clean there");
    }
    return up;
  }

  /** Of the nodes on this machine; empty: its engine does not answer. */
  private Optional<List<NodeContainer>> containers() throws InterruptedException, IOException {
    if (remains.state().nodes().stream().noneMatch(TouchedNodes::isMade)) {
      return Optional.empty();
    }
    try {
      Optional<ComposeNodes> made = remains.madeNodes();
      return Optional.of(made.isPresent() ? made.get().status() : List.of());
    } catch (ProvisionException e) {
      return Optional.empty(); // whether they are up shows when they are connected to
    }
  }

  /** Whether faasbench made it: it is on this machine and lets in this folder's key. */
  private static boolean isMade(TouchedNode node) {
    String key = StateFolder.path().resolve("id_ed25519").toAbsolutePath().normalize().toString();
    return Loopback.is(host(node)) && node.login().identity().filter(key::equals).isPresent();
  }

  private static String host(TouchedNode node) {
    String address = node.address();
    return address.substring(address.lastIndexOf('@') + 1, address.lastIndexOf(':'));
  }

  private static int port(TouchedNode node) {
    return Integer.parseInt(node.address().substring(node.address().lastIndexOf(':') + 1));
  }

  private NodeSpec.Login usable(TouchedNode node) {
    NodeSpec.Login login = node.login();
    if (login.identity().filter(key -> !Files.isReadable(Path.of(key))).isEmpty()) {
      return login;
    }
    tell.accept(
        node.name()
            + " ("
            + node.address()
            + "): its key "
            + login.identity().get()
            + " can't be read any more; trying the SSH agent, else the keys in ~/.ssh");
    return login.withoutIdentity();
  }

  private static NodeSpec spec(TouchedNode node, NodeSpec.Login login) {
    int port = port(node);
    return new NodeSpec(
        node.name(),
        host(node),
        port == 22 ? 0 : port, // the SSH configuration may say another
        node.address().substring(0, node.address().lastIndexOf('@')),
        login,
        Double.NaN,
        0,
        1,
        NodeSpec.Limits.NONE);
  }
}
