package io.github.faasbench.provision;

import io.github.faasbench.experiment.EventSpec.Action;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.ProcessRunner.Outcome;
import io.github.faasbench.provision.StateFile.OpenFault;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Faults done on purpose to nodes that the tool itself made, through this machine's Docker. Each
 * stands in the state file before it is done, until it is undone: whatever ends the tool, the next
 * one finds it there. All methods block.
 */
public final class NodeFaults {

  /** In the node's image. */
  private static final String SCRIPT = "faasbench-fault";

  /** The engine gives no less: a hundredth of a core. */
  private static final BigDecimal LEAST_CPUS = new BigDecimal("0.01");

  private final Docker docker;
  private final StateFile state;
  private final Map<String, NodeContainer> containers = new HashMap<>();

  public NodeFaults(StateFile state, ProcessRunner runner) {
    this.state = state;
    docker = new Docker(runner);
  }

  /**
   * Makes sure that the fault can be done to the node, before anything is.
   *
   * @param there the containers that the tool made
   */
  public void prepare(Action action, NodeSpec node, List<NodeContainer> there)
      throws ProvisionException, InterruptedException {
    NodeContainer container =
        there.stream()
            .filter(one -> one.node() && one.port() == node.port() && Loopback.is(node.host()))
            .findFirst()
            .orElseThrow(
                () ->
                    ProvisionException.mistake(
                        action.key()
                            + " "
                            + node.name()
                            + ": "
                            + node.host()
                            + ":"
                            + node.port()
                            + " is none of the nodes that the file's `cluster` brought up, and"
                            + " faults are done to no other; choose one of them"));
    containers.put(node.name(), container);
    if (action == Action.SLOW) {
      if (cpus(container).signum() == 0) {
        throw ProvisionException.mistake(
            "slow "
                + node.name()
                + ": its container has no limit of cores that could be lowered; give it `cpus` in"
                + " the compose file");
      }
    } else if (action != Action.FREEZE
        && !docker.attempt("exec", container.id(), "test", "-x", script()).ok()) {
      throw ProvisionException.mistake(
          action.key()
              + " "
              + node.name()
              + ": the node was made by an older faasbench, without "
              + SCRIPT
              + ": take the nodes down first: ./faasbench nodes down");
    }
  }

  /**
   * Does it.
   *
   * @param node one that is prepared
   * @param factor by which {@code slow} divides its cores
   * @param inForce called at the moment from which the node is so, and at the command's end, which
   *     may be later: the first time counts
   */
  public void begin(Action action, String node, double factor, Runnable inForce)
      throws ProvisionException, InterruptedException, IOException {
    NodeContainer container = containers.get(node);
    String id = container.id();
    BigDecimal cpus = action == Action.SLOW ? cpus(container) : BigDecimal.ZERO;
    state.broken(new OpenFault(action.key(), id, node, cpus.toPlainString()));
    switch (action) {
      case STOP_SSH, CUT, STOP_ENGINE -> {
        docker.watched(line -> told(line, inForce), "exec", id, script(), action.key());
      }
      case FREEZE -> docker.lines("pause", id);
      case SLOW -> docker.lines("update", "--cpus", less(cpus, factor), id);
      default -> throw new IllegalArgumentException(action.key());
    }
    inForce.run();
  }

  /** The script's own line; nodes of older versions don't print it. */
  private static void told(String line, Runnable inForce) {
    if (line.strip().equals("in force")) {
      inForce.run();
    }
  }

  /** Undoes what is done to the node, as the state file has it. */
  public void end(String node) throws ProvisionException, InterruptedException, IOException {
    for (OpenFault fault : state.faults()) {
      if (fault.node().equals(node)) {
        undo(fault);
      }
    }
  }

  /** Undoes all that the state file has. */
  public void endAll(Consumer<String> progress)
      throws ProvisionException, InterruptedException, IOException {
    var problems = new ArrayList<String>();
    for (OpenFault fault : state.faults()) {
      try {
        undo(fault);
        progress.accept(fault.action() + " " + fault.node() + " is undone");
      } catch (ProvisionException e) {
        problems.add(fault.action() + " " + fault.node() + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw ProvisionException.unreachable(
          "faults could not be undone:\n  "
              + String.join("\n  ", problems)
              + "\n`faasbench clean` tries again; `faasbench nodes down` ends the nodes");
    }
  }

  private void undo(OpenFault fault) throws ProvisionException, InterruptedException, IOException {
    Outcome there = docker.attempt("inspect", "--format", "{{.State.Status}}", fault.container());
    String status = String.join("", there.output());
    boolean runs = status.equals("running") || status.equals("paused");
    if (fault.action().equals("slow") && !status.isEmpty()) {
      docker.lines("update", "--cpus", fault.before(), fault.container());
    } else if (runs) {
      switch (fault.action()) {
        case "stop-ssh" -> inNode(fault.container(), "start-ssh");
        case "cut" -> inNode(fault.container(), "mend");
        case "stop-engine" -> inNode(fault.container(), "start-engine");
        case "freeze" -> {
          if (status.equals("paused")) {
            docker.lines("unpause", fault.container());
          }
        }
        default -> {} // of a newer version, which knows it
      }
    } // a container that has stopped begins anew without its fault
    state.mended(fault);
  }

  private void inNode(String container, String what)
      throws ProvisionException, InterruptedException {
    docker.lines("exec", container, script(), what);
  }

  private static String script() {
    return "/usr/local/bin/" + SCRIPT;
  }

  private BigDecimal cpus(NodeContainer container) throws ProvisionException, InterruptedException {
    String nanos =
        String.join(
            "", docker.lines("inspect", "--format", "{{.HostConfig.NanoCpus}}", container.id()));
    return new BigDecimal(nanos.strip()).movePointLeft(9).stripTrailingZeros();
  }

  private static String less(BigDecimal cpus, double factor) {
    BigDecimal less = cpus.divide(BigDecimal.valueOf(factor), 4, RoundingMode.HALF_UP);
    return less.max(LEAST_CPUS).toPlainString();
  }
}
