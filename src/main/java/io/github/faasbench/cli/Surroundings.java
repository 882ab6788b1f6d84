package io.github.faasbench.cli;

import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.metrics.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Gathers what a run ran on, for its folder. */
final class Surroundings {

  private Surroundings() {}

  /** Of real nodes. */
  static Environment of(Experiment experiment, Map<String, NodeFacts> nodes, Instant startedAt) {
    Map<String, Map<String, Object>> facts = new LinkedHashMap<>();
    nodes.forEach((name, node) -> facts.put(name, facts(node)));
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("backend", experiment.backend());
    choices.put("engine", lower(experiment.engine()));
    choices.put("network", lower(experiment.network()));
    experiment.cluster().ifPresent(cluster -> choices.put("profile", cluster.profile()));
    choices.putAll(common(experiment));
    choices.put("nodesShareAnEngine", String.valueOf(!DoctorCommand.sharing(nodes).isEmpty()));
    return environment(experiment, facts, choices, startedAt);
  }

  /**
   * Of simulated nodes; neighbours that are alike stand together.
   *
   * @param models by name, how functions behave
   */
  static Environment ofSimulation(
      Experiment experiment,
      Map<String, NodeFacts> nodes,
      Map<String, String> models,
      Instant startedAt) {
    Map<String, Map<String, Object>> facts = new LinkedHashMap<>();
    String first = "";
    String last = "";
    Map<String, String> shown = Map.of();
    for (Map.Entry<String, NodeFacts> node : nodes.entrySet()) {
      if (!node.getValue().other().equals(shown)) {
        putGroup(facts, first, last, shown);
        first = node.getKey();
        shown = node.getValue().other();
      }
      last = node.getKey();
    }
    putGroup(facts, first, last, shown);
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("backend", experiment.backend() + ": simulated, in virtual time");
    choices.putAll(common(experiment));
    choices.put("cores", "processor sharing, a container at most its model's cores");
    choices.put("node queue", "first in first out, for slots and memory");
    choices.put("eviction", "idle containers, least recently used first, as many as are needed");
    choices.putAll(models);
    return environment(experiment, facts, choices, startedAt);
  }

  private static void putGroup(
      Map<String, Map<String, Object>> facts,
      String first,
      String last,
      Map<String, String> shown) {
    if (!first.isEmpty()) {
      facts.put(first.equals(last) ? first : first + " to " + last, new LinkedHashMap<>(shown));
    }
  }

  private static Map<String, String> common(Experiment experiment) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("order", lower(experiment.order()));
    choices.put("loadProbe", experiment.loadProbe().toString());
    choices.put("ramThreshold", String.valueOf(experiment.ramThreshold()));
    choices.put(
        "warmReplicas",
        experiment.warmReplicas() == Integer.MAX_VALUE
            ? "all"
            : String.valueOf(experiment.warmReplicas()));
    choices.put("containerConcurrency", String.valueOf(experiment.containerConcurrency()));
    choices.put("reuse", lower(experiment.reuse()));
    choices.put("busy", lower(experiment.busy()));
    choices.put("whenNoNode", lower(experiment.whenNoNode()));
    choices.put("gateway queue", experiment.queueOrder().toString());
    choices.put("mix", lower(experiment.mix()));
    if (!experiment.events().isEmpty()) {
      choices.put(
          "events",
          experiment.events().stream().map(Object::toString).collect(Collectors.joining("; ")));
    }
    return choices;
  }

  private static Environment environment(
      Experiment experiment,
      Map<String, Map<String, Object>> nodes,
      Map<String, String> choices,
      Instant startedAt) {
    return new Environment(
        Version.number(),
        System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
        new Environment.Host(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.getRuntime().availableProcessors(),
            memoryBytes()),
        nodes,
        experiment.seed(),
        startedAt.toString(),
        choices,
        List.of(),
        List.of());
  }

  private static Map<String, Object> facts(NodeFacts node) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("engine id", node.engineId());
    facts.put("engine version", node.engineVersion());
    facts.put("round trip", millis(node.roundTripNanos()));
    facts.put("clock offset", millis(node.clockOffsetNanos()));
    facts.putAll(node.other());
    return facts;
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** From Linux's {@code /proc/meminfo}; -1 elsewhere. */
  private static long memoryBytes() {
    try {
      for (String line : PlainFile.text(Path.of("/proc/meminfo")).split("\n")) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
    return -1;
  }
}
