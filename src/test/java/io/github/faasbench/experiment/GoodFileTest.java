package io.github.faasbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.Experiment.Network;
import io.github.faasbench.experiment.Experiment.Order;
import io.github.faasbench.experiment.Experiment.WhenNoNode;
import io.github.faasbench.random.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoodFileTest {

  private static final String SMALLEST =
      """
      name: smallest
      nodes:
        - {name: a, host: localhost, user: me}
      functions:
        - {name: f, image: busybox, command: ["true"]}
      policy: round-robin
      warming: cold
      """;

  @TempDir private Path folder;

  private Experiment read(Vocabulary vocabulary, String text, String... overrides)
      throws Exception {
    Path file = Files.writeString(folder.resolve("file.yaml"), text);
    return new ExperimentReader(vocabulary).read(file, List.of(overrides));
  }

  private Experiment read(String text, String... overrides) throws Exception {
    return read(TestVocabulary.real(), text, overrides);
  }

  @Test
  void theSmallestFileGetsEveryDefault() throws Exception {
    Experiment experiment = read(SMALLEST);
    assertThat(experiment.backend()).isEqualTo("ssh");
    assertThat(experiment.seed()).isEqualTo(42);
    NodeSpec node = experiment.nodes().get(0);
    assertThat(node.port()).isZero(); // the SSH configuration's, else 22
    assertThat(node.cpu()).isNaN();
    assertThat(node.memoryBytes()).isZero();
    assertThat(node.weight()).isEqualTo(1);
    assertThat(node.login().identity()).isEmpty();
    assertThat(experiment.cluster()).isEmpty();
    assertThat(experiment.engine()).isEqualTo(EngineKind.API);
    assertThat(experiment.workloads()).containsExactly(Choice.of("sequential"));
    assertThat(experiment.keepAlives()).containsExactly(Choice.of("none"));
    assertThat(experiment.invocations()).isEqualTo(100);
    assertThat(experiment.repetitions()).isEqualTo(1);
    assertThat(experiment.order()).isEqualTo(Order.INTERLEAVED);
    assertThat(experiment.warmReplicas()).isEqualTo(1);
    assertThat(experiment.ramThreshold()).isEqualTo(90);
    assertThat(experiment.loadProbe()).isEqualTo(Choice.of("fresh"));
    assertThat(experiment.whenNoNode()).isEqualTo(WhenNoNode.REJECT);
    assertThat(experiment.timeout()).contains(Duration.ofMinutes(5));
    assertThat(experiment.network()).isEqualTo(Network.BRIDGE);
  }

  @Test
  void theResolvedFileHoldsEveryKeyInAFixedOrder() throws Exception {
    assertThat(read(SMALLEST).resolved())
        .isEqualTo(
            """
            name: smallest
            description: ''
            backend: ssh
            seed: 42
            nodes:
            - name: a
              host: localhost
              user: me
              weight: 1
            engine: api
            functions:
            - name: f
              image: busybox
              command: ['true']
            policy: [round-robin]
            warming: [cold]
            workload: [sequential]
            keepAlive: [none]
            invocations: 100
            warmUp: none
            repetitions: 1
            order: interleaved
            mix: separate
            warmReplicas: 1
            containerConcurrency: 1
            reuse: newest
            busy: spill
            ramThreshold: 90
            loadProbe: fresh
            whenNoNode: reject
            timeout: 5m
            network: bridge
            queue:
              at: gateway
              order: fifo
            retries: 0
            retryLost: false
            breaker:
              failures: 3
              backoff: 1s
              max: 1m
            policyJars: []
            primary: mean
            baseline:
              policy: round-robin
              warming: cold
              workload: sequential
              keepAlive: none
            percentiles: [50, 90, 95, 99]
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"experiments/scenario1.yaml", "experiments/scenario2.yaml"})
  void theShippedScenariosAreRight(String name) throws Exception {
    Experiment experiment =
        new ExperimentReader(TestVocabulary.real()).read(Path.of(name), List.of());
    assertThat(experiment.cluster())
        .contains(new ClusterSpec("docker-compose.nodes.yml", "isolated"));
    assertThat(experiment.functions()).allMatch(function -> function.build().isPresent());
    assertThat(experiment.nodes())
        .extracting(NodeSpec::port)
        .containsExactly(2201, 2202, 2203, 2204);
    assertThat(experiment.nodes()).allMatch(node -> node.cpu() == 0.5);
    assertThat(experiment.nodes()).allMatch(node -> node.memoryBytes() == 512L << 20);
    assertThat(experiment.functions()).hasSize(2);
    assertThat(experiment.invocations()).isEqualTo(20);
    assertThat(experiment.repetitions()).isEqualTo(5);
    assertThat(experiment.policies().size() * experiment.warmings().size()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"experiments/ladder.yaml", "experiments/languages.yaml"})
  void theShippedLaddersHaveEveryRungAndAProcessThatWaitsForEach(String name) throws Exception {
    Experiment experiment =
        new ExperimentReader(TestVocabulary.real()).read(Path.of(name), List.of());
    assertThat(experiment.warmings())
        .containsExactly(
            Choice.of("cold"),
            Choice.of("pre-warmed"),
            Choice.of("warmed"),
            Choice.of("paused"),
            Choice.of("resident"));
    assertThat(experiment.functions()).hasSize(name.contains("ladder") ? 2 : 5);
    assertThat(experiment.functions())
        .allMatch(function -> function.build().isPresent())
        .allMatch(function -> !function.args().isEmpty() && !function.resident().isEmpty());
    assertThat(experiment.loadProbe().name()).isEqualTo("stream");
  }

  @Test
  void readingTheResolvedFileAgainGivesTheSameExperiment() throws Exception {
    Files.createDirectories(folder.resolve("images/f"));
    Files.writeString(folder.resolve("images/f/Dockerfile"), "FROM scratch\n");
    Files.writeString(folder.resolve("nodes.yml"), "services: {}\n");
    String text =
        """
        name: "010"
        description: "été: 'yes' # 12:30, and\\ttwo\\nlines"
        seed: -7
        nodes:
          - {name: no, host: 10.0.0.1, port: 2222, user: u, identity: ~/.ssh/k, passphraseEnv: P, jump: [a, "u@b:2222"], sshConfig: off, cpu: 0.30, memory: 1.5GB}
          - {name: 1_000, host: h, user: on, passwordEnv: SECRET, hostKey: off, cpu: 1e1, weight: 2.5}
        cluster: {compose: nodes.yml, profile: shared}
        engine: cli
        functions:
          - name: f
            image: localhost:5055/f:1
            build: {context: images, dockerfile: f/Dockerfile, args: {B: no, A: 010, VERSION: 1.10}}
            command: [sh, -c, "echo 'a: b' # c", "", ~1, 0x10, yes]
            args: ["", 010, "é\\n"]
            resident: [serve, ""]
        policy: [{sticky: {share: 0.1, strict: true}}, power-of-d, "power-of-d(d=3, signal=ram)"]
        warming: [cold, warmed]
        workload: [{poisson: {rate: 100/m}}, {poisson: {rate: 5/s}}]
        invocations: 7
        order: as-written
        keepAlive: [{fixed: {ttl: 90s, reset: false}}, fixed]
        warmReplicas: all
        containerConcurrency: 4
        reuse: random
        busy: wait
        ramThreshold: 33.3
        whenNoNode: wait
        timeout: 1.5h
        network: none
        primary: p95
        baseline: {policy: "power-of-d(d=3, signal=ram)", keepAlive: {fixed: {reset: false, ttl: 90000ms}}}
        percentiles: [99.9, 50]
        """;
    Experiment first = read(TestVocabulary.withEveryType(), text);
    Path copy = Files.writeString(folder.resolve("file.yaml"), first.resolved());
    Experiment second = new ExperimentReader(TestVocabulary.withEveryType()).read(copy, List.of());
    assertThat(second).isEqualTo(first);
    assertThat(first.description()).isEqualTo("été: 'yes' # 12:30, and\ttwo\nlines");
    assertThat(first.functions().get(0).build().orElseThrow().dockerfile())
        .isEqualTo("f/Dockerfile");
    assertThat(first.functions().get(0).build().orElseThrow().args())
        .isEqualTo(Map.of("A", "010", "B", "no", "VERSION", "1.10"));
    assertThat(first.functions().get(0).command())
        .containsExactly("sh", "-c", "echo 'a: b' # c", "", "~1", "0x10", "yes");
    assertThat(first.functions().get(0).args()).containsExactly("", "010", "é\n");
    assertThat(first.functions().get(0).resident()).containsExactly("serve", "");
    assertThat(first.timeout()).contains(Duration.ofMinutes(90));
    assertThat(first.nodes().get(1).login().hostKey()).contains("off");
    assertThat(first.policies())
        .extracting(Choice::toString)
        .containsExactly(
            "sticky(share=0.1,strict=true)",
            "power-of-d(d=2,signal=cpu)",
            "power-of-d(d=3,signal=ram)");
    assertThat(first.workloads().get(1).parameters()).isEqualTo(Map.of("rate", new Rate(5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/m", "7/h", "100/m", "0.1/s", "3/us", "12345.678/h"})
  void aRateReadsBackAsTheSameRate(String rate) {
    double perSecond = Units.parseRate(rate);
    assertThat(Units.parseRate(new Rate(perSecond).toString())).isEqualTo(perSecond);
  }

  @Test
  void whatIsShownReadsBackAsTheSameValue() {
    var random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      double number = Math.exp(random.nextGaussian() * 10);
      assertThat(Double.parseDouble(Units.show(number))).isEqualTo(number);
      Duration duration = Duration.ofNanos((long) Math.exp(random.nextDouble() * 30) * 1000);
      assertThat(Units.parseDuration(Units.show(duration))).isEqualTo(duration);
      long bytes = 1 + (long) Math.exp(random.nextDouble() * 30);
      assertThat(Units.parseSize(Units.size(bytes))).isEqualTo(bytes);
    }
    assertThat(Units.size(512L << 20)).isEqualTo("512MiB");
    assertThat(Units.size(1_500_000_000)).isEqualTo("1500MB");
    assertThat(Units.show(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(Units.show(2e23)).isEqualTo("200000000000000000000000");
  }

  @Test
  void theWholeRangeOfSeedsIsTaken() throws Exception {
    assertThat(read(SMALLEST, "seed=9223372036854775807").seed()).isEqualTo(Long.MAX_VALUE);
    assertThat(read(SMALLEST, "seed=-9223372036854775808").seed()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void textKeepsWhatYaml11WouldChange() throws Exception {
    Experiment experiment =
        read(SMALLEST.replace("[\"true\"]", "[no, 010, 1_000, 12:30, 1e3, 2024-01-01, \"\", .5]"));
    assertThat(experiment.functions().get(0).command())
        .containsExactly("no", "010", "1_000", "12:30", "1e3", "2024-01-01", "", ".5");
  }

  @ParameterizedTest
  @CsvSource({
    "[f], [], NaN",
    "'[f, 7]', [], 7",
    "'[f, 7]', '[8.5]', 8.5",
    "'[f, 7]', '[8, x]', NaN"
  })
  void theInputSizeIsWhatTheProcessEndsWith(String command, String args, double size)
      throws Exception {
    List<String> overrides = new ArrayList<>(List.of("functions.0.command=" + command));
    if (!args.equals("[]")) {
      overrides.add("functions.0.args=" + args);
    }
    FunctionSpec function = read(SMALLEST, overrides.toArray(String[]::new)).functions().get(0);
    assertThat(function.inputSize()).isEqualTo(Double.valueOf(size));
  }

  @Test
  void anchorsAndMergeKeysResolve() throws Exception {
    Experiment experiment =
        read(
            SMALLEST.replace(
                "  - {name: a, host: localhost, user: me}",
                """
                  - &base {name: a, host: h, user: me, port: 1}
                  - {<<: *base, name: b, port: 2}
                  - {<<: [{port: 3}, *base], name: c}\
                """));
    assertThat(experiment.nodes()).extracting(NodeSpec::port).containsExactly(1, 2, 3);
    assertThat(experiment.nodes()).extracting(NodeSpec::user).containsOnly("me");
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreNoMistakes() throws Exception {
    Experiment experiment = read("\uFEFF" + SMALLEST.replace("\n", "\r\n"));
    assertThat(experiment.name()).isEqualTo("smallest");
  }

  @Test
  void aMapAndACallMeanTheSame() throws Exception {
    var vocabulary = TestVocabulary.real();
    List<Choice> map = read(vocabulary, SMALLEST + "workload: {closed: {clients: 8}}").workloads();
    assertThat(read(SMALLEST + "workload: closed(clients=8, think=0s)").workloads()).isEqualTo(map);
    assertThat(read(SMALLEST, "workload=closed(clients=8,think=0s)").workloads()).isEqualTo(map);
    assertThat(map.get(0)).hasToString("closed(clients=8,think=0s)");
  }

  @Test
  void overridesReachEveryPart() throws Exception {
    String shared =
        SMALLEST
            .replace("  - {", "  - &n {")
            .replace("functions", "  - {<<: *n, name: b}\nfunctions");
    Experiment experiment =
        read(
            shared,
            "invocations=3",
            "nodes.1.port=2222",
            "nodes.1.cpu=0.5",
            "policy=[most-used, least-used]",
            "workload={closed: {clients: 4}}",
            "workload.closed.think=1s",
            "functions.0.command.0=false",
            "description=changed");
    assertThat(experiment.invocations()).isEqualTo(3);
    assertThat(experiment.nodes()).extracting(NodeSpec::port).containsExactly(0, 2222);
    assertThat(experiment.policies())
        .extracting(Choice::name)
        .containsExactly("most-used", "least-used");
    assertThat(experiment.workloads().get(0)).hasToString("closed(clients=4,think=1s)");
    assertThat(experiment.functions().get(0).command()).containsExactly("false");
    assertThat(experiment.resolved()).contains("port: 2222", "clients: 4");
  }

  @Test
  void anOverrideMendsAMistakeOfTheFile() throws Exception {
    assertThat(read(SMALLEST + "invocations: many", "invocations=5").invocations()).isEqualTo(5);
  }

  @Test
  void pathsAreLookedUpHereThenBesideTheFile() throws Exception {
    Experiment experiment = read(SMALLEST);
    Files.writeString(folder.resolve("beside.txt"), "");
    assertThat(experiment.resolve("pom.xml")).isEqualTo(Path.of("pom.xml"));
    assertThat(experiment.resolve("beside.txt")).isEqualTo(folder.resolve("beside.txt"));
    assertThat(Optional.of(experiment.resolve("/tmp"))).contains(Path.of("/tmp"));
  }

  private static final String SIMULATED =
      """
      name: simulated
      backend: sim
      nodes: {count: 12, cpu: 0.5, memory: 512MiB, slots: 4, bandwidth: 100MB/s, whenFull: reject}
      functions:
        - name: f
          model:
            pull: 1.1s
            start: "lognormal(mean=250ms, sd=40ms)"
            init: {uniform: {min: 0s, max: 1us}}
            unpause: 11ms
            exec: {exponential: {mean: 1.5s}}
            memory: 128MiB
            cores: 0.25
            size: 1GB
        - {name: g, image: other, command: [run], model: {exec: 2s}}
      policy: round-robin
      warming: cold
      loadProbe: {stream: {interval: 5s}}
      """;

  @Test
  void aSimulatedClusterNeedsNeitherLoginNorImage() {
    Experiment experiment = Experiments.of(SIMULATED);
    assertThat(experiment.backend()).isEqualTo("sim");
    assertThat(experiment.nodes()).hasSize(12);
    assertThat(experiment.nodes()).extracting(NodeSpec::name).isSorted().contains("node-01");
    assertThat(experiment.nodes())
        .allSatisfy(
            node -> {
              assertThat(node.cpu()).isEqualTo(0.5);
              assertThat(node.memoryBytes()).isEqualTo(512L << 20);
              assertThat(node.limits())
                  .isEqualTo(new NodeSpec.Limits(4, 100_000_000, NodeSpec.WhenFull.REJECT));
            });
    assertThat(experiment.loadProbe()).hasToString("stream(interval=5s)");
    assertThat(experiment.timeout()).isEmpty();
    FunctionSpec f = experiment.functions().get(0);
    assertThat(f.image()).isEqualTo("f");
    assertThat(f.command()).isEmpty();
    assertThat(f.model())
        .contains(
            new FunctionModel(
                new Distribution.Constant(1.1),
                new Distribution.Lognormal(0.25, 0.04),
                new Distribution.Uniform(0, 1e-6),
                new Distribution.Constant(.011),
                new Distribution.Exponential(1.5),
                128L << 20,
                0.25,
                1_000_000_000));
    FunctionModel g = experiment.functions().get(1).model().orElseThrow();
    assertThat(g.exec()).isEqualTo(new Distribution.Constant(2));
    assertThat(g.start()).isEqualTo(new Distribution.Constant(0));
    assertThat(g.cores()).isEqualTo(1);
  }

  @Test
  void theResolvedFileOfASimulatedClusterReadsBackAsTheSame() {
    Experiment experiment = Experiments.of(SIMULATED);
    assertThat(Experiments.of(experiment.resolved())).isEqualTo(experiment);
    assertThat(experiment.resolved()).contains("nodes:\n  count: 12\n  cpu: 0.5\n");
    Experiment unlike =
        Experiments.of(SIMULATED, "nodes=[{name: node-1, cpu: 1}, {name: node-2, cpu: 2}]");
    assertThat(Experiments.of(unlike.resolved())).isEqualTo(unlike);
    assertThat(unlike.nodes()).extracting(NodeSpec::cpu).containsExactly(1.0, 2.0);
    assertThat(unlike.nodes().get(0).limits()).isEqualTo(NodeSpec.Limits.NONE);
  }

  /** Each key of a simulated cluster changes the text that identifies a run. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nodes.count=13",
        "nodes.slots=unlimited",
        "nodes.bandwidth=1MB/s",
        "nodes.whenFull=queue",
        "nodes.weight=2",
        "functions.0.model.pull=1s",
        "functions.0.model.start.lognormal.sd=41ms",
        "functions.0.model.init=0s",
        "functions.0.model.unpause=12ms",
        "functions.0.model.exec=1s",
        "functions.0.args=[1]",
        "functions.0.resident=[serve]",
        "functions.0.model.memory=1MB",
        "functions.0.model.cores=1",
        "functions.0.model.size=1MB",
        "functions.1.model.exec=\"empirical(file=src/test/resources/tables/good.csv,column=id)\"",
        "loadProbe=fresh",
        "backend=ssh"
      })
  void theResolvedFileTellsThemApart(String override) {
    String ssh = "nodes=[{name: a, host: h, user: u}]";
    String text =
        SIMULATED.replace(
            "start: \"lognormal(mean=250ms, sd=40ms)\"",
            "start: {lognormal: {mean: 250ms, sd: 40ms}}");
    Experiment changed =
        override.equals("backend=ssh")
            ? Experiments.of(
                text,
                ssh,
                "loadProbe=fresh",
                "functions.0.image=f",
                "functions.0.command=[a]",
                override)
            : Experiments.of(text, override);
    assertThat(changed.resolved()).isNotEqualTo(Experiments.of(text).resolved());
    assertThat(Experiments.of(changed.resolved()).resolved()).isEqualTo(changed.resolved());
  }

  @Test
  void anEmpiricalDistributionTakesItsColumnByName() {
    Experiment experiment =
        Experiments.of(
            SIMULATED,
            "functions.0.model.exec={empirical: {file: src/test/resources/tables/good.csv,"
                + " column: exec_s}}");
    var exec = (Distribution.Empirical) experiment.functions().get(0).model().orElseThrow().exec();
    assertThat(exec.values()).containsExactly(0.5, 1.5, 2);
    assertThat(exec.mean()).isEqualTo(4.0 / 3);
  }

  @Test
  void whatStandsInADataFileIsAPartOfTheExperiment(@TempDir Path folder) throws Exception {
    Path data = Files.writeString(folder.resolve("data.csv"), "exec_s\n1\n");
    String model = "functions.0.model.exec={empirical: {file: '" + data + "', column: exec_s}}";
    String one = Experiments.of(SIMULATED, model).resolved();
    assertThat(one)
        .endsWith(
            "# "
                + data
                + " sha256 614f67227b70b0646bf80ba7ad3c2fa7981622d4046c94f9319e2ee3ad223835\n");
    Files.writeString(data, "exec_s\n2\n");
    assertThat(Experiments.of(SIMULATED, model).resolved()).isNotEqualTo(one);
  }

  @Test
  void aModelOverSshIsCheckedAndKept() throws Exception {
    Experiment experiment = read(SMALLEST.replace("[\"true\"]", "[\"true\"], model: {exec: 1s}"));
    assertThat(experiment.functions().get(0).model().orElseThrow().exec())
        .isEqualTo(new Distribution.Constant(1));
    assertThat(experiment.resolved()).contains("exec: 1s");
  }

  /**
   * What a cell is called in CSV and reports can be typed back, and the resolved file read back.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "poisson(rate=5/s)",
        "uniform(rate=0.5/s)",
        "bursty(off=30s,on=10s,rate=20/s)",
        "trace(file=src/test/resources/tables/good.csv,format=simple,speedup=1)",
        "trace(durations=pom.xml,file=pom.xml,format=azure2019,functions=3,memory=pom.xml,"
            + "placement=equidistant,speedup=0.5)"
      })
  void aWorkloadReadsBackAsItIsShown(String shown) {
    String workload = "workload=[\"" + shown + "\"]";
    Experiment experiment = Experiments.of(SIMULATED, workload, "duration=90s", "mix=together");
    assertThat(experiment.workloads().get(0)).hasToString(shown);
    assertThat(experiment.duration()).contains(Duration.ofSeconds(90));
    assertThat(experiment.invocations()).isEqualTo(Long.MAX_VALUE);
    assertThat(Experiments.of(experiment.resolved())).isEqualTo(experiment);
  }

  @Test
  void aTraceEndsWithItsFileUnlessTheExperimentSaysOtherwise() {
    String trace = "workload={trace: {file: pom.xml, format: simple}}";
    assertThat(Experiments.of(SIMULATED, trace).invocations()).isEqualTo(Long.MAX_VALUE);
    assertThat(Experiments.of(SIMULATED, trace).resolved()).doesNotContain("invocations:");
    assertThat(Experiments.of(SIMULATED, trace, "invocations=7").invocations()).isEqualTo(7);
    // A trace may bring the times that a function without model lacks.
    Experiment bare = Experiments.of(SIMULATED, trace, "functions=[{name: f}]");
    assertThat(bare.functions().get(0).model()).isEmpty();
  }

  @Test
  void eventsStandInTheResolvedFileAndReadTheSameAgain() {
    String text =
        """
        name: e
        backend: sim
        nodes: {count: 3, cpu: 1}
        functions:
          - {name: f, model: {exec: 1s}}
        policy: round-robin
        warming: cold
        events:
          - {at: 0s, add: node-3}
          - {atInvocation: 40, drain: node-1}
          - {at: 10s, cut: node-2, for: 1500ms}
          - {at: 1m, slow: node-2, factor: 4}
        """;
    Experiment read = Experiments.of(TestVocabulary.real(), text);
    assertThat(read.resolved())
        .contains(
            """
            events:
            - at: 0s
              add: node-3
            - atInvocation: 40
              drain: node-1
            - at: 10s
              cut: node-2
              for: 1500ms
            - at: 1m
              slow: node-2
              factor: 4
            """);
    assertThat(Experiments.of(TestVocabulary.real(), read.resolved()).events())
        .isEqualTo(read.events());
    assertThat(EventSpec.awaited(read.events())).containsExactly("node-3");
    assertThat(read.events())
        .extracting(EventSpec::toString)
        .containsExactly(
            "at 0s: add node-3",
            "at invocation 40: drain node-1",
            "at 10s: cut node-2 for 1500ms",
            "at 1m: slow node-2 by 4");
  }
}
