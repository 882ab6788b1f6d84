package io.github.faasbench.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Writes an experiment as YAML with every default filled in. The same experiment gives the same
 * bytes on every machine: its hash identifies a run.
 */
final class ResolvedText {

  private ResolvedText() {}

  static String of(Experiment experiment) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put("name", experiment.name());
    keys.put("description", experiment.description());
    keys.put("backend", experiment.backend());
    keys.put("seed", experiment.seed());
    keys.put("nodes", nodes(experiment.nodes()));
    experiment
        .cluster()
        .ifPresent(
            cluster -> {
              var inner = new LinkedHashMap<String, Object>();
              inner.put("compose", cluster.compose());
              inner.put("profile", cluster.profile());
              keys.put("cluster", inner);
            });
    keys.put("engine", experiment.engine());
    keys.put("functions", experiment.functions().stream().map(ResolvedText::function).toList());
    keys.put("policy", choices(experiment.policies()));
    keys.put("warming", choices(experiment.warmings()));
    keys.put("workload", choices(experiment.workloads()));
    keys.put("keepAlive", choices(experiment.keepAlives()));
    if (experiment.invocations() < Long.MAX_VALUE) {
      keys.put("invocations", experiment.invocations());
    }
    experiment.duration().ifPresent(duration -> keys.put("duration", duration));
    experiment.stop().ifPresent(stop -> keys.put("stop", stop(stop)));
    keys.put("warmUp", warmUp(experiment.warmUp()));
    keys.put("repetitions", experiment.repetitions());
    keys.put("order", experiment.order());
    keys.put("mix", experiment.mix());
    boolean all = experiment.warmReplicas() == Integer.MAX_VALUE;
    keys.put("warmReplicas", all ? "all" : (Object) experiment.warmReplicas());
    keys.put("containerConcurrency", experiment.containerConcurrency());
    keys.put("reuse", experiment.reuse());
    keys.put("busy", experiment.busy());
    keys.put("ramThreshold", experiment.ramThreshold());
    keys.put("loadProbe", choice(experiment.loadProbe()));
    keys.put("whenNoNode", experiment.whenNoNode());
    experiment.timeout().ifPresent(timeout -> keys.put("timeout", timeout));
    keys.put("network", experiment.network());
    var queue = new LinkedHashMap<String, Object>();
    queue.put("at", "gateway");
    queue.put("order", choice(experiment.queueOrder()));
    keys.put("queue", queue);
    keys.put("retries", experiment.retry().most());
    keys.put("retryLost", experiment.retry().lost());
    keys.put("breaker", breaker(experiment));
    keys.put("policyJars", experiment.policyJars());
    if (!experiment.events().isEmpty()) {
      keys.put("events", experiment.events().stream().map(ResolvedText::event).toList());
    }
    keys.put("primary", experiment.primary());
    var baselines = new LinkedHashMap<String, Object>();
    experiment
        .verdicts()
        .baselines()
        .forEach((factor, value) -> baselines.put(factor.key(), choice(value)));
    keys.put("baseline", baselines);
    keys.put("percentiles", experiment.percentiles());
    if (!experiment.thresholds().isEmpty()) {
      keys.put(
          "thresholds", experiment.thresholds().stream().map(ResolvedText::threshold).toList());
    }
    return dump(keys);
  }

  private static Object breaker(Experiment experiment) {
    if (experiment.breaker().isEmpty()) {
      return BreakerSpec.OFF;
    }
    BreakerSpec breaker = experiment.breaker().get();
    var keys = new LinkedHashMap<String, Object>();
    keys.put("failures", breaker.failures());
    keys.put("backoff", breaker.backoff());
    keys.put("max", breaker.max());
    return keys;
  }

  private static Object warmUp(WarmUpSpec warmUp) {
    return switch (warmUp.kind()) {
      case NONE, MSER -> warmUp.kind();
      case CALLS -> Map.of("calls", warmUp.calls());
      case DURATION -> Map.of("duration", warmUp.duration());
    };
  }

  private static Map<String, Object> stop(StopSpec stop) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put("halfWidth", Units.share(stop.halfWidth()));
    keys.put("of", stop.of());
    keys.put("max", stop.max());
    return keys;
  }

  private static Map<String, Object> event(EventSpec event) {
    var keys = new LinkedHashMap<String, Object>();
    event.at().ifPresent(at -> keys.put("at", at));
    if (event.atInvocation() > 0) {
      keys.put("atInvocation", event.atInvocation());
    }
    keys.put(event.action().key(), event.node());
    if (event.action() == EventSpec.Action.SLOW) {
      keys.put("factor", event.factor());
    }
    event.lasts().ifPresent(lasts -> keys.put("for", lasts));
    return keys;
  }

  /** Simulated nodes that differ in nothing but their numbers are written as such. */
  private static Object nodes(List<NodeSpec> nodes) {
    NodeSpec first = nodes.get(0);
    if (!first.host().isEmpty() || !nodes.equals(NodeSpec.copies(first, nodes.size()))) {
      return nodes.stream().map(ResolvedText::node).toList();
    }
    var keys = new LinkedHashMap<String, Object>();
    keys.put("count", nodes.size());
    Map<String, Object> each = node(first);
    each.remove("name");
    keys.putAll(each);
    return keys;
  }

  private static Map<String, Object> node(NodeSpec node) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put("name", node.name());
    if (!node.host().isEmpty()) {
      keys.put("host", node.host());
    }
    if (node.port() > 0) {
      keys.put("port", node.port());
    }
    if (!node.user().isEmpty()) {
      keys.put("user", node.user());
    }
    login(node.login(), keys);
    if (!Double.isNaN(node.cpu())) {
      keys.put("cpu", node.cpu());
    }
    if (node.memoryBytes() > 0) {
      keys.put("memory", Units.size(node.memoryBytes()));
    }
    keys.put("weight", node.weight());
    limits(node.limits(), keys);
    return keys;
  }

  private static void login(NodeSpec.Login login, Map<String, Object> keys) {
    login.identity().ifPresent(path -> keys.put("identity", path));
    login.passphraseEnv().ifPresent(variable -> keys.put("passphraseEnv", variable));
    login.passwordEnv().ifPresent(variable -> keys.put("passwordEnv", variable));
    login.hostKey().ifPresent(key -> keys.put("hostKey", key));
    if (!login.jump().isEmpty()) {
      keys.put("jump", login.jump());
    }
    login.sshConfig().ifPresent(path -> keys.put("sshConfig", path));
  }

  private static void limits(NodeSpec.Limits limits, Map<String, Object> keys) {
    if (limits.slots() < Integer.MAX_VALUE) {
      keys.put("slots", limits.slots());
    }
    if (limits.bandwidthBytes() > 0) {
      keys.put("bandwidth", Units.size(limits.bandwidthBytes()) + "/s");
    }
    if (limits.whenFull() != NodeSpec.WhenFull.QUEUE) {
      keys.put("whenFull", limits.whenFull());
    }
  }

  private static Map<String, Object> function(FunctionSpec function) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put("name", function.name());
    keys.put("image", function.image());
    function
        .build()
        .ifPresent(
            build -> {
              var inner = new LinkedHashMap<String, Object>();
              inner.put("context", build.context());
              if (!build.dockerfile().equals(BuildSpec.DOCKERFILE)) {
                inner.put("dockerfile", build.dockerfile());
              }
              inner.put("args", build.args());
              keys.put("build", inner);
            });
    if (!function.command().isEmpty()) {
      keys.put("command", function.command());
    }
    if (!function.args().isEmpty()) {
      keys.put("args", function.args());
    }
    if (!function.resident().isEmpty()) {
      keys.put("resident", function.resident());
    }
    function.model().ifPresent(model -> keys.put("model", ModelText.write(model)));
    return keys;
  }

  private static Object threshold(ThresholdSpec threshold) {
    if (threshold.where().isEmpty()) {
      return threshold.check();
    }
    var keys = new LinkedHashMap<String, Object>();
    keys.put("check", threshold.check());
    keys.put("where", threshold.where());
    return keys;
  }

  private static List<Object> choices(List<Choice> choices) {
    return choices.stream().map(ResolvedText::choice).toList();
  }

  private static Object choice(Choice choice) {
    return choice.parameters().isEmpty()
        ? choice.name()
        : Map.of(choice.name(), choice.parameters());
  }

  private static String dump(Map<String, Object> keys) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    var text = new java.io.StringWriter();
    new Yaml(options).serialize(node(keys), text);
    return text.toString();
  }

  private static Node node(Object value) {
    if (value instanceof Map<?, ?> map) {
      var tuples = new ArrayList<NodeTuple>();
      map.forEach((key, inner) -> tuples.add(new NodeTuple(node(key), node(inner))));
      return new MappingNode(Tag.MAP, tuples, map.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }
    if (value instanceof List<?> list) {
      boolean words = list.stream().allMatch(one -> one instanceof String || one instanceof Number);
      List<Node> items = list.stream().map(ResolvedText::node).toList();
      return new SequenceNode(Tag.SEQ, items, words ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }
    if (value instanceof Enum<?> constant) {
      return scalar(Tag.STR, Constants.written(constant));
    }
    if (value instanceof Double number) {
      // Tag and text may differ in kind (1 as a float): without the tag it is written plain.
      boolean whole = !Units.show(number).contains(".");
      return scalar(whole ? Tag.INT : Tag.FLOAT, Units.show(number));
    }
    if (value instanceof Number) {
      return scalar(Tag.INT, value.toString());
    }
    return scalar(value instanceof Boolean ? Tag.BOOL : Tag.STR, Units.show(value));
  }

  private static Node scalar(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }
}
