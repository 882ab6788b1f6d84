package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Experiment.Busy;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.Experiment.Mix;
import io.github.faasbench.experiment.Experiment.Network;
import io.github.faasbench.experiment.Experiment.Order;
import io.github.faasbench.experiment.Experiment.Reuse;
import io.github.faasbench.experiment.Experiment.WhenNoNode;
import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.Vocabulary.Type;
import io.github.faasbench.experiment.Vocabulary.Waiting;
import io.github.faasbench.experiment.YamlTree.Place;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads an experiment file, applies {@code --set} overrides, checks everything and fills in the
 * defaults. Keys and values that are known but have no behaviour yet are refused, never ignored.
 */
public final class ExperimentReader {

  /** How loads become known. A real node measures for an interval, which costs it some time. */
  static Map<String, Term> loadProbes(boolean sim) {
    var interval = new Parameter("interval", Type.DURATION, "1s", sim ? 1e-6 : 0.1);
    return Map.of("fresh", new Term(List.of(), true), "stream", new Term(List.of(interval), true));
  }

  static final long DEFAULT_SEED = 42;
  private static final double DEFAULT_RAM_THRESHOLD_PERCENT = 90;
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  /** The keys of the file, in the order in which they are documented. */
  public static final List<String> KEYS =
      List.of(
          "name",
          "description",
          "backend",
          "seed",
          "nodes",
          "cluster",
          "engine",
          "functions",
          "policy",
          "warming",
          "workload",
          "keepAlive",
          "invocations",
          "duration",
          "stop",
          "warmUp",
          "repetitions",
          "order",
          "mix",
          "warmReplicas",
          "containerConcurrency",
          "reuse",
          "busy",
          "ramThreshold",
          "loadProbe",
          "whenNoNode",
          "timeout",
          "network",
          "queue",
          "retries",
          "retryLost",
          "breaker",
          "policyJars",
          "events",
          "primary",
          "baseline",
          "percentiles",
          "thresholds");

  static final List<String> REQUIRED = List.of("name", "nodes", "functions", "policy", "warming");

  private final Vocabulary vocabulary;

  /**
   * @param vocabulary the names and parameters that policy, warming, workload and keepAlive take
   */
  public ExperimentReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Reads and checks {@code file}.
   *
   * @param overrides {@code KEY=VALUE} each; keys are dotted paths with list indexes, such as
   *     {@code nodes.0.port}; values are YAML
   * @throws ExperimentException with every mistake found, sorted by place
   * @throws IOException when the file is there but can't be read
   */
  public Experiment read(Path file, List<String> overrides)
      throws ExperimentException, IOException {
    var problems = new Problems();
    String text = SourceText.read(file, new Place(0, file.toString(), 0, 0), problems);
    problems.check();
    return read(file, text, overrides);
  }

  /** As if {@code text} stood in {@code file}. */
  Experiment read(Path file, String text, List<String> overrides) throws ExperimentException {
    var problems = new Problems();
    var whole = new Place(0, file.toString(), 0, 0);
    int before = problems.met();
    Optional<YamlTree> parsed = new YamlParser(whole, problems).parse(text);
    if (parsed.isEmpty() && problems.met() == before) {
      problems.add(
          whole, "", "the file is empty; it needs at least: " + String.join(", ", REQUIRED));
    }
    Optional<YamlTree> tree = new Overrides(overrides, problems).apply(parsed);
    if (tree.isEmpty()) {
      problems.check();
    }
    Place start = new Place(0, file.toString(), 1, 1);
    Value root = new Value(tree.orElseThrow(), start, "", problems);
    Optional<Experiment> experiment = Optional.empty();
    var data = new DataFiles(file);
    if (root.map(KEYS)) {
      Vocabulary names = new PolicyJarsReader(vocabulary, data).read(root.at("policyJars"));
      experiment = Optional.of(new ExperimentReader(names).experiment(file, root, data));
    }
    problems.check();
    Experiment read = experiment.orElseThrow();
    return read.withResolved(ResolvedText.of(read) + data.comment());
  }

  private Experiment experiment(Path file, Value root, DataFiles data) {
    Function<String, Path> resolve = path -> Experiment.resolve(file, path);
    root.require(REQUIRED);
    Backend backend = root.at("backend").oneOf(Backend.SSH, Set.of());
    boolean sim = backend == Backend.SIM;
    List<NodeSpec> nodes = new NodeReader(sim).all(root.at("nodes"));
    List<Choice> workloads =
        factor("workload", vocabulary.workloads(), root.at("workload"), "sequential", data);
    var length = new LengthReader(vocabulary.workloads(), workloads);
    List<FunctionSpec> functions =
        FunctionSpec.readAll(root.at("functions"), sim, !length.onlyTraces(), data);
    List<Choice> policies =
        factor("policy", vocabulary.policies(), root.at("policy"), "round-robin", data);
    List<Choice> warmings =
        factor("warming", vocabulary.warmings(), root.at("warming"), "cold", resolve);
    EngineKind engine = root.at("engine").oneOf(EngineKind.API, Set.of());
    if (!sim) {
      ResidentRules.check(
          root,
          engine,
          warmings,
          warming -> vocabulary.waiting().apply(warming) == Waiting.PROCESS);
    }
    List<Choice> keepAlives =
        factor("keepAlive", vocabulary.keepAlives(), root.at("keepAlive"), "none", resolve);
    if (!sim) {
      CommandRules.check(root, warmings, keepAlives, vocabulary.waiting());
    }
    Optional<ClusterSpec> cluster = ClusterSpec.read(root.at("cluster"), resolve);
    Mix mix = root.at("mix").oneOf(Mix.SEPARATE, Set.of());
    long invocations = length.invocations(root);
    Optional<Duration> duration = length.duration(root);
    Optional<StopSpec> stop = length.stop(root);
    long calls = stop.map(StopSpec::max).orElse(invocations);
    boolean each = mix == Mix.TOGETHER && !length.anyTrace() && calls < Long.MAX_VALUE;
    long most = each ? calls * functions.size() : calls;
    int repetitions = (int) root.at("repetitions").whole(1, 1, Integer.MAX_VALUE);
    var limits = new PlanLimits(root);
    double loads =
        limits.cells(
            functions.size(),
            mix == Mix.TOGETHER,
            List.of(policies, warmings, workloads, keepAlives),
            length.onlyTraces(),
            repetitions);
    limits.timedCalls(workloads, duration, loads);
    limits.nodes(nodes.size(), functions.size(), policies);
    var events = new EventReader(nodes, sim, cluster, duration, most);
    return new Experiment(
        file,
        "",
        root.at("name").text("", FunctionSpec.NAME, FunctionSpec.NAME_RULE),
        root.at("description").anyText(""),
        Constants.written(backend),
        root.at("seed").whole(DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE),
        nodes,
        cluster,
        engine,
        functions,
        policies,
        warmings,
        workloads,
        keepAlives,
        invocations,
        duration,
        stop,
        WarmUpSpec.read(root.at("warmUp"), most, duration),
        repetitions,
        root.at("order").oneOf(Order.INTERLEAVED, Set.of()),
        mix,
        warmReplicas(root.at("warmReplicas"), nodes.size()),
        (int) root.at("containerConcurrency").whole(1, 1, Integer.MAX_VALUE),
        root.at("reuse").oneOf(Reuse.NEWEST, Set.of()),
        root.at("busy").oneOf(Busy.SPILL, Set.of()),
        root.at("ramThreshold").above0(DEFAULT_RAM_THRESHOLD_PERCENT, 100),
        loadProbe(root.at("loadProbe"), sim, resolve),
        root.at("whenNoNode").oneOf(WhenNoNode.REJECT, Set.of()),
        Optional.ofNullable(root.at("timeout").above0(sim ? null : DEFAULT_TIMEOUT)),
        root.at("network").oneOf(Network.BRIDGE, Set.of()),
        queueOrder(root.at("queue"), resolve),
        RetrySpec.read(root.at("retries"), root.at("retryLost")),
        BreakerSpec.read(root.at("breaker")),
        PolicyJarsReader.names(root.at("policyJars")),
        events.read(root.at("events")),
        verdicts(
            root,
            Map.of(
                Factor.POLICY, policies,
                Factor.WARMING, warmings,
                Factor.WORKLOAD, workloads,
                Factor.KEEP_ALIVE, keepAlives),
            resolve),
        thresholds(
            root.at("thresholds"),
            length.anyTrace() ? List.of() : functions,
            Map.of(
                "policy", policies,
                "warming", warmings,
                "workload", workloads,
                "keepAlive", keepAlives)));
  }

  private VerdictSpec verdicts(
      Value root, Map<Factor, List<Choice>> values, Function<String, Path> resolve) {
    var baselines =
        new BaselineReader(
            values, factor -> reader(factor.key(), vocabulary.terms(factor), resolve));
    return VerdictSpec.read(root, baselines.read(root.at("baseline")));
  }

  /**
   * @param functions all there are; empty: a trace may bring others
   */
  private List<ThresholdSpec> thresholds(
      Value value, List<FunctionSpec> functions, Map<String, List<Choice>> factors) {
    var values = new TreeMap<String, List<String>>();
    factors.forEach(
        (key, choices) -> values.put(key, choices.stream().map(Choice::toString).toList()));
    if (!functions.isEmpty()) {
      values.put("function", functions.stream().map(FunctionSpec::name).toList());
    }
    return new ThresholdReader(vocabulary.measures(), values).read(value);
  }

  /**
   * The thresholds of a resolved file, as a run keeps it; of everything else in it nothing is
   * checked, since paths may lead nowhere by now.
   *
   * @throws ExperimentException the thresholds can't be understood
   * @throws IOException the file can't be read
   */
  public List<ThresholdSpec> thresholds(Path resolved) throws ExperimentException, IOException {
    var problems = new Problems();
    Value root = ResolvedSettings.root(resolved, problems);
    List<ThresholdSpec> specs =
        new ThresholdReader(vocabulary.measures(), Map.of()).read(root.at("thresholds"));
    problems.check();
    return specs;
  }

  enum Backend {
    SSH,
    SIM
  }

  private List<Choice> factor(
      String kind,
      Map<String, Term> terms,
      Value value,
      String fallback,
      Function<String, Path> resolve) {
    return reader(kind, terms, resolve).factor(value, Choice.of(fallback));
  }

  private ChoiceReader reader(
      String kind, Map<String, Term> terms, Function<String, Path> resolve) {
    return new ChoiceReader(kind, terms, resolve, name -> vocabulary.whyNot().apply(kind, name));
  }

  private static int warmReplicas(Value value, int nodes) {
    if (value.tree() instanceof Scalar scalar && scalar.text().equals("all")) {
      return Integer.MAX_VALUE;
    }
    long replicas = value.whole("a whole number or all", 1, 1, Integer.MAX_VALUE);
    if (nodes > 0 && replicas > nodes) {
      value.problem(replicas + " is more than there are nodes; allowed: 1 to " + nodes + ", all");
    }
    return (int) replicas;
  }

  private static Choice loadProbe(Value value, boolean sim, Function<String, Path> resolve) {
    Choice fresh = Choice.of("fresh");
    var reader = new ChoiceReader("load probe", loadProbes(sim), resolve);
    return value.present() ? reader.one(value).orElse(fresh) : fresh;
  }

  enum QueueAt {
    GATEWAY,
    NODE
  }

  private Choice queueOrder(Value queue, Function<String, Path> resolve) {
    Choice fifo = Choice.of("fifo");
    if (!queue.map(List.of("at", "order"))) {
      return fifo;
    }
    queue.at("at").oneOf(QueueAt.GATEWAY, Set.of(QueueAt.NODE));
    Value order = queue.at("order");
    var reader = reader("queue order", vocabulary.queueOrders(), resolve);
    return order.present() ? reader.one(order).orElse(fifo) : fifo;
  }
}
