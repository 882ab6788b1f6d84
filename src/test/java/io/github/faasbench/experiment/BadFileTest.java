package io.github.faasbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file in {@code bad/} gives exactly the messages in the {@code .txt} file beside it. */
class BadFileTest {

  private static final Path FOLDER = Path.of("src/test/resources/bad");
  private static final String GOOD =
      """
      name: good
      nodes:
        - {name: a, host: localhost, user: me}
      functions:
        - {name: f, image: busybox, command: ["true"]}
      policy: round-robin
      warming: cold
      """;

  @TempDir private Path folder;

  static Stream<String> badFiles() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml"))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(45);
      return names.stream();
    }
  }

  private static String messages(Path file, String... overrides) {
    var reader = new ExperimentReader(TestVocabulary.real());
    var thrown =
        catchThrowableOfType(
            ExperimentException.class, () -> reader.read(file, Arrays.asList(overrides)));
    assertThat(thrown).as("nothing wrong was found in %s", file).isNotNull();
    assertThat(thrown.problems()).allMatch(line -> !line.contains("\n"));
    return thrown.getMessage().replace(file.toString(), file.getFileName().toString()) + "\n";
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  @Timeout(60)
  void aBadFileIsToldExactlyWhatIsWrong(String name) throws IOException {
    Path expected = FOLDER.resolve(name.replace(".yaml", ".txt"));
    if (System.getenv("RECORD") != null) {
      Files.writeString(expected, messages(FOLDER.resolve(name)));
    }
    assertThat(messages(FOLDER.resolve(name))).isEqualTo(Files.readString(expected));
  }

  @Test
  void argumentsThatACallsLineCannotHoldAreRefusedWithTheirPlace() throws IOException {
    String most = "x".repeat(65_436 - "[\"\",\"é\"]".getBytes(StandardCharsets.UTF_8).length);
    Path fits = withArguments("fits.yaml", "[" + most + ", é], resident: [serve]");
    Path over = withArguments("over.yaml", "[" + most + "x, é], resident: [serve]");
    Path noLine = withArguments("no-line.yaml", "[" + most + "x, é]");

    var reader = new ExperimentReader(TestVocabulary.real());
    assertThatCode(() -> reader.read(fits, List.of())).doesNotThrowAnyException();
    assertThatCode(() -> reader.read(noLine, List.of())).doesNotThrowAnyException();
    assertThat(messages(over))
        .isEqualTo(
            "over.yaml:5:56: functions.0.args: 65,437 bytes as JSON, and the line of a call to the"
                + " resident process has room for 65,436; let it read what is long from its image\n");
  }

  private Path withArguments(String name, String args) throws IOException {
    String text = GOOD.replace("[\"true\"]", "[\"true\"], args: " + args);
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(messages(folder.resolve("none.yaml")))
        .isEqualTo("none.yaml: no such file; looked from " + here + "\n");
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("dir.yaml"));
    assertThat(messages(directory)).isEqualTo("dir.yaml: a directory, not an experiment file\n");
  }

  @Test
  @Timeout(60)
  void tenMegabytesOfJunkAreRefusedUnread() throws IOException {
    var junk = new byte[10_000_000];
    new Random(1).nextBytes(junk);
    Path file = Files.write(folder.resolve("junk.yaml"), junk);
    assertThat(messages(file))
        .isEqualTo("junk.yaml: larger than 3 MiB; this is no experiment file\n");
  }

  @Test
  @Timeout(60)
  void aMegabyteOfBytesIsNoText() throws IOException {
    var junk = new byte[1_000_000];
    new Random(1).nextBytes(junk);
    Path file = Files.write(folder.resolve("junk.yaml"), junk);
    assertThat(messages(file)).isEqualTo("junk.yaml:1:2: not UTF-8; is this a text file?\n");
  }

  @Test
  @Timeout(60)
  void aHundredMistakesAreEnough() throws IOException {
    var text = new StringBuilder(GOOD);
    for (int i = 0; i < 20_000; i++) {
      text.append("key").append(i).append(": 1\n");
    }
    String messages = messages(Files.writeString(folder.resolve("many.yaml"), text));
    assertThat(messages.lines()).hasSize(101);
    assertThat(messages).endsWith("many.yaml: and 19900 more mistakes\n");
  }

  @Test
  @Timeout(60)
  void mergeKeysThatMultiplyCostNoTime() throws IOException {
    var text = new StringBuilder("m0: &m0 {a: 1}\n");
    for (int i = 1; i < 200; i++) {
      text.append(String.format("m%d: &m%d {<<: [*m%d, *m%d]}%n", i, i, i - 1, i - 1));
    }
    Path file = Files.writeString(folder.resolve("merge.yaml"), text);
    assertThat(messages(file)).contains("m0: unknown key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "invocations | --set invocations: KEY=VALUE is wanted, as in invocations=10 or"
            + " nodes.0.port=2201",
        "=5 | --set =5: KEY=VALUE is wanted, as in invocations=10 or nodes.0.port=2201",
        "nodes..port=5 | --set nodes..port=5: KEY=VALUE is wanted, as in invocations=10 or"
            + " nodes.0.port=2201",
        "invocations=0 | --set invocations=0: invocations: must be at least 1, not 0",
        "invocations=1_0 | --set invocations=1_0: invocations: a whole number is wanted, not"
            + " '1_0'; write 10",
        "seed= | --set seed=: seed: a whole number is wanted, not nothing",
        "nodes.7.port=1 | --set nodes.7.port=1: nodes is a list and takes an index from 0 to 0,"
            + " not '7'",
        "nodes.a.port=1 | --set nodes.a.port=1: nodes is a list and takes an index from 0 to 0,"
            + " not 'a'",
        "name.first=1 | --set name.first=1: name is the single value 'good' and has no keys",
        "nodes=[] | --set nodes=[]: nodes: the list is empty",
        "nodes.0.prot=1 | --set nodes.0.prot=1: nodes.0.prot: unknown key; allowed: name, host,"
            + " port, user, identity, passphraseEnv, passwordEnv, hostKey, jump, sshConfig, cpu,"
            + " memory, weight, slots, bandwidth, whenFull; did you mean port?",
        "policy=robin-round | --set policy=robin-round: policy: unknown policy 'robin-round';"
            + " allowed: least-used, most-used, round-robin; did you mean round-robin?",
        "workload=closed(clients=8,clients=9) | --set workload=closed(clients=8,clients=9):"
            + " workload: the parameter clients is given twice",
        "workload=[closed(clients=8,think=1s)] | --set workload=[closed(clients=8,think=1s)]:"
            + " workload.0: the call form needs quotes here, because of its comma:"
            + " 'closed(clients=8' is only a part of it",
        "cluster.profile=shared | --set cluster.profile=shared: cluster.compose: missing",
        "description=a: b: c | --set description=a: b: c: not valid YAML: a second ': ' on this"
            + " line; quote the value or start a new line",
        "timeout=30 | --set timeout=30: timeout: a duration needs a unit, as in 30s or 250ms, not"
            + " '30'; allowed: us, ms, s, m, h",
        "nodes.0.password=hunter2 | --set nodes.0.password=…: nodes.0.password: no secrets in the"
            + " experiment file; name an environment variable that holds it instead, as in"
            + " passwordEnv: NODE_PASSWORD",
        "nodes.0.passwd=hunter2 | --set nodes.0.passwd=…: nodes.0.passwd: unknown key; allowed:"
            + " name, host, port, user, identity, passphraseEnv, passwordEnv, hostKey, jump,"
            + " sshConfig, cpu, memory, weight, slots, bandwidth, whenFull; did you mean passwordEnv?",
        "nodes.0.passwordEnv=hunter2! | --set nodes.0.passwordEnv=…: nodes.0.passwordEnv: the name"
            + " of an environment variable is wanted; letters, digits and _",
      })
  void aWrongOverrideIsNamedAsItWasGiven(String override, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("good.yaml"), GOOD);
    assertThat(messages(file, override)).isEqualTo(message + "\n");
  }

  @Test
  @Timeout(60)
  void mergingALargeMapOverAndOverIsRefused() throws IOException {
    var text = new StringBuilder("a: &a\n");
    for (int i = 0; i < 50_000; i++) {
      text.append("  k").append(i).append(": 1\n");
    }
    for (int i = 0; i < 500; i++) {
      text.append("m").append(i).append(": {<<: *a}\n");
    }
    assertThat(messages(Files.writeString(folder.resolve("merge.yaml"), text)))
        .contains("merge.yaml:1:4: m2: merge keys copy more than 100000 keys");
  }

  /** Whatever a slip of the keyboard makes of a file: a list of mistakes or an experiment. */
  @Test
  void noSlipOfTheKeyboardCrashesTheReader() throws IOException {
    String good = Files.readString(Path.of("experiments/scenario1.yaml"));
    String keys = "abz019 \n\t:,-[]{}()&*<~'\"#|>%@!?=./_\\\u00e9";
    var random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder(good);
      for (int slips = 1 + random.nextInt(3); slips > 0; slips--) {
        int at = random.nextInt(text.length() - 20);
        String key = keys.substring(random.nextInt(keys.length())).substring(0, 1);
        text.replace(at, at + random.nextInt(20) % 7, random.nextBoolean() ? key : "");
      }
      Path file = Files.writeString(folder.resolve("slip.yaml"), text);
      try {
        new ExperimentReader(TestVocabulary.real()).read(file, List.of());
      } catch (ExperimentException e) {
        refused++;
        assertThat(e.problems()).allMatch(line -> line.contains("slip.yaml"));
      }
    }
    assertThat(refused).isBetween(60, 299);
  }

  @Test
  void mistakesOfFileAndOverridesAreToldTogether() throws IOException {
    Path file = Files.writeString(folder.resolve("file.yaml"), GOOD + "seed: no\nbusy: spil\n");
    assertThat(messages(file, "port=1", "warming=[]"))
        .isEqualTo(
            """
            file.yaml:8:7: seed: a whole number is wanted, not 'no'
            file.yaml:9:7: busy: unknown value 'spil'; allowed: spill, wait; did you mean spill?
            --set port=1: port: unknown key; allowed: name, description, backend, seed, nodes, \
            cluster, engine, functions, policy, warming, workload, keepAlive, invocations, \
            duration, stop, warmUp, repetitions, order, mix, warmReplicas, containerConcurrency, reuse, busy, \
            ramThreshold, loadProbe, whenNoNode, timeout, network, queue, retries, retryLost, breaker, policyJars, events, \
            primary, baseline, percentiles, thresholds
            --set warming=[]: warming: the list is empty
            """);
  }
}
