package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.PackedJar.Result;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.cluster.ssh.session.LoginSettings;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.runner.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packed jar on the nodes that it makes: what an interrupt leaves, and nodes without registry.
 */
@Tag("docker")
class RealNodesIT {

  private static final String TINY = "localhost:5055/tiny";

  /** Nothing listens there, neither here nor on the nodes. */
  private static final String UNREACHABLE = "localhost:5999/tiny:it";

  @TempDir private Path folder;

  @BeforeAll
  static void nodesAreUpAndTheRegistryHasTheImage(@TempDir Path out) throws Exception {
    Result result =
        faasbench(
            "run", "bench/warmed-true.yaml", "--set=invocations=1", "--no-report", "--out=" + out);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private static Result faasbench(String... arguments) throws Exception {
    return PackedJar.run(List.of(), arguments);
  }

  private Path file(String image, String seconds) throws IOException {
    String text =
        """
        name: real
        nodes:
          - {name: ssh_node_1, host: 127.0.0.1, port: 2201, user: sshuser, identity: .faasbench/id_ed25519}
          - {name: ssh_node_2, host: 127.0.0.1, port: 2202, user: sshuser, identity: .faasbench/id_ed25519}
        functions:
          - {name: nap, image: "IMAGE", command: [sleep, "SECONDS"]}
        policy: round-robin
        warming: cold
        workload: {closed: {clients: 3}}
        invocations: 1000
        """;
    Path file = folder.resolve("real.yaml");
    return Files.writeString(file, text.replace("IMAGE", image).replace("SECONDS", seconds));
  }

  private List<Invocation> rows() throws RecordsException {
    var records = CsvRecords.read(folder.resolve("metrics.csv"));
    assertThat(records.problems()).isEmpty();
    return records.rows();
  }

  private Map<String, Inventory> inventories() throws Exception {
    List<NodeSpec> nodes =
        List.of(1, 2).stream()
            .map(
                number ->
                    new NodeSpec(
                        "ssh_node_" + number,
                        "127.0.0.1",
                        2200 + number,
                        "sshuser",
                        NodeSpec.Login.NONE.identity(".faasbench/id_ed25519"),
                        0.5,
                        0,
                        1,
                        NodeSpec.Limits.NONE))
            .toList();
    var settings =
        SshCluster.Settings.of(
            EngineKind.API,
            LoginSettings.of(folder, folder, LoginSettings.Prompt.NOBODY, line -> {}),
            Files.readString(Path.of("nodes/get_node_metrics.sh")));
    try (SshCluster cluster = SshCluster.connect(nodes, settings)) {
      return Answers.of(cluster, Node::inventory);
    }
  }

  private void assertNodesAreClean(String image) throws Exception {
    inventories()
        .forEach(
            (node, inventory) -> {
              assertThat(inventory.hasImage(image)).as(node + " has the image").isFalse();
              assertThat(inventory.containers())
                  .as("containers of " + node)
                  .noneMatch(c -> c.labels().containsKey("io.github.faasbench.run"));
            });
  }

  private long lines(Path csv) {
    try {
      return Files.exists(csv) ? Files.readAllLines(csv).size() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void anInterruptKeepsTheRowsWholeAndLeavesTheNodesClean() throws Exception {
    String file = file(TINY, "0.5").toString();
    PackedJar run = PackedJar.start(List.of(), "run", file, "--out=" + folder, "--no-report");
    Path csv = folder.resolve("metrics.csv");
    run.await("five rows", () -> lines(csv) > 5);
    long before = lines(csv) - 1;
    run.interrupt();
    Result result = run.end(40);
    assertThat(result.exitCode()).as(result.output()).isEqualTo(130);
    assertThat(result.output()).contains("interrupted: the rows up to here are kept");

    List<Invocation> rows = rows();
    assertThat(rows.size()).isBetween((int) before, (int) before + 10);
    assertThat(rows.subList(0, (int) before))
        .allSatisfy(row -> assertThat(row.outcome()).isEqualTo(Invocation.Outcome.OK));
    assertThat(Files.readString(csv)).endsWith("\n");
    assertNodesAreClean(TINY);
  }

  @Test
  void aSecondInterruptLeavesAtOnceAndCleanDoesTheRest() throws Exception {
    String file = file(TINY, "100").toString();
    PackedJar run = PackedJar.start(List.of(), "run", file, "--out=" + folder, "-v");
    run.await("calls", () -> run.says(" invoking"));
    NodeShell.awaitProcess(1, "sleep 100");
    run.interrupt();
    run.await("the first one to be taken", () -> run.says("stopping on SIGINT: "));
    run.interrupt();
    Result result = run.end(5);
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.output()).doesNotContain("interrupted: the rows up to here are kept");

    Result clean = faasbench("clean", file);
    assertThat(clean.exitCode()).as(clean.output()).isZero();
    assertNodesAreClean(TINY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "cli"})
  void anImageWhoseRegistryIsOutOfReachIsSentOverSsh(String engine) throws Exception {
    haveHereAs(UNREACHABLE);
    try {
      String file = file(UNREACHABLE, "0").toString();
      Result result =
          faasbench(
              "run",
              file,
              "--out=" + folder,
              "--set=engine=" + engine,
              "--set=warming=[pre-warmed, warmed]",
              "--set=workload=sequential",
              "--set=warmReplicas=all",
              "--set=invocations=2");
      assertThat(result.exitCode()).as(result.output()).isZero();
      for (String node : List.of("ssh_node_1", "ssh_node_2")) {
        assertThat(result.output())
            .contains("warning: " + node + ": image " + UNREACHABLE)
            .contains("dial tcp 127.0.0.1:5999");
      }
      assertThat(rows()).hasSize(4);
      assertThat(rows())
          .allSatisfy(
              row -> {
                assertThat(row.mode()).isEqualTo(row.warming());
                assertThat(row.pulledBytes()).isEqualTo(-1);
                assertThat(row.pullSeconds()).isZero();
              });
      assertNodesAreClean(UNREACHABLE);
    } finally {
      docker("rmi", UNREACHABLE);
    }
  }

  @Test
  void aColdCellIsRefusedWhereTheRegistryIsOutOfReach() throws Exception {
    String file = file(UNREACHABLE, "0").toString();
    Result result = faasbench("run", file, "--out=" + folder, "--set=warming=[pre-warmed, cold]");
    assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
    assertThat(result.output())
        .contains("ssh_node_1: registry localhost:5999: image " + UNREACHABLE, "ssh_node_2: ")
        .contains("Let the nodes reach the registry");
    assertThat(rows()).isEmpty();
  }

  private static void haveHereAs(String name) throws Exception {
    docker("pull", "-q", TINY);
    docker("tag", TINY, name);
    docker("rmi", TINY);
  }

  private static void docker(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }
}
