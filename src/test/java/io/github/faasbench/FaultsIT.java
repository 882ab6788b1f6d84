package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.PackedJar.Result;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults on the nodes that the tool makes: what was done, what it says of it and what was lost
 * (docs/faults.md). After each, no container and no process of a run is left.
 */
@Tag("docker")
class FaultsIT {

  private static final String TINY = "localhost:5055/tiny";
  private static final String METRICS = "/usr/local/bin/get_node_metrics.sh";
  private static final Path COMPOSE = Path.of("docker-compose.nodes.yml").toAbsolutePath();

  /** Of functions that go wrong by themselves; one run for the tests of all. */
  private static Ran wrongs;

  @TempDir private Path folder;

  /** A run that has ended. */
  private record Ran(Result result, List<Invocation> rows, Path out) {

    List<Invocation> of(String function) {
      return rows.stream().filter(row -> row.function().equals(function)).toList();
    }

    List<Invocation> that(Predicate<Invocation> test) {
      return rows.stream().filter(test).toList();
    }
  }

  @BeforeAll
  static void nodesAreUpAndTheRegistryHasTheImage(@TempDir Path out) throws Exception {
    Result result =
        faasbench(
            "run", "bench/warmed-true.yaml", "--set=invocations=1", "--no-report", "--out=" + out);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  @AfterEach
  void nothingIsLeftOnTheNodes() throws Exception {
    NodeShell.assertNothingIsLeft();
  }

  /** All nodes serve calls as if nothing had happened, and have no image that they did not have. */
  @AfterAll
  static void nodesAreAsTheyWere(@TempDir Path folder) throws Exception {
    Ran ran =
        end(
            start(folder, file(folder, "1, 2, 3, 4", "true", "warming: cold\ninvocations: 4")),
            folder);
    assertThat(ran.rows()).hasSize(4).allMatch(row -> row.outcome() == Outcome.OK);
    assertThat(ran.rows().stream().map(Invocation::node).distinct()).hasSize(4);
    for (int node : NodeShell.ALL) {
      assertThat(NodeShell.images(node)).doesNotContain("tiny", "gone");
    }
    if (wrongs != null) {
      try (Stream<Path> files = Files.walk(wrongs.out())) {
        for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
      wrongs = null;
    }
  }

  private static Result faasbench(String... arguments) throws Exception {
    return PackedJar.run(List.of(), arguments);
  }

  /** An experiment with a function of the tests' image. */
  private static Path file(Path folder, String nodes, String command, String rest)
      throws IOException {
    String function =
        "  - {name: f, image: %s, command: %s}\n"
            .formatted(TINY, Arrays.toString(command.split(" ")));
    return fileOf(folder, nodes, function, rest);
  }

  private static Path fileOf(Path folder, String nodes, String functions, String rest)
      throws IOException {
    StringBuilder text = new StringBuilder("name: faults\nnodes:\n");
    for (String node : nodes.split(", ")) {
      text.append(
          ("  - {name: ssh_node_%s, host: 127.0.0.1, port: 220%s, user: sshuser, "
                  + "identity: .faasbench/id_ed25519, cpu: 0.5, memory: 512MiB}\n")
              .formatted(node, node));
    }
    text.append("functions:\n").append(functions).append(rest).append('\n');
    if (rest.contains("events:")) {
      text.append("cluster: {compose: \"%s\", profile: isolated}\n".formatted(COMPOSE));
    }
    for (String key : List.of("policy: round-robin", "workload: sequential")) {
      if (!rest.contains(key.split(":")[0] + ":")) {
        text.append(key).append('\n');
      }
    }
    return Files.writeString(folder.resolve("faults.yaml"), text);
  }

  private static PackedJar start(Path folder, Path file) throws IOException {
    return PackedJar.start(
        List.of("-Xmx64m"), "run", file.toString(), "--out=" + folder, "--no-report");
  }

  private static Ran end(PackedJar run, Path folder) throws Exception {
    Result result = run.end(240);
    var records = CsvRecords.read(folder.resolve("metrics.csv"));
    assertThat(records.problems()).isEmpty();
    return new Ran(result, records.rows(), folder);
  }

  private Ran run(String nodes, String command, String rest) throws Exception {
    return end(start(folder, file(folder, nodes, command, rest)), folder);
  }

  /** One row a planned call, and an exit code that says whether all ended ok. */
  private static void assertRows(Ran ran, int planned) {
    assertThat(ran.rows()).as(ran.result().output()).hasSize(planned);
    assertThat(ran.rows().stream().map(r -> r.cell() + r.function() + r.invocation()).distinct())
        .hasSize(planned);
    boolean allOk = ran.rows().stream().allMatch(row -> row.outcome() == Outcome.OK);
    assertThat(ran.result().exitCode()).as(ran.result().output()).isEqualTo(allOk ? 0 : 4);
  }

  private void awaitRows(PackedJar run, Predicate<String> rows) throws Exception {
    Path csv = folder.resolve("metrics.csv");
    run.await("rows", () -> Files.exists(csv) && rows.test(Files.readString(csv)));
  }

  // ---- functions ----

  private static synchronized Ran wrongs() throws Exception {
    if (wrongs == null) {
      Path out = Files.createTempDirectory("faasbench-faults");
      String functions =
          Stream.of(
                  "never-ends: [sleep, '1000']",
                  "ignores-sigterm: [sh, -c, \"trap '' TERM INT; while true; do sleep 1; done\"]",
                  "prints-binary: [sh, -c, 'busybox head -c 100000 /dev/urandom; exit 3']",
                  "forks: [sh, -c, 'sleep 1111 & sleep 1111 & exit 0']",
                  "eats-memory: [busybox, dd, if=/dev/zero, of=/dev/null, bs=700M, count=1]",
                  "exits-137: [sh, -c, 'exit 137']")
              .map(line -> line.split(": ", 2))
              .map(f -> "  - {name: %s, image: %s, command: %s}\n".formatted(f[0], TINY, f[1]))
              .reduce("", String::concat);
      String rest =
          "warming: [pre-warmed, warmed]\nmix: together\ninvocations: 1\ntimeout: 8s\n"
              + "breaker: off";
      wrongs = end(start(out, fileOf(out, "1, 2", functions, rest)), out);
      assertRows(wrongs, 12);
    }
    return wrongs;
  }

  @Test
  void aFunctionThatNeverEndsTimesOut() throws Exception {
    assertThat(wrongs().of("never-ends"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.outcome()).isEqualTo(Outcome.TIMEOUT);
              assertThat(row.error()).isEqualTo("timed out; its container was killed");
              assertThat(row.latencySeconds()).isBetween(8.0, 12.0);
            });
  }

  @Test
  void aFunctionThatIgnoresSigtermIsKilledAllTheSame() throws Exception {
    assertThat(wrongs().of("ignores-sigterm"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.outcome()).isEqualTo(Outcome.TIMEOUT);
              assertThat(row.latencySeconds()).isBetween(8.0, 12.0);
            });
  }

  @Test
  void binaryOutputIsKeptAndSteersNothing() throws Exception {
    assertThat(wrongs().of("prints-binary"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(row.exitCode()).isEqualTo(3);
              assertThat(row.error()).startsWith("exit code 3");
            });
    assertThat(wrongs().result().output()).doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f]");
    List<String> cells = wrongs().of("prints-binary").stream().map(Invocation::cell).toList();
    try (Stream<Path> files = Files.walk(wrongs().out())) {
      List<Path> kept =
          files
              .filter(path -> path.getParent().endsWith("outputs"))
              .filter(path -> cells.stream().anyMatch(path.getFileName().toString()::startsWith))
              .toList();
      assertThat(kept).hasSize(2);
      for (Path path : kept) {
        assertThat(Files.size(path)).isGreaterThan(60_000L);
      }
    }
  }

  /** What is left of them is looked for after each test. */
  @Test
  void aFunctionThatForksEndsWithItsFirstProcess() throws Exception {
    assertThat(wrongs().of("forks"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.outcome()).isEqualTo(Outcome.OK);
              assertThat(row.latencySeconds()).isLessThan(6);
            });
  }

  @Test
  void outOfMemoryIsToldApartFromAFailure() throws Exception {
    assertThat(wrongs().of("eats-memory"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(row.exitCode()).isEqualTo(137);
              assertThat(row.error())
                  .isEqualTo("out of memory: killed by the kernel (exit code 137)");
            });
    assertThat(wrongs().of("exits-137"))
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(row.error())
                    .isEqualTo(
                        "as after a SIGKILL, and no lack of memory is known (exit code 137)"));
  }

  @Test
  void gigabytesOfOutputAreReadInBoundedMemory() throws Exception {
    String mebibytes = Integer.toString(HowMuch.of(200, 3_000));
    Ran ran =
        run(
            "1, 2",
            "busybox dd if=/dev/zero bs=1M count=" + mebibytes,
            "warming: [pre-warmed, warmed]\ninvocations: 1\ntimeout: 3m");
    assertRows(ran, 2);
    assertThat(ran.rows()).allMatch(row -> row.outcome() == Outcome.OK);
  }

  @Test
  void aContainerThatIsKilledLosesItsCallAndIsReplaced() throws Exception {
    PackedJar run =
        start(
            folder,
            file(
                folder,
                "1",
                "sleep 2.25",
                "warming: [pre-warmed, warmed]\norder: as-written\ninvocations: 2"));
    for (int rows = 1; rows <= 3; rows += 2) {
      int had = rows;
      awaitRows(run, csv -> csv.lines().count() >= had);
      NodeShell.awaitProcess(1, "sleep 2.25");
      NodeShell.on(1, "docker kill $(docker ps -q --filter label=io.github.faasbench.run)");
    }
    Ran ran = end(run, folder);
    assertRows(ran, 4);
    Invocation inOwn = ran.rows().get(0);
    assertThat(inOwn.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(inOwn.error())
        .isEqualTo("as after a SIGKILL, and no lack of memory is known (exit code 137)");
    Invocation inWaiting = ran.rows().get(2);
    assertThat(inWaiting.outcome()).isEqualTo(Outcome.LOST);
    assertThat(inWaiting.error()).contains("was killed while the function ran in it");
    assertThat(ran.rows().get(1).outcome()).isEqualTo(Outcome.OK);
    assertThat(ran.rows().get(3).outcome()).isEqualTo(Outcome.OK);
  }

  // ---- nodes ----

  private static final String BUSY =
      "warming: warmed\nwarmReplicas: all\nworkload: {closed: {clients: 2}}\nretries: 1\n";

  private Ran underEvent(int invocations, String event) throws Exception {
    Ran ran =
        run(
            "1, 2",
            "sleep 0.5",
            BUSY + "invocations: " + invocations + "\nevents: [{at: 2s, " + event + "}]");
    assertRows(ran, invocations);
    return ran;
  }

  /** Calls that ran there are lost, those that came later were made elsewhere. */
  private static void assertOnlyRunningCallsAreLost(Ran ran, int most) {
    List<Invocation> lost = ran.that(row -> row.outcome() != Outcome.OK);
    assertThat(lost)
        .as(ran.result().output())
        .hasSizeBetween(1, most)
        .allSatisfy(
            row -> {
              assertThat(row.outcome()).isEqualTo(Outcome.LOST);
              assertThat(row.node()).isEqualTo("ssh_node_1");
              assertThat(row.error()).isNotBlank();
            });
  }

  private static void assertUsedAgain(Ran ran) {
    List<Invocation> rows = ran.rows();
    assertThat(rows.subList(rows.size() - 8, rows.size()))
        .as(ran.result().output())
        .anyMatch(row -> row.node().equals("ssh_node_1") && row.outcome() == Outcome.OK);
  }

  @Test
  void anSshServerThatIsKilledAndStartedAgain() throws Exception {
    Ran ran = underEvent(40, "stop-ssh: ssh_node_1, for: 3s");
    assertOnlyRunningCallsAreLost(ran, 2);
    assertUsedAgain(ran);
  }

  @Test
  void aNodeThatIsFrozenForLongerThanTheKeepAlive() throws Exception {
    Ran ran = underEvent(24, "freeze: ssh_node_1, for: 45s");
    assertOnlyRunningCallsAreLost(ran, 2);
  }

  @Test
  void aNetworkThatIsCutBeforeAndDuringCalls() throws Exception {
    Ran ran = underEvent(24, "cut: ssh_node_1, for: 45s");
    assertOnlyRunningCallsAreLost(ran, 2);
  }

  @Test
  void aNetworkThatIsCutAfterACallLosesNothing() throws Exception {
    Ran ran =
        run(
            "1",
            "true",
            "warming: warmed\nworkload: {uniform: {rate: 0.25/s}}\ninvocations: 3\n"
                + "events: [{at: 5s, cut: ssh_node_1, for: 2s}]");
    assertRows(ran, 3);
    assertThat(ran.rows()).allMatch(row -> row.outcome() == Outcome.OK && row.attempts() == 1);
  }

  @Test
  void anEngineThatIsKilledAndStartedAgain() throws Exception {
    Ran ran = underEvent(40, "stop-engine: ssh_node_1, for: 3s");
    assertOnlyRunningCallsAreLost(ran, 2);
  }

  @Test
  void aNodeWhoseDiskIsFull() throws Exception {
    String folderOfPulls = "/var/lib/docker/tmp"; // a small one in memory: no disk is filled
    NodeShell.on(1, "mount -t tmpfs -o size=16k tmpfs " + folderOfPulls);
    try {
      Ran ran = run("1, 2", "true", "warming: cold\ninvocations: 4\nretries: 1");
      assertRows(ran, 4);
      assertThat(ran.rows())
          .allMatch(row -> row.outcome() == Outcome.OK && row.node().equals("ssh_node_2"));
      assertThat(ran.that(row -> row.attempts() == 2))
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.error()).contains("no space left on device"));
    } finally {
      NodeShell.on(1, "umount " + folderOfPulls);
    }
  }

  /** Twice as they should, when they are connected; then no more. */
  private static final String METRICS_GO_WRONG =
      """
      mv METRICS /metrics
      cat >METRICS <<'EOF'
      #!/bin/bash
      say() { echo '{"cpu": 5, "ram": 5}'; }
      n=0
      while read -r line; do
        if [ $((n += 1)) -le 2 ]; then say; else ANSWER; fi
      done
      EOF
      chmod +x METRICS
      """
          .replace("METRICS", METRICS);

  @Test
  void nodesThatAnswerTheirMetricsWithJunkSlowlyOrNever() throws Exception {
    List<String> answers = List.of("echo junk", "sleep 1; say", ":");
    for (String answer : answers) {
      NodeShell.on(answers.indexOf(answer) + 1, METRICS_GO_WRONG.replace("ANSWER", answer));
    }
    try {
      Ran ran =
          run(
              "1, 2, 3, 4",
              "true",
              "policy: least-used\nwarming: cold\ninvocations: 5\n"
                  + "breaker: {failures: 1, backoff: 1m}");
      assertRows(ran, 5);
      assertThat(ran.rows())
          .allMatch(row -> row.outcome() == Outcome.OK)
          .filteredOn(row -> row.invocation() > 2) // two answers of each were right
          .allMatch(row -> List.of("ssh_node_2", "ssh_node_4").contains(row.node()))
          .allMatch(row -> row.selectSeconds() < 14);
      assertThat(ran.result().output())
          .contains("the metrics script answered 'junk' instead of", "no answer within 10 s");
    } finally {
      for (int node = 1; node <= answers.size(); node++) {
        NodeShell.on(node, "mv /metrics " + METRICS);
      }
    }
  }

  // ---- registry ----

  @Test
  void anImageThatIsGoneFromTheRegistry() throws Exception {
    String image = "localhost:5055/gone:1";
    NodeShell.docker("pull", "-q", TINY);
    NodeShell.docker("tag", TINY, image);
    NodeShell.docker("push", "-q", image);
    NodeShell.docker("rmi", TINY, image);
    PackedJar run =
        start(
            folder,
            fileOf(
                folder,
                "1, 2",
                "  - {name: f, image: \"" + image + "\", command: [\"true\"]}\n",
                "warming: cold\ninvocations: 6\nretries: 1"));
    awaitRows(run, csv -> csv.lines().count() > 1);
    deleteFromRegistry("gone", "1");
    Ran ran = end(run, folder);
    assertRows(ran, 6);
    assertThat(ran.rows().get(0).outcome()).isEqualTo(Outcome.OK);
    Invocation last = ran.rows().get(5);
    assertThat(last.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(last.error()).contains("image " + image, "manifest");
    assertThat(ran.result().output()).doesNotContain("set aside");
  }

  private static void deleteFromRegistry(String name, String tag) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String base = "http://127.0.0.1:5055/v2/" + name + "/manifests/";
    var head =
        HttpRequest.newBuilder(URI.create(base + tag))
            .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    String digest =
        client
            .send(head, HttpResponse.BodyHandlers.discarding())
            .headers()
            .firstValue("Docker-Content-Digest")
            .orElseThrow();
    var delete = HttpRequest.newBuilder(URI.create(base + digest)).DELETE().build();
    assertThat(client.send(delete, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(202);
  }

  @Test
  void aRegistryThatIsDownForAWhile() throws Exception {
    String registry = NodeShell.registry();
    List<String> seen = new ArrayList<>();
    PackedJar run =
        start(
            folder,
            file(
                folder,
                "1, 2",
                "true",
                "warming: cold\nworkload: {uniform: {rate: 1/s}}\ninvocations: 12"));
    try {
      awaitRows(run, csv -> csv.lines().count() > 1);
      NodeShell.docker("stop", "-t", "0", registry);
      awaitRows(run, csv -> csv.contains(",failed,"));
    } finally {
      NodeShell.docker("start", registry);
    }
    Ran ran = end(run, folder);
    assertRows(ran, 12);
    ran.that(row -> row.outcome() != Outcome.OK).forEach(row -> seen.add(row.error()));
    assertThat(seen).isNotEmpty().allMatch(error -> error.contains("localhost:5055"));
    assertThat(ran.rows().get(11).outcome()).isEqualTo(Outcome.OK);
  }
}
