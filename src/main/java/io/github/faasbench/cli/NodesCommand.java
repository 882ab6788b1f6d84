package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.provision.NodeContainer;
import io.github.faasbench.provision.NodesInUse;
import io.github.faasbench.provision.ProcessRunner;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The nodes that the tool itself makes on this machine. */
@Command(
    name = "nodes",
    description = "Brings nodes of this machine up or down, or shows them.",
    footer = {
      "",
      "Examples:",
      "  faasbench nodes up",
      "  faasbench nodes status",
      "  faasbench nodes down"
    })
final class NodesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "shows what Docker prints")
  private boolean verbose;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "up",
      description = "Makes a key pair, builds and starts the nodes, and waits until they answer.",
      footer = {
        "",
        "Examples:",
        "  faasbench nodes up",
        "  faasbench nodes up experiments/scenario1.yaml",
        "  faasbench nodes up --set cluster.profile=shared"
      })
  @SuppressWarnings("try") // the nodes are held, not used
  int up(@Mixin OptionalFile file) throws Exception {
    Experiment experiment = file.read();
    var provisioning = new Provisioning(experiment, lines());
    try (NodesInUse held = provisioning.take(experiment.nodes())) {
      provisioning.nodesUp();
    }
    show(provisioning.nodesStatus());
    return ExitCode.DONE;
  }

  @Command(
      name = "down",
      description = "Ends the nodes, with their volumes and networks.",
      footer = {"", "Examples:", "  faasbench nodes down"})
  int down(@Mixin OptionalFile file) throws Exception {
    new Provisioning(file.read(), lines()).nodesDown();
    return ExitCode.DONE;
  }

  @Command(
      name = "status",
      description = "Shows the nodes and their state.",
      footer = {"", "Examples:", "  faasbench nodes status"})
  int status(@Mixin OptionalFile file) throws Exception {
    show(new Provisioning(file.read(), lines()).nodesStatus());
    return ExitCode.DONE;
  }

  private Consumer<String> lines() {
    PrintWriter err = spec.commandLine().getErr();
    return line -> {
      if (verbose || !line.startsWith(ProcessRunner.DETAIL)) {
        err.println(line);
        err.flush();
      }
    };
  }

  private void show(List<NodeContainer> nodes) {
    PrintWriter out = spec.commandLine().getOut();
    if (nodes.isEmpty()) {
      out.println("no nodes are up; `faasbench nodes up` makes them");
    }
    int width = nodes.stream().mapToInt(node -> node.name().length()).max().orElse(0);
    for (NodeContainer node : nodes) {
      out.printf(
          "%-" + width + "s  %-9s %-9s %s%n",
          node.name(),
          node.state(),
          node.profile(),
          node.node() ? node.host() + ":" + node.port() : "");
    }
  }
}
