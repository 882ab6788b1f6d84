package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.BuildSpec;
import io.github.faasbench.experiment.ClusterSpec;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One node and a registry for real, in a compose project of their own. */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvisionDockerTest {

  private static final String PROJECT = "faasbench-provision-test";
  private static final String COMPOSE =
      """
      services:
        registry:
          image: faasbench-provision-test-node
          build: {context: "%1$s/nodes", args: {BASE: "${FAASBENCH_BASE:-debian:bookworm-slim}"}}
          entrypoint: [docker-registry, serve, /etc/docker-registry.yml]
          profiles: [shared]
          ports: ["127.0.0.1:%2$d:5000"]
        node:
          image: faasbench-provision-test-node
          build: {context: "%1$s/nodes", args: {BASE: "${FAASBENCH_BASE:-debian:bookworm-slim}"}}
          profiles: [shared]
          ports: ["127.0.0.1:%3$d:22"]
          volumes: ["/var/run/docker.sock:/var/run/docker.sock", "things:/things"]
          environment:
            FAASBENCH_PROFILE: shared
            FAASBENCH_AUTHORIZED_KEY: ${FAASBENCH_AUTHORIZED_KEY:-}
          labels: {io.github.faasbench.node: n1, io.github.faasbench.profile: shared}
      volumes:
        things:
      """;

  @TempDir static Path folder;
  private final ProcessRunner processes = new SystemProcesses();
  private final List<String> progress = new ArrayList<>();
  private int registryPort;
  private int sshPort;
  private KeyPair key;
  private ComposeNodes.Up first;

  @BeforeAll
  void bringUp() throws Exception {
    registryPort = freePort();
    sshPort = freePort();
    String compose = COMPOSE.formatted(Path.of("").toAbsolutePath(), registryPort, sshPort);
    Files.writeString(folder.resolve("nodes.yml"), compose);
    key = KeyPair.in(folder.resolve(".faasbench"), processes);
    images().remove(PROJECT + "-node", progress::add); // of a stopped run
    first = up("shared");
  }

  @AfterAll
  void takeDown() throws Exception {
    nodes("shared").down(progress::add);
    for (String label : List.of("ps -aq", "volume ls -q", "network ls -q")) {
      var words = new ArrayList<>(List.of(label.split(" ")));
      words.addAll(List.of("--filter", "label=com.docker.compose.project=" + PROJECT));
      assertThat(new Docker(processes).lines(words.toArray(String[]::new))).isEmpty();
    }
    for (String image : first.imagesMade()) {
      images().remove(image, progress::add);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private ComposeNodes nodes(String profile) throws ProvisionException {
    return new ComposeNodes(
        new ClusterSpec("nodes.yml", profile),
        Optional.of(folder.resolve("experiment.yaml")),
        PROJECT,
        processes);
  }

  private ComposeNodes.Up up(String profile) throws Exception {
    var none = Optional.<String>empty();
    var spec =
        new NodeSpec(
            "n1",
            "127.0.0.1",
            sshPort,
            "sshuser",
            NodeSpec.Login.NONE,
            1,
            0,
            1,
            NodeSpec.Limits.NONE);
    return nodes(profile).up(List.of(spec), key.publicKey(), Duration.ofMinutes(2), progress::add);
  }

  private Images images() {
    return new Images(Optional.empty(), System.getenv(), processes);
  }

  @Test
  void absentNodesComeUpAndAreCounted() {
    assertThat(first.started()).isTrue();
    assertThat(first.nodes()).extracting(NodeContainer::name).containsExactly("n1");
    assertThat(first.imagesMade()).contains("faasbench-provision-test-node");
    assertThat(progress).contains("nodes ready: 1/1");
  }

  @Test
  void nodesThatAreUpAreLeftAsTheyAre() throws Exception {
    long begin = System.nanoTime();
    ComposeNodes.Up again = up("shared");
    System.out.printf("nodes already up: %.2f s%n", (System.nanoTime() - begin) / 1e9);
    assertThat(again.started()).isFalse();
    assertThat(again.nodes()).isEqualTo(first.nodes());
  }

  @Test
  void theOtherProfileIsRefused() {
    assertThatThrownBy(() -> up("isolated")).hasMessageContaining("nodes of profile shared are up");
  }

  @Test
  void theHostKeyIsTheOneThatTheServerShows() throws Exception {
    var keys = nodes("shared").hostKeys(first.nodes());
    var scan =
        processes.run(
            ProcessRunner.Command.of(
                Duration.ofSeconds(20),
                List.of("ssh-keyscan", "-t", "ed25519", "-p", "" + sshPort, "127.0.0.1")));
    assertThat(scan.output()).contains("[127.0.0.1]:" + sshPort + " " + keys.get(0).key());
  }

  @Test
  void ourKeyLetsUsIn() throws Exception {
    var login =
        processes.run(
            ProcessRunner.Command.of(
                Duration.ofSeconds(30),
                List.of(
                    ("ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -i "
                            + key.privateKey()
                            + " -p "
                            + sshPort
                            + " sshuser@127.0.0.1 id")
                        .split(" "))));
    assertThat(login.output()).hasSize(1).first().asString().contains("sshuser");
  }

  @Test
  void anImageIsBuiltWhenAbsentOrChangedAndLeavesThisMachine() throws Exception {
    Path context = Files.createDirectory(folder.resolve("function"));
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY hello /\n");
    Files.writeString(context.resolve("hello"), "hello\n");
    String image = "localhost:" + registryPort + "/provision-test";
    var build = Optional.of(new BuildSpec(context.toString(), Map.of()));
    var functions =
        List.of(new FunctionSpec("f", image, build, List.of("/hello"), Optional.empty()));

    assertThat(images().provide(functions, progress::add))
        .containsExactly(new Images.Provided("f", image, true, false));
    assertThat(images().provide(functions, progress::add).get(0).built()).isFalse();
    Files.writeString(context.resolve("hello"), "hello again\n");
    assertThat(images().provide(functions, progress::add).get(0).built()).isTrue();
    assertThat(new Docker(processes).lines("image", "ls", "-q", image)).isEmpty();
  }
}
