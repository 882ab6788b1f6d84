package io.github.faasbench.cli;

import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.cluster.ssh.SshCluster.Needs;
import io.github.faasbench.cluster.ssh.session.Negotiated;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.runner.Answers;
import io.github.faasbench.runner.NodeTrouble;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Examines the nodes of an experiment file, and says what to do about what it finds. */
@Command(
    name = "doctor",
    description = "Examines the nodes: SSH, engine, clock, metrics; says what to do.",
    footer = {"", "Examples:", "  faasbench doctor", "  faasbench doctor my-nodes.yaml"})
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private OptionalFile file;

  @Override
  public Integer call() throws Exception {
    Experiment experiment = file.read();
    PrintWriter out = spec.commandLine().getOut();
    if (experiment.simulated()) {
      out.println(Texts.simulated(experiment) + ": nothing to examine, `run` needs only Java");
      return ExitCode.DONE;
    }
    Map<String, NodeFacts> facts = new LinkedHashMap<>();
    boolean allReached = true;
    for (NodeSpec node : experiment.nodes()) {
      out.printf("%s (%s)%n", node.name(), address(node));
      out.flush();
      try {
        NodeFacts found = examine(experiment, node);
        facts.put(node.name(), found);
        show(out, found);
        allReached &= found.troubles().isEmpty();
      } catch (CliException | NodeTrouble e) {
        allReached = false;
        out.println("  !! " + e.getMessage());
        if (experiment.cluster().isPresent()) {
          out.println("     is it up? `faasbench nodes up` brings this file's nodes up");
        }
      }
      out.flush();
    }
    showSharing(out, facts);
    return allReached ? ExitCode.DONE : ExitCode.UNREACHABLE;
  }

  private static String address(NodeSpec node) {
    return (node.user().isEmpty() ? "" : node.user() + "@")
        + node.host()
        + (node.port() > 0 ? ":" + node.port() : "");
  }

  private static NodeFacts examine(Experiment experiment, NodeSpec node) throws Exception {
    var provisioning = new Provisioning(experiment, line -> {});
    try (SshCluster cluster =
        provisioning
            .connections()
            .to(List.of(node), line -> {}, settings -> settings.needing(Needs.LOGIN))) {
      return Answers.of(cluster, Node::describe).get(node.name());
    }
  }

  private static void show(PrintWriter out, NodeFacts facts) {
    facts.troubles().forEach((name, why) -> line(out, name, "not usable", why));
    if (!facts.engineVersion().isEmpty()) {
      line(out, "engine", facts.engineVersion(), "");
    }
    if (facts.roundTripNanos() >= 0) {
      double trip = facts.roundTripNanos() / 1e6;
      line(
          out,
          "round trip",
          String.format(Locale.ROOT, "%.2f ms", trip),
          trip > 20 ? "every call pays it: run faasbench nearer to the node" : "");
    }
    if (!facts.other().containsKey("clock")) {
      double offset = facts.clockOffsetNanos() / 1e6;
      line(
          out,
          "clock offset",
          String.format(Locale.ROOT, "%.1f ms", offset),
          Math.abs(offset) > 100 ? "set the node's clock (chrony, ntpd)" : "");
    }
    facts.other().forEach((name, value) -> line(out, name, value, advice(name, value)));
  }

  private static String advice(String name, String value) {
    if (value.startsWith("not known: ")) {
      return "no run needs it; look on the node by hand";
    }
    if (name.equals("clock")) {
      return "without it phases can't be checked: install bash 5 or GNU coreutils there";
    }
    if (name.equals("ssh true") && Double.parseDouble(value.split(" ")[0]) > 20) {
      return "slow shell start: look at the login user's .bashrc; engine: api starts no shell";
    }
    if (name.equals("host key trust") && value.equals(Negotiated.UNCHECKED)) {
      return "anybody in between can read and change everything: put the fingerprint there";
    }
    if (name.equals("key exchange") && value.endsWith(Negotiated.NOT_STRICT)) {
      return "update the node's SSH server: this one has no remedy for Terrapin (CVE-2023-48795)";
    }
    if (name.equals("login by") && !value.startsWith("publickey")) {
      return "a key is safer than a password: ssh-copy-id, then `identity`";
    }
    if (name.equals("free disk")
        && value.matches("\\d.*")
        && Double.parseDouble(value.split(" ")[0]) < 2) {
      return "little room for images: free some";
    }
    return "";
  }

  private static void line(PrintWriter out, String name, String value, String advice) {
    out.printf("  %s %-17s %s%n", advice.isEmpty() ? "ok" : "!!", name, value);
    if (!advice.isEmpty()) {
      out.println("     " + advice);
    }
  }

  private static void showSharing(PrintWriter out, Map<String, NodeFacts> facts) {
    sharing(facts)
        .forEach(
            (engine, nodes) ->
                out.println(
                    "!! one engine serves "
                        + String.join(", ", nodes)
                        + ": they share images and cores, so cold on one is cold on all;"
                        + " use the profile isolated, or nodes with engines of their own"));
  }

  /** Engines that serve more than one node, with those nodes. */
  static Map<String, List<String>> sharing(Map<String, NodeFacts> facts) {
    Map<String, List<String>> byEngine =
        facts.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    node -> facts.get(node).engineId(), LinkedHashMap::new, Collectors.toList()));
    byEngine.remove(""); // not known
    byEngine.values().removeIf(nodes -> nodes.size() < 2);
    return byEngine;
  }
}
