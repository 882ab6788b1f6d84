package io.github.faasbench.provision;

import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Knows when nodes can be used: sshd is the last thing that a node starts, so one that greets is
 * ready. A bare connection proves nothing, since Docker's proxy takes it in the node's stead.
 */
final class NodeReadiness {

  private static final int CONNECT_MILLIS = 1_000;
  private static final long POLL_MILLIS = 200;

  private final Docker docker;

  NodeReadiness(Docker docker) {
    this.docker = docker;
  }

  /** Asks for the containers as they are now. */
  interface Status {
    List<NodeContainer> ask() throws ProvisionException, InterruptedException;
  }

  /** Whether each node among the containers greets. */
  static boolean all(List<NodeContainer> containers) {
    return containers.stream().filter(NodeContainer::node).allMatch(NodeReadiness::greets);
  }

  /** Waits until every node greets; ends early when a container has ended. */
  List<NodeContainer> await(Status status, Duration limit, Consumer<String> progress)
      throws ProvisionException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    long told = -1;
    while (true) {
      List<NodeContainer> containers = status.ask();
      for (NodeContainer container : containers) {
        if (!container.running()) {
          throw ended(container);
        }
      }
      List<NodeContainer> nodes = containers.stream().filter(NodeContainer::node).toList();
      List<NodeContainer> silent = nodes.stream().filter(node -> !greets(node)).toList();
      long ready = nodes.size() - silent.size();
      if (ready != told) {
        progress.accept("nodes ready: " + ready + "/" + nodes.size());
        told = ready;
      }
      if (silent.isEmpty()) {
        return containers;
      }
      if (System.nanoTime() > end) {
        throw late(silent.get(0), limit);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static boolean greets(NodeContainer node) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(node.host(), node.port()), CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII)
          .equals("SSH-");
    } catch (IOException e) {
      return false;
    }
  }

  private ProvisionException ended(NodeContainer container) throws InterruptedException {
    return ProvisionException.unreachable(
        container.name() + " is " + container.state() + " right after its start" + log(container));
  }

  private ProvisionException late(NodeContainer node, Duration limit) throws InterruptedException {
    return ProvisionException.unreachable(
        "node "
            + node.name()
            + " does not answer on SSH at "
            + node.host()
            + ":"
            + node.port()
            + " after "
            + limit.toSeconds()
            + " s"
            + log(node));
  }

  private String log(NodeContainer container) throws InterruptedException {
    try {
      List<String> tail = docker.attempt("logs", "--tail", "15", container.id()).tail();
      return "; its log ends:\n  " + String.join("\n  ", tail) + "\nTry: ./faasbench nodes down";
    } catch (ProvisionException e) {
      return "; its log can't be read: " + FileErrors.of(e);
    }
  }
}
