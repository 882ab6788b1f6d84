package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.PackedJar.Result;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults on purpose on the nodes that the packed jar makes: what they do, and that they go. */
@Tag("docker")
class EventsIT {

  private static final String TEXT =
      """
      name: events
      nodes:
        - {name: ssh_node_1, host: 127.0.0.1, port: 2201, user: sshuser, identity: .faasbench/id_ed25519}
        - {name: ssh_node_2, host: 127.0.0.1, port: 2202, user: sshuser, identity: .faasbench/id_ed25519}
        - {name: ssh_node_3, host: 127.0.0.1, port: 2203, user: sshuser, identity: .faasbench/id_ed25519}
        - {name: ssh_node_4, host: 127.0.0.1, port: 2204, user: sshuser, identity: .faasbench/id_ed25519}
      cluster: {compose: docker-compose.nodes.yml}
      functions:
        - {name: nap, image: "localhost:5055/tiny", build: src/test/functions/tiny, command: [sleep, "0.3"]}
      policy: round-robin
      warming: warmed
      warmReplicas: all
      breaker: off
      """;

  private static final String OPEN =
      """
      workload: {closed: {clients: 2}}
      invocations: 5000
      events:
        - {at: 0s, cut: ssh_node_1}
        - {at: 0s, freeze: ssh_node_2}
        - {at: 0s, stop-engine: ssh_node_3}
        - {at: 0s, slow: ssh_node_4, factor: 2}
      """;

  @TempDir private Path folder;

  private PackedJar run;

  private String file(String rest) throws IOException {
    return Files.writeString(folder.resolve("events.yaml"), TEXT + rest).toString();
  }

  private static String docker(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return output;
  }

  /** Whether it runs, its cores, whether packets are dropped, its engine, its SSH server. */
  private static String condition(int node) throws Exception {
    String id = docker("ps", "-q", "--filter", "label=io.github.faasbench.node=ssh_node_" + node);
    String state = docker("inspect", "-f", "{{.State.Status}} {{.HostConfig.NanoCpus}}", id);
    if (state.startsWith("paused")) {
      return state;
    }
    boolean drops = docker("exec", id, "iptables", "-S").contains("eth+");
    boolean engine = docker("exec", id, "docker", "version").contains("Server:");
    boolean ssh = docker("exec", id, "cat", "/proc/net/tcp").contains(":0016 00000000:0000 0A");
    return state + (drops ? " cut" : "") + (engine ? "" : " no engine") + (ssh ? "" : " no sshd");
  }

  private static void assertAllIsUndone() throws Exception {
    for (int node = 1; node <= 4; node++) {
      assertThat(condition(node)).as("ssh_node_" + node).isEqualTo("running 500000000");
    }
    assertThat(Files.readString(Path.of(".faasbench/state"))).doesNotContain("fault\t");
  }

  private void startedWithFaults() throws Exception {
    run = PackedJar.start(List.of(), "run", file(OPEN), "--out=" + folder, "--no-report", "-v");
    List<String> wanted = List.of("cut ssh_node_1", "freeze", "stop-engine", "slow ssh_node_4 by");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!wanted.stream().allMatch(event -> said(run).contains(" s: " + event))) {
      assertThat(run.isAlive() && System.nanoTime() < end).as(said(run)).isTrue();
      Thread.sleep(50);
    }
    assertThat(condition(1)).endsWith(" cut");
    assertThat(condition(2)).startsWith("paused");
    assertThat(condition(3)).endsWith(" no engine");
    assertThat(condition(4)).isEqualTo("running 250000000");
  }

  private static String said(PackedJar run) {
    try {
      return run.output();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void nothingStaysBrokenForOtherTests() throws Exception {
    if (run != null && run.isAlive()) {
      run.kill();
    }
    Result clean = PackedJar.run(List.of(), "clean", file(OPEN));
    assertThat(clean.exitCode()).as(clean.output()).isZero();
  }

  @Test
  void everyEventHappensAndIsUndoneInTime() throws Exception {
    String events =
        """
        workload: {uniform: {rate: 2/s}}
        duration: 22s
        events:
          - {at: 2s, cut: ssh_node_1, for: 4s}
          - {at: 2s, freeze: ssh_node_2, for: 4s}
          - {at: 2s, stop-ssh: ssh_node_3, for: 4s}
          - {at: 14s, slow: ssh_node_1, factor: 2, for: 4s}
          - {at: 14s, stop-engine: ssh_node_3, for: 2s}
          - {atInvocation: 5, add: ssh_node_4}
          - {at: 18s, drain: ssh_node_2}
          - {at: 20s, remove: ssh_node_1}
        """;
    Result result =
        PackedJar.run(List.of(), "run", file(events), "--out=" + folder, "--no-report", "-v");
    assertThat(result.exitCode()).as(result.output()).isIn(0, 4);
    Stream.of("cut ssh_node_1", "freeze ssh_node_2", "stop-ssh ssh_node_3", "slow ssh_node_1")
        .forEach(fault -> assertThat(result.output()).contains(" s: " + fault + " is over"));
    assertThat(result.output())
        .contains(" s: stop-engine ssh_node_3 is over", " s: add ssh_node_4")
        .contains(" s: drain ssh_node_2", " s: remove ssh_node_1");
    List<Invocation> rows = CsvRecords.read(folder.resolve("metrics.csv")).rows();
    assertThat(rows).hasSize(44);
    assertThat(rows).extracting(Invocation::outcome).contains(Outcome.OK);
    // A frozen node's calls wait, and none is lost: it was shorter than the keep-alive.
    assertThat(rows)
        .filteredOn(row -> row.node().equals("ssh_node_2"))
        .allMatch(row -> row.outcome() == Outcome.OK)
        .anyMatch(row -> row.latencySeconds() > 2);
    // Without its SSH server, and without its engine, a node refuses at once.
    assertThat(rows)
        .filteredOn(row -> row.node().equals("ssh_node_3") && row.outcome() != Outcome.OK)
        .isNotEmpty();
    assertThat(result.output()).doesNotContain("is using its referenced image");
    assertFaultsLastedWhatWasAskedOrSaySo();
    assertAllIsUndone();
  }

  private void assertFaultsLastedWhatWasAskedOrSaySo() throws IOException {
    Path run;
    try (Stream<Path> found = Files.find(folder, 2, (path, type) -> path.endsWith("events.csv"))) {
      run = found.findFirst().orElseThrow();
    }
    List<CSVRecord> faults =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(Files.readString(run)))
            .stream()
            .filter(row -> !row.get("for_s").isEmpty())
            .toList();
    assertThat(faults).hasSize(5);
    for (CSVRecord fault : faults) {
      double began = Double.parseDouble(fault.get("began_s"));
      double lasted = Double.parseDouble(fault.get("ended_s")) - began;
      double wanted = Double.parseDouble(fault.get("for_s"));
      assertThat(began).as(fault.toString()).isGreaterThanOrEqualTo(2);
      assertThat(lasted).as(fault.toString()).isGreaterThan(wanted - 1);
      assertThat(fault.get("note").contains("lasted "))
          .as(fault.toString())
          .isEqualTo(Math.abs(lasted - wanted) > 1);
    }
  }

  @Test
  void anInterruptUndoesThem() throws Exception {
    startedWithFaults();
    run.interrupt();
    Result result = run.end(60);
    assertThat(result.exitCode()).as(result.output()).isEqualTo(130);
    assertAllIsUndone();
  }

  @Test
  void cleanUndoesWhatAKilledRunLeft() throws Exception {
    startedWithFaults();
    run.kill();
    assertThat(Files.readString(Path.of(".faasbench/state"))).contains("fault\tcut\t");
    Result clean = PackedJar.run(List.of(), "clean", file(OPEN));
    assertThat(clean.exitCode()).as(clean.output()).isZero();
    assertThat(clean.output()).contains("freeze ssh_node_2 is undone");
    assertAllIsUndone();
  }
}
