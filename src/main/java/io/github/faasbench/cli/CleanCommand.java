package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.Loopback;
import io.github.faasbench.provision.NodesInUse;
import io.github.faasbench.provision.ProcessRunner;
import io.github.faasbench.provision.StateFile;
import io.github.faasbench.runner.NodeTrouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes what the tool left on the nodes, and nothing else. */
@Command(
    name = "clean",
    description = {
      "Removes what faasbench left on the nodes, and nothing else: containers with its"
          + " label, and images that it pulled there.",
      "Without a file it also goes to all other nodes that it ever touched."
    },
    footer = {
      "",
      "Examples:",
      "  faasbench clean",
      "  faasbench clean my-nodes.yaml",
      "  faasbench clean --all"
    })
final class CleanCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private OptionalFile file;

  @Option(
      names = "--all",
      description = "the nodes and the images that faasbench made on this machine as well")
  private boolean all;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Experiment experiment = file.read();
    if (experiment.simulated()) {
      out.println(Texts.simulated(experiment) + ": nothing of a run stays on them");
      return ExitCode.DONE;
    }
    var provisioning =
        new Provisioning(
            experiment,
            line -> {
              if (!line.startsWith(ProcessRunner.DETAIL)) {
                out.println(line);
              }
            });
    undoFaults(experiment, provisioning); // or nodes might not be reached
    if (all && experiment.cluster().isPresent()) {
      provisioning.nodesDown(); // the nodes go with all that is on them
    }
    int exitCode = ExitCode.DONE;
    for (NodeSpec node : nodes(experiment, provisioning)) {
      try {
        clean(provisioning, node, out);
      } catch (CliException | NodeTrouble e) {
        exitCode = e instanceof CliException known ? known.exitCode() : ExitCode.UNREACHABLE;
        tell(e.getMessage());
        if (!experiment.nodes().contains(node)) {
          tell("  (a node of an earlier run: `faasbench clean FILE` takes its login from a file)");
        }
      }
    }
    if (all) {
      provisioning.removeMadeImages();
    }
    return exitCode;
  }

  /** Unless a run is at work, whose faults they may be. */
  @SuppressWarnings("try") // the nodes are held, not used
  private static void undoFaults(Experiment experiment, Provisioning provisioning)
      throws CliException, InterruptedException, IOException {
    try (NodesInUse held = provisioning.take(experiment.nodes())) {
      provisioning.undoFaults();
    }
  }

  @SuppressWarnings("try") // the node is held, not used
  private static void clean(Provisioning provisioning, NodeSpec node, PrintWriter out)
      throws Exception {
    try (NodesInUse held = provisioning.take(List.of(node))) {
      List<String> removed = provisioning.clean(node);
      removed.forEach(line -> out.println("removed " + line));
      if (removed.isEmpty()) {
        out.println(node.name() + ": nothing of faasbench's is there");
      }
    }
  }

  /** The file's nodes; without a file also all others that were touched. */
  private List<NodeSpec> nodes(Experiment experiment, Provisioning provisioning) throws Exception {
    List<NodeSpec> nodes = new ArrayList<>(running(experiment, provisioning));
    for (StateFile.TouchedNode touched : provisioning.state().nodes()) {
      boolean known =
          experiment.nodes().stream()
              .anyMatch(node -> StateFile.addressOf(node).equals(touched.address()));
      if (!known && !file.given()) {
        nodes.add(earlier(touched));
      }
    }
    if (nodes.isEmpty()) {
      spec.commandLine().getOut().println("no node is up: nothing to clean");
    }
    return nodes;
  }

  /** A node of an earlier run, to be reached as it was then. */
  private NodeSpec earlier(StateFile.TouchedNode touched) {
    String address = touched.address();
    int at = address.lastIndexOf('@');
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    NodeSpec.Login login = touched.login();
    boolean keyIsGone = login.identity().filter(key -> !Files.isReadable(Path.of(key))).isPresent();
    if (keyIsGone) {
      tell(
          touched.name()
              + " ("
              + address
              + "): its key "
              + login.identity().get()
              + " can't be read any more; trying the SSH agent, else the keys in ~/.ssh");
    }
    return new NodeSpec(
        touched.name(),
        address.substring(at + 1, colon),
        port == 22 ? 0 : port, // the SSH configuration may say another
        address.substring(0, at),
        keyIsGone ? login.withoutIdentity() : login,
        Double.NaN,
        0,
        1,
        NodeSpec.Limits.NONE);
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  /** The file's nodes without those that faasbench makes and that are not up. */
  private static List<NodeSpec> running(Experiment experiment, Provisioning provisioning)
      throws Exception {
    if (experiment.cluster().isEmpty()) {
      return experiment.nodes();
    }
    var up = provisioning.nodesStatus();
    return experiment.nodes().stream()
        .filter(
            node ->
                !Loopback.is(node.host())
                    || up.stream()
                        .anyMatch(c -> c.running() && c.node() && c.port() == node.port()))
        .toList();
  }
}
