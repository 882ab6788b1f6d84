package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.Loopback;
import io.github.faasbench.provision.NodesInUse;
import io.github.faasbench.provision.ProcessRunner;
import io.github.faasbench.provision.SystemProcesses;
import io.github.faasbench.runner.NodeTrouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes what the tool left on the nodes, and nothing else. */
@Command(
    name = "clean",
    description = {
      "Removes what faasbench left on the nodes, and nothing else: containers with its"
          + " label, and images that it pulled there.",
      "Without a file it goes to all nodes that faasbench ever touched from this folder, as"
          + " .faasbench/state has them."
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

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "the experiment file that names the nodes (default: those in the state file)")
  private Path file;

  @Mixin private SetOption set;

  @Option(
      names = "--all",
      description = "the nodes and the images that faasbench made on this machine as well")
  private boolean all;

  /** Of the node that failed last. */
  private int exitCode = ExitCode.DONE;

  @Override
  public Integer call() throws Exception {
    if (file != null) {
      clean(set.read(file));
    } else if (set.isGiven()) {
      throw CliException.mistake("--set overrides a key of an experiment file: name the file too");
    } else {
      clean();
    }
    return exitCode;
  }

  /** The nodes of a file. */
  private void clean(Experiment experiment) throws Exception {
    if (experiment.simulated()) {
      out().println(Texts.simulated(experiment) + ": nothing of a run stays on them");
      return;
    }
    var provisioning = new Provisioning(experiment, this::told);
    undoFaults(provisioning.remains(), experiment.nodes()); // or nodes might not be reached
    if (all && experiment.cluster().isPresent()) {
      provisioning.nodesDown(); // the nodes go with all that is on them
    }
    List<NodeSpec> nodes = running(experiment, provisioning);
    for (NodeSpec node : nodes) {
      clean(provisioning.remains(), provisioning.connections(), node, "");
    }
    if (nodes.isEmpty()) {
      out().println("no node is up: nothing to clean");
    }
    if (all) {
      provisioning.remains().removeMadeImages();
    }
  }

  /** Whatever this folder's state file has. */
  private void clean() throws Exception {
    var remains = new Remains(new SystemProcesses(), this::told);
    Path state = StateFolder.path().resolve("state").toAbsolutePath();
    if (!remains.state().exists()) {
      out()
          .println(
              "nothing to clean: there is no "
                  + state
                  + ", so faasbench touched no node from this folder; `faasbench clean FILE` goes"
                  + " to the nodes of an experiment file");
      return;
    }
    var touched = new TouchedNodes(remains, this::tell);
    if (!remains.state().faults().isEmpty()) {
      undoFaults(remains, touched.all());
    }
    if (all) {
      touched.down();
    }
    List<TouchedNodes.Touched> nodes = touched.up();
    if (nodes.isEmpty()) {
      out().println("nothing to clean: " + state + " names no node that is up");
    }
    for (TouchedNodes.Touched node : nodes) {
      var connections = new Connections(node.engine(), Path.of(""), remains.state());
      clean(
          remains,
          connections,
          node.spec(),
          "  (a node of an earlier run: `faasbench clean FILE` takes its login from a file; where"
              + " the node is gone for good, take its lines out of "
              + state
              + ")");
    }
    if (all) {
      remains.removeMadeImages();
    }
  }

  /** Unless a run is at work, whose faults they may be. */
  @SuppressWarnings("try") // the nodes are held, not used
  private static void undoFaults(Remains remains, List<NodeSpec> nodes)
      throws CliException, InterruptedException, IOException {
    try (NodesInUse held = remains.take(nodes)) {
      remains.undoFaults();
    }
  }

  /**
   * One node; that it can't be done is told.
   *
   * @param hint what else to say then
   */
  @SuppressWarnings("try") // the node is held, not used
  private void clean(Remains remains, Connections connections, NodeSpec node, String hint)
      throws Exception {
    try (NodesInUse held = remains.take(List.of(node))) {
      List<String> removed = remains.clean(connections, node);
      removed.forEach(line -> out().println("removed " + line));
      if (removed.isEmpty()) {
        out().println(node.name() + ": nothing of faasbench's is there");
      }
    } catch (CliException | NodeTrouble e) {
      exitCode = e instanceof CliException known ? known.exitCode() : ExitCode.UNREACHABLE;
      tell(e.getMessage());
      Optional.of(hint).filter(one -> !one.isEmpty()).ifPresent(this::tell);
    }
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

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void told(String line) {
    if (!line.startsWith(ProcessRunner.DETAIL)) {
      out().println(line);
    }
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
