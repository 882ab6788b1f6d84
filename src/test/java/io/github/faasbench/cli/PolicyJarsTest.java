package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.experiment.ExperimentReader;
import io.github.faasbench.policy.catalog.TestJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users' policies: found by name, checked with the file, apart from the tool's libraries. */
class PolicyJarsTest {

  private static final String FIXED =
      """
      package mine;
      public final class Fixed implements SchedulingPolicy {
        private final int place;
        public Fixed(
            @Parameter(name = "place", byDefault = "1", minimum = 0, summary = "by name") int place,
            @Parameter(name = "pause", byDefault = "2s") Duration pause,
            RandomGenerator random) {
          if (place > 7) throw new IllegalArgumentException("place must be below 8");
          this.place = place;
        }
        public Needs needs() { return Needs.NONE; }
        public Decision choose(Request request, ClusterView cluster, long nowNanos) {
          return Decision.runOn(cluster.eligibleAt(Math.min(place, cluster.eligibleCount() - 1)));
        }
      }
      """;

  @TempDir private Path folder;

  /** Line 5 is the policy, line 6 the warming, line 7 keepAlive, line 8 the queue. */
  private Path experiment(String policy, String more) throws IOException {
    return Files.writeString(
        folder.resolve("e.yaml"),
        """
        name: e
        backend: sim
        nodes: {count: 4, cpu: 1}
        functions: [{name: f, model: {exec: {exponential: {mean: 1s}}}}]
        policy: %s
        workload: {poisson: {rate: 2/s}}
        invocations: 50
        policyJars: [mine.jar]
        %s
        """
            .formatted(policy, more.isEmpty() ? "warming: cold" : more));
  }

  private String mistakes(Path file) {
    var reader = new ExperimentReader(Names.vocabulary());
    var thrown =
        catchThrowableOfType(ExperimentException.class, () -> reader.read(file, List.of()));
    assertThat(thrown).isNotNull();
    return thrown.getMessage().replace(folder + "/", "");
  }

  private record Run(int exitCode, String errors, String csv) {}

  private Run run(Path file) throws IOException {
    var err = new StringWriter();
    Path out = Files.createTempDirectory(folder, "out");
    int exitCode =
        Main.commandLine()
            .setErr(new PrintWriter(err))
            .setOut(new PrintWriter(new StringWriter()))
            .execute("run", file.toString(), "--no-report", "--out", out.toString());
    Path csv = out.resolve("metrics.csv");
    return new Run(exitCode, err.toString(), Files.exists(csv) ? Files.readString(csv) : "");
  }

  private static String policy(String name, String body) {
    return "public final class %s implements SchedulingPolicy { %s public Needs needs() { return Needs.NONE; } }"
        .formatted(name, body);
  }

  private static String choosing(String name, String body) {
    return policy(
        name, "public Decision choose(Request r, ClusterView c, long now) { " + body + " }");
  }

  @Test
  void aClassIsNamedInTheFileAndGetsItsParameters() throws IOException {
    TestJar.of(folder.resolve("mine.jar"), FIXED);
    Run run = run(experiment("[Fixed, 'Fixed(place=3)']", ""));
    assertThat(run.errors()).contains("2 cells, 100 invocations");
    assertThat(run.exitCode()).isZero();
    assertThat(run.csv().lines().filter(l -> l.contains("\"Fixed(pause=2s,place=1)\"")))
        .hasSize(50)
        .allMatch(line -> line.contains(",node-2,"));
    assertThat(run.csv().lines().filter(l -> l.contains("\"Fixed(pause=2s,place=3)\"")))
        .hasSize(50)
        .allMatch(line -> line.contains(",node-4,"));
  }

  /** What it prepares decides, not its name, and with the parameters that the file gives it. */
  @Test
  void aUsersWarmingMayHaveTheFunctionsOwnProcessesWait() throws IOException {
    TestJar.of(
        folder.resolve("mine.jar"),
        FIXED,
        """
        public final class Mine implements WarmingPolicy {
          private final boolean resident;
          public Mine(@Parameter(name = "resident") boolean resident) { this.resident = resident; }
          public Preparation preparation() {
            return resident ? Preparation.RESIDENT : Preparation.CONTAINER;
          }
        }
        """);
    Run run = run(experiment("Fixed", "warming: [Mine(resident=true), Mine(resident=false)]"));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.csv()).contains(",Mine(resident=true),none,", ",resident,", ",warmed,");
    String ssh =
        """
        name: e
        nodes: [{name: a, host: h}]
        functions: [{name: f, image: f, command: [f]}]
        policy: random
        policyJars: [mine.jar]
        warming: [Mine(resident=true), Mine(resident=false)]
        """;
    assertThat(mistakes(Files.writeString(folder.resolve("e.yaml"), ssh)))
        .isEqualTo(
            "e.yaml:3:13: functions.0.resident: missing: under warming Mine(resident=true) calls go"
                + " to the own process of f; say how it is started, as in resident: [python3,"
                + " runtime.py], or leave Mine(resident=true) out of warming");
  }

  @Test
  void everyKindOfPolicyMayBeTheUsers() throws IOException {
    TestJar.of(
        folder.resolve("mine.jar"),
        FIXED,
        """
        public final class Image implements WarmingPolicy {
          public Preparation preparation() { return Preparation.IMAGE; }
        }
        """,
        """
        public final class Hour implements KeepAlivePolicy {
          public Verdict idle(ContainerView container, long now) {
            return Verdict.until(now + Duration.ofHours(1).toNanos());
          }
        }
        """,
        """
        public final class Last implements QueueOrder {
          public double key(Request request, boolean warm, long now) { return -request.invocation(); }
        }
        """);
    Run run = run(experiment("Fixed", "warming: Image\nkeepAlive: Hour\nqueue: {order: Last}"));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.csv()).contains(",Image,Hour,", ",pre-warmed,", ",warmed,");
  }

  @Test
  void theListShowsTheJarsPoliciesAndWhichCantBeUsed() throws IOException {
    Path jar =
        TestJar.of(
            folder.resolve("mine.jar"), FIXED, "abstract class Half implements QueueOrder {}");
    var out = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute("policies", "Fixed", "--jar", jar.toString());
    assertThat(exitCode).isZero();
    assertThat(out.toString().replaceAll(" +", " "))
        .contains(
            " Fixed class mine.Fixed (mine.jar)",
            " place by name; default 1",
            "unusable: class Half is not public");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fixedd | e.yaml:5:9: policy: unknown policy 'Fixedd'; allowed: Fixed, | ; did you mean Fixed?",
        "mine.Fixed | e.yaml:5:9: policy: class mine.Fixed is named by Fixed alone; write that |",
        "'Fixed(place=-1)' | e.yaml:5:9: policy.Fixed.place: must be between 0 and 1000000, not -1 |",
        "'Fixed(size=1)' | e.yaml:5:9: policy.Fixed.size: unknown key; allowed: place, pause |",
        "'{Fixed: {place: 8}}' | e.yaml:5:17: policy.Fixed: Fixed (class mine.Fixed in mine.jar)"
            + " can't be made: java.lang.IllegalArgumentException: place must be below 8, at"
            + " mine.Fixed.<init>(Fixed.java: |",
        "Image | e.yaml:5:9: policy: class Image can stand under 'warming', not under 'policy'; for"
            + " that it has to implement io.github.faasbench.policy.SchedulingPolicy |",
        "Plain | e.yaml:5:9: policy: class Plain implements none of the contracts of policies; for"
            + " policy it has to implement io.github.faasbench.policy.SchedulingPolicy |",
        "Twice | e.yaml:5:9: policy: several policies have the name Twice; write a.Twice or b.Twice |",
        "Unmade | e.yaml:5:9: policy: class Unmade has no public constructor; give it one |",
        "Double | e.yaml:5:9: policy: class Double has 2 public constructors; leave one public |",
        "Unnamed | e.yaml:5:9: policy: class Unnamed can't be made: its constructor's parameter |"
            + " needs @Parameter(name = ...), or must be a RandomGenerator",
        "Listed | e.yaml:5:9: policy: class Listed can't be made: its constructor's parameter |"
            + " must be an int, long, double, boolean, String or Duration",
        "Static | e.yaml:5:9: policy.Static: Static (class Static in mine.jar) can't be made:"
            + " java.lang.ArithmeticException: / by zero, at Static.<clinit>(Static.java: |",
        "Hidden | e.yaml:5:9: policy: class Hidden is not public; write 'public final class' |",
      })
  void whatIsWrongWithAClassIsSaidWhereTheFileNamesIt(String policy, String start, String end)
      throws IOException {
    String body = "public Decision choose(Request r, ClusterView c, long now) { return null; } ";
    TestJar.of(
        folder.resolve("mine.jar"),
        FIXED,
        "public final class Image implements WarmingPolicy {"
            + " public Preparation preparation() { return Preparation.IMAGE; } }",
        "public final class Plain {}",
        "package a; " + policy("Twice", body),
        "package b; " + policy("Twice", body),
        policy("Unmade", body + "Unmade() {}"),
        policy("Double", body + "public Double() {} public Double(RandomGenerator r) {}"),
        policy("Unnamed", body + "public Unnamed(int size) {}"),
        policy("Listed", body + "public Listed(@Parameter(name = \"x\") List<String> x) {}"),
        policy("Static", body + "static final int X = 1 / Integer.getInteger(\"none\", 0);"),
        policy("Hidden", body).replace("public final class", "final class"));
    assertThat(mistakes(experiment(policy, "")))
        .doesNotContain("\n")
        .startsWith(start)
        .contains(end == null ? "" : end);
  }

  @Test
  void aJarThatIsNoneOrNotThereOrTooNewIsSaidAtItsPlace() throws IOException {
    Path file = experiment("round-robin", "");
    assertThat(mistakes(file))
        .isEqualTo(
            "e.yaml:8:14: policyJars.0: no such jar, build it first: 'mine.jar'; looked in the"
                + " working directory, then beside the experiment file");
    Path jar = Files.writeString(folder.resolve("mine.jar"), "no jar");
    assertThat(mistakes(file)).startsWith("e.yaml:8:14: policyJars.0: is no jar (");
    TestJar.of(jar, FIXED);
    byte[] bytes = Files.readAllBytes(jar);
    TestJar.newer(jar);
    assertThat(bytes).isNotEqualTo(Files.readAllBytes(jar));
    assertThat(mistakes(file))
        .startsWith("e.yaml:8:14: policyJars.0: class mine.Fixed is compiled for Java 99, and")
        .contains("compile it with --release " + Runtime.version().feature());
  }

  @Test
  void aClassInTwoJarsIsRefused() throws IOException {
    TestJar.of(folder.resolve("mine.jar"), FIXED);
    TestJar.of(folder.resolve("other.jar"), FIXED);
    Path file = experiment("Fixed", "");
    Files.writeString(file, Files.readString(file).replace("[mine.jar]", "[mine.jar, other.jar]"));
    assertThat(mistakes(file))
        .isEqualTo(
            "e.yaml:5:9: policy: class mine.Fixed is in mine.jar and in other.jar;"
                + " leave one of them out");
  }

  /**
   * The tool has Jackson; the jar has another class of the same name, and no other of Jackson's.
   */
  @Test
  void theToolsLibrariesAreNotSeenAndTheUsersOwnAre() throws Exception {
    TestJar.of(
        folder.resolve("mine.jar"),
        """
        package com.fasterxml.jackson.databind;
        public final class ObjectMapper { public static int mine() { return 1; } }
        """,
        choosing(
            "Apart",
            """
            ClassLoader thread = Thread.currentThread().getContextClassLoader();
            for (String theirs : List.of(
                "com.fasterxml.jackson.core.JsonFactory",
                "io.github.faasbench.gateway.Gateway",
                "io.github.faasbench.policy.node.RandomPolicy",
                "picocli.CommandLine")) {
              for (ClassLoader loader : List.of(getClass().getClassLoader(), thread)) {
                try {
                  Class.forName(theirs, false, loader);
                  return new Decision.Reject("sees " + theirs);
                } catch (ClassNotFoundException hidden) {
                }
              }
            }
            return Decision.runOn(
                c.eligibleAt(com.fasterxml.jackson.databind.ObjectMapper.mine()));
            """));
    assertThat(Class.forName("com.fasterxml.jackson.core.JsonFactory")).isNotNull();
    Run run = run(experiment("Apart", ""));
    assertThat(run.errors()).doesNotContain("Apart");
    assertThat(run.exitCode()).isZero();
    assertThat(run.csv().lines().skip(1))
        .hasSize(50)
        .allMatch(line -> line.contains(",node-2,1,ok"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new IllegalStateException(\"lost\") | failed in choose:"
            + " java.lang.IllegalStateException: lost, at Breaks.choose(Breaks.java:",
        "throw new StackOverflowError() | failed in choose: java.lang.StackOverflowError, at",
        "throw new OutOfMemoryError(\"mine\") | failed in choose: java.lang.OutOfMemoryError: mine, at",
        "throw new RuntimeException() { public String toString() { throw new Error(); } }"
            + " | failed in choose: Breaks$1",
        "Thread.currentThread().interrupt()"
            + " | : interrupted the thread that it was called on, in choose",
        "return null | : choose answered null",
        "return new Decision.Run(null) | : choose chose no node; Decision.runOn(null) says",
        "return new Decision.Run((NodeView) java.lang.reflect.Proxy.newProxyInstance("
            + "NodeView.class.getClassLoader(), new Class<?>[] {NodeView.class}, (p, m, a) -> 0))"
            + " | : choose chose a node that the view didn't hand out",
      })
  void aPolicyThatBreaksEndsTheRunAndNothingMeasuredIsLost(String what, String message)
      throws IOException {
    TestJar.of(
        folder.resolve("mine.jar"),
        choosing(
            "Breaks",
            "if (r.invocation() == 30) { "
                + what
                + "; } return Decision.runOn(c.least(Signal.IN_FLIGHT));"));
    Run run = run(experiment("Breaks", "warming: cold\norder: as-written"));
    assertThat(run.errors())
        .contains("Breaks (class Breaks in mine.jar)" + message.replaceFirst("^(\\w)", " $1"))
        .contains("the rows up to it are kept");
    assertThat(run.exitCode()).isEqualTo(ExitCode.MISTAKE);
    List<String> rows = run.csv().lines().skip(1).toList();
    assertThat(rows).hasSize(30);
    assertThat(rows.stream().filter(row -> row.contains(",ok,"))).hasSizeGreaterThan(20);
    assertThat(rows.stream().filter(row -> row.contains("Breaks (class Breaks"))).hasSize(1);
  }

  @Test
  void theRunsIdDependsOnWhatStandsInTheJar() throws Exception {
    Path jar = TestJar.of(folder.resolve("mine.jar"), FIXED);
    Path file = experiment("Fixed", "");
    var reader = new ExperimentReader(Names.vocabulary());
    String before = reader.read(file, List.of()).resolved();
    assertThat(before).containsPattern("# mine.jar sha256 [0-9a-f]{64}\n");
    TestJar.of(jar, FIXED.replace("below 8", "below eight"));
    assertThat(reader.read(file, List.of()).resolved()).isNotEqualTo(before);
  }
}
