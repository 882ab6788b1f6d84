package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.experiment.ExperimentReader;
import io.github.faasbench.experiment.ExperimentSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The published schema against what the reader takes and what it refuses. */
class SchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PUBLISHED = Path.of("docs/experiment.schema.json");

  /**
   * Mistakes that no schema can see: what stands in another place of the file or outside of it,
   * what YAML itself makes of a text, and what is known but not yet supported.
   */
  private static final Set<String> UNSEEN =
      Set.of(
          "baseline-not-there",
          "call-without-names",
          "distribution-unquoted",
          "duplicate-function",
          "duplicate-node",
          "duration-of-closed-loop",
          "duration-too-fine",
          "empirical",
          "events-in-no-order",
          "events-no-node-there",
          "events-of-others-nodes",
          "later-keys",
          "no-such-dockerfile",
          "no-such-folders",
          "nul-in-text",
          "octal",
          "plan-no-bursts",
          "plan-too-many-cells",
          "plan-too-many-timed-calls",
          "resident-by-cli",
          "stop-max-below-invocations",
          "stop-of-a-trace",
          "trace-among-others",
          "value-twice-in-two-spellings",
          "warm-replicas-above-nodes",
          "warm-up-of-all-calls",
          "warm-up-of-all-the-time");

  private static final Schema SCHEMA = schema();

  private static Schema schema() {
    try {
      String text = ExperimentSchema.of(Names.vocabulary(), Names::description);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text, InputFormat.JSON);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What editors read: YAML 1.2, where {@code on}, {@code 1_000} and {@code 12:30} are texts. */
  private static final class CoreSchema extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
      addImplicitResolver(Tag.INT, Pattern.compile("[-+]?[0-9]+"), "-+0123456789");
      addImplicitResolver(
          Tag.FLOAT,
          Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?"),
          "-+0123456789.");
      addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
      addImplicitResolver(Tag.NULL, Pattern.compile("~|null|"), "~n\0");
      addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
    }
  }

  /** What is wrong with a YAML text by the schema. */
  private static List<String> mistakes(String yaml) throws IOException {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    var dumper = new DumperOptions();
    Object tree =
        new Yaml(
                new SafeConstructor(options),
                new Representer(dumper),
                dumper,
                options,
                new CoreSchema())
            .load(yaml);
    return SCHEMA.validate(JSON.writeValueAsString(tree), InputFormat.JSON).stream()
        .map(Object::toString)
        .toList();
  }

  static Stream<Path> shipped() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder :
        List.of("experiments", "experiments/papers", "experiments/papers/azure", "bench")) {
      try (Stream<Path> all = Files.list(Path.of(folder))) {
        all.filter(file -> file.toString().endsWith(".yaml")).forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(5);
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedExperimentIsValidAndNamesTheSchemaForEditors(Path file) throws IOException {
    String text = Files.readString(file);
    assertThat(mistakes(text)).isEmpty();
    String line = text.lines().findFirst().orElseThrow();
    assertThat(line).startsWith("# yaml-language-server: $schema=");
    Path named = file.resolveSibling(line.substring(line.indexOf('=') + 1));
    assertThat(Files.isSameFile(named, PUBLISHED)).isTrue();
  }

  /** Those on a trace that is not shipped can't be read without it. */
  static Stream<Path> runAsTheyAre() throws IOException {
    return shipped().filter(file -> !file.startsWith("experiments/papers/azure"));
  }

  @ParameterizedTest
  @MethodSource("runAsTheyAre")
  void whatARunKeepsOfItIsValidToo(Path file) throws Exception {
    String resolved = new ExperimentReader(Names.vocabulary()).read(file, List.of()).resolved();
    assertThat(mistakes(resolved)).isEmpty();
  }

  /** Written anew by {@code RECORD=1 mvn test -Dtest=SchemaTest}. */
  @Test
  void thePublishedFileIsWhatTheProgramPrints() throws IOException {
    var out = new StringWriter();
    int exit = Main.commandLine().setOut(new PrintWriter(out)).execute("schema", "experiment");
    assertThat(exit).isZero();
    if (System.getenv("RECORD") != null) {
      Files.writeString(PUBLISHED, out.toString());
    }
    assertThat(Files.readString(PUBLISHED)).isEqualTo(out.toString());
  }

  @Test
  void itRefusesEveryBadFileWhoseMistakeASchemaCanSee() throws IOException {
    Set<String> unseen = new TreeSet<>();
    int seen = 0;
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/bad"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        boolean valid;
        try {
          valid = mistakes(Files.readString(file)).isEmpty();
        } catch (Exception e) {
          continue; // no YAML: an editor says so without a schema
        }
        if (valid) {
          unseen.add(file.getFileName().toString().replace(".yaml", ""));
        } else {
          seen++;
        }
      }
    }
    assertThat(unseen).isEqualTo(new TreeSet<>(UNSEEN));
    assertThat(seen).isGreaterThan(50);
  }

  private static final String SMALLEST =
      """
      name: smallest
      nodes: [{name: a, host: localhost, user: me}]
      functions: [{name: f, image: busybox, command: ["true"]}]
      policy: round-robin
      warming: cold
      """;

  /** A default that the schema tells is the one that the reader takes. */
  @Test
  void theDefaultsAreTheReaders(@TempDir Path folder) throws Exception {
    JsonNode keys = JSON.readTree(Files.readString(PUBLISHED)).get("properties");
    Path file = Files.writeString(folder.resolve("e.yaml"), SMALLEST);
    var reader = new ExperimentReader(Names.vocabulary());
    String resolved = reader.read(file, List.of()).resolved();
    int defaults = 0;
    for (var key : keys.properties()) {
      if (key.getValue().has("default")) {
        String setting = key.getKey() + "=" + key.getValue().get("default");
        assertThat(reader.read(file, List.of(setting)).resolved()).as(setting).isEqualTo(resolved);
        defaults++;
      }
    }
    assertThat(defaults).isGreaterThan(15);
  }

  /** Both or neither: the schema never refuses what the reader takes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy=power-of-d",
        "policy=[{power-of-d: {d: 3}}, 'power-of-d(d=4)', random]",
        "workload={closed: {clients: 8}}",
        "workload=closed(clients=8,think=1s)",
        "workload=[{poisson: {rate: 300/m}}, {bursty: {rate: 20/s, on: 10s, off: 50s}}]",
        "keepAlive=[none, {fixed: {ttl: 90s, reset: false}}, {fixed: }]",
        "warmReplicas=all",
        "timeout=1.5h",
        "description=2024",
        "functions.0.command=[sh, -c, 12, true]",
        "functions.0.model={exec: {exponential: {mean: 1s}}, pull: 'uniform(min=1s, max=2s)'}",
        "thresholds=[latency.p95 < 2s, failed<=1%, throughput > 5/s, jain >= 0.9]",
        "thresholds=[{check: cold_share < 10%, where: {policy: round-robin, warming: [cold]}}]",
        "primary=p95",
        "baseline={policy: round-robin, warming: cold, workload: sequential, keepAlive: none}",
        "percentiles=[99.9, 50]",
      })
  void itTakesWhatTheReaderTakes(String setting, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), SMALLEST);
    new ExperimentReader(Names.vocabulary()).read(file, List.of(setting));
    assertThat(mistakes(with(setting))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy=robin-round",
        "policy={power-of-d: {d: 0}}",
        "policy={power-of-d: {e: 2}}",
        "workload=closed",
        "workload={closed: {think: 1s}}",
        "workload={poisson: {rate: 5}}",
        "keepAlive={fixed: {ttl: 90}}",
        "warmReplicas=0",
        "timeout=0s",
        "ramThreshold=101",
        "thresholds=[latency.p100 < 2s]",
        "thresholds=[failed < 2s]",
        "thresholds=[{check: failed < 1%, where: {node: a}}]",
        "primary=p50",
        "baseline={policies: round-robin}",
        "percentiles=[50, 100]",
        "percentiles=[0]",
        "percentiles=[50, 50]",
        "percentiles=[]",
        "percentiles=99",
      })
  void itRefusesWhatTheReaderRefuses(String setting, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), SMALLEST);
    var reader = new ExperimentReader(Names.vocabulary());
    assertThat(catchMistakes(reader, file, setting)).isNotEmpty();
    assertThat(mistakes(with(setting))).isNotEmpty();
  }

  /** Whose jar may not be built yet where an editor looks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy=[random, MyPolicy, 'org.example.MyPolicy(limit=2)', {MyPolicy: {limit: 2}}]",
        "warming=MyWarming",
        "keepAlive=[{MyKeepAlive: {ttl: 1m}}, {MyKeepAlive: }]",
        "queue={order: MyOrder}",
      })
  void aClassOfAJarIsTaken(String setting) throws IOException {
    assertThat(mistakes(with(setting))).isEmpty();
    assertThat(mistakes(with(setting.replace("My", "my")))).isNotEmpty();
  }

  @Test
  void theExampleOfAnOwnPolicyIsValid() throws IOException {
    assertThat(mistakes(Files.readString(Path.of("examples/my-policy/experiment.yaml")))).isEmpty();
  }

  private static List<String> catchMistakes(ExperimentReader reader, Path file, String setting)
      throws IOException {
    try {
      reader.read(file, List.of(setting));
      return List.of();
    } catch (ExperimentException e) {
      return e.problems();
    }
  }

  /** The smallest file with a key set; a path of two steps goes into the first function. */
  private static String with(String setting) {
    String key = setting.substring(0, setting.indexOf('='));
    String value = setting.substring(setting.indexOf('=') + 1);
    if (key.startsWith("functions.0.")) {
      String inner = key.substring("functions.0.".length());
      String function = inner.equals("command") ? "" : ", command: [a]";
      return SMALLEST.replaceFirst(
          "functions: .*",
          "functions: [{name: f, image: b" + function + ", " + inner + ": " + value + "}]");
    }
    return SMALLEST.lines().filter(line -> !line.startsWith(key + ":")).toList().stream()
            .reduce("", (all, line) -> all + line + "\n")
        + key
        + ": "
        + value
        + "\n";
  }
}
