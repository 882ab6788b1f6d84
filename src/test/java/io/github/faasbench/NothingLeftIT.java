package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.PackedJar.Result;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.random.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Containers, images, volumes and processes of real nodes are after a run what they were before,
 * however it ended; and no row is missing or there twice when a killed one has gone on.
 */
@Tag("docker")
@Timeout(value = 3, unit = TimeUnit.HOURS) // many kills, one after the other
class NothingLeftIT {

  private static final List<Integer> PORTS = List.of(2201, 2202);
  private static final int CALLS = 9;
  private static final int CELLS = 3;

  private static final String FILE =
      """
      name: left
      nodes:
        - {name: ssh_node_1, host: 127.0.0.1, port: 2201, user: sshuser, identity: .faasbench/id_ed25519}
        - {name: ssh_node_2, host: 127.0.0.1, port: 2202, user: sshuser, identity: .faasbench/id_ed25519}
      functions:
        - {name: nap, image: "localhost:5055/tiny", command: [sleep, "0.3"]}
      policy: round-robin
      warming: [cold, pre-warmed, warmed]
      workload: {closed: {clients: 3}}
      invocations: %d
      """
          .formatted(CALLS);

  @TempDir private Path folder;
  private Path file;
  private TreeMap<String, List<String>> before;

  @BeforeAll
  static void nodesAreUpAndTheRegistryHasTheImage(@TempDir Path out) throws Exception {
    Result result =
        PackedJar.run(
            List.of(),
            "run",
            "bench/warmed-true.yaml",
            "--set=invocations=1",
            "--no-report",
            "--out=" + out);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  @BeforeEach
  void theNodesAreListed() throws Exception {
    file = Files.writeString(folder.resolve("left.yaml"), FILE);
    PackedJar.run(List.of(), "clean", file.toString());
    before = listing();
    assertThat(before.get("2201: process")).anyMatch(line -> line.contains("dockerd"));
    assertThat(before.get("2201: process")).anyMatch(line -> line.contains("sshd"));
  }

  private String[] command(String... more) {
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--no-report", "-v"));
    words.add("--out=" + folder.resolve("out"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static PackedJar started(String... arguments) throws Exception {
    return PackedJar.start(List.of(), arguments);
  }

  @Test
  void afterFailedCallsWhoseFunctionsLeftAProcess() throws Exception {
    Result failed =
        PackedJar.run(
            List.of(), command("--set=functions.0.command=[sh, -c, \"sleep 100 & exit 3\"]"));
    assertThat(failed.exitCode()).as(failed.output()).isEqualTo(4);
    assertAsBefore("failed calls");
  }

  @Test
  void afterAnInterruptOfARunThatCleanLeavesAlone() throws Exception {
    PackedJar run = started(command("--set=functions.0.command=[sleep, \"5\"]"));
    run.await("calls", () -> run.says(" invoking"));
    Result clean = PackedJar.run(List.of(), "clean", file.toString());
    assertThat(clean.exitCode()).as(clean.output()).isEqualTo(2);
    assertThat(clean.output())
        .contains("ssh_node_1 (sshuser@127.0.0.1:2201): another faasbench that was started in");
    run.interrupt();
    Result result = run.end(60);
    assertThat(result.exitCode()).as(result.output()).isEqualTo(130);
    assertThat(result.output()).contains("to go on with it: faasbench run " + file);
    assertAsBefore("an interrupt");
  }

  @Test
  void afterKillsAtAnyMomentAndClean() throws Exception {
    int kills = HowMuch.of(3, 50);
    var random = Stream.of(20_261_128L, 7);
    int withContainers = 0;
    for (int kill = 0; kill < kills; kill++) {
      PackedJar run = started(command());
      run.await("the first cell", () -> run.says(" cell 1/"));
      Thread.sleep((long) (random.nextDouble() * 10_000));
      run.kill();
      withContainers += labelled() > 0 ? 1 : 0;
      Result clean = PackedJar.run(List.of(), "clean", file.toString());
      assertThat(clean.exitCode()).as(clean.output()).isZero();
      assertAsBefore("kill " + kill);
    }
    System.out.printf("%d kills, %d of them left containers%n", kills, withContainers);
    assertThat(withContainers).isPositive();
  }

  /** Without {@code clean}: what goes on cleans first. */
  @Test
  void afterKillsAndGoingOnEveryCallHasItsRowOnce() throws Exception {
    int kills = HowMuch.of(2, 10);
    var random = Stream.of(20_261_128L, 8);
    for (int kill = 0; kill < kills; kill++) {
      PackedJar run = started(command("--resume"));
      run.await("a cell", () -> run.says(" invoking"));
      Thread.sleep((long) (random.nextDouble() * 6_000));
      run.kill();
    }
    Result last = PackedJar.run(List.of(), command("--resume"));
    assertThat(last.exitCode()).as(last.output()).isZero();
    assertThat(last.output()).contains("going on with run ");
    assertAsBefore("kills and going on");

    var records = CsvRecords.read(folder.resolve("out/metrics.csv"));
    assertThat(records.problems()).isEmpty();
    assertThat(records.rows())
        .hasSize(CELLS * CALLS)
        .allMatch(row -> row.outcome() == Invocation.Outcome.OK);
    assertThat(records.rows().stream().map(row -> row.cell() + " " + row.invocation()).distinct())
        .hasSize(CELLS * CALLS);
    assertThat(records.rows().stream().map(Invocation::run).distinct()).hasSize(1);
  }

  /** Sessions of a process that is gone take a moment to end. */
  private void assertAsBefore(String after) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!listing().equals(before) && System.nanoTime() < end) {
      Thread.sleep(500);
    }
    assertThat(listing()).as("after " + after).isEqualTo(before);
  }

  private int labelled() throws Exception {
    int found = 0;
    for (int port : PORTS) {
      found += on(port, "docker ps -aq --filter label=io.github.faasbench.run").size();
    }
    return found;
  }

  /** Of both nodes, seen from this machine's engine and not over SSH. */
  private static TreeMap<String, List<String>> listing() throws Exception {
    var all = new TreeMap<String, List<String>>();
    for (int port : PORTS) {
      all.put(
          port + ": container", on(port, "docker ps -a --no-trunc --format '{{.ID}} {{.Names}}'"));
      all.put(
          port + ": image",
          on(port, "docker images -a --no-trunc --format '{{.ID}} {{.Repository}}'"));
      all.put(port + ": volume", on(port, "docker volume ls -q"));
      all.put(port + ": network", on(port, "docker network ls -q"));
      all.put(
          port + ": process",
          on(port, "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null; echo; done")
              .stream()
              .filter(line -> !line.contains("/proc/[0-9]*") && !line.startsWith("tr "))
              .toList());
    }
    return all;
  }

  /** The lines that a command prints in the node at the port, sorted. */
  private static List<String> on(int port, String command) throws Exception {
    String node = output("docker", "ps", "-q", "--filter", "publish=" + port).strip();
    return output("docker", "exec", node, "sh", "-c", command)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .sorted()
        .collect(Collectors.toList());
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
