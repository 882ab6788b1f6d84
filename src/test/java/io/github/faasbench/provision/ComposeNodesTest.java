package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.ClusterSpec;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.ProcessRunner.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeNodesTest {

  private static final String KEY = "ssh-ed25519 AAAAkey faasbench";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final FakeRunner docker = new FakeRunner();
  private final List<String> progress = new ArrayList<>();
  private ServerSocket ssh;

  /** Takes connections without a word, as Docker's proxy does for a node that is not ready. */
  private volatile boolean silent;

  /** Greets as an SSH server does. */
  @BeforeEach
  void greet() throws Exception {
    Files.writeString(folder.resolve("nodes.yml"), "services: {}\n");
    ssh = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var greeter =
        new Thread(
            () -> {
              while (true) {
                try (var client = ssh.accept()) {
                  if (!silent) {
                    client
                        .getOutputStream()
                        .write("SSH-2.0-fake\r\n".getBytes(StandardCharsets.US_ASCII));
                  }
                } catch (java.io.IOException e) {
                  return;
                }
              }
            });
    greeter.setDaemon(true);
    greeter.start();
  }

  @AfterEach
  void close() throws Exception {
    ssh.close();
  }

  private ComposeNodes nodes(String profile) throws ProvisionException {
    return new ComposeNodes(
        new ClusterSpec(folder.resolve("nodes.yml").toString(), profile),
        Optional.empty(),
        "faasbench",
        docker);
  }

  private NodeSpec spec(int port) {
    var none = Optional.<String>empty();
    return new NodeSpec(
        "n1", "127.0.0.1", port, "sshuser", NodeSpec.Login.NONE, 0.5, 0, 1, NodeSpec.Limits.NONE);
  }

  private String container(String state, String profile, String from, String key) {
    return String.join(
        "\t",
        "id1",
        "node-1",
        state,
        from,
        "n1",
        profile,
        state.equals("running") ? "127.0.0.1 " + ssh.getLocalPort() + "," : "",
        "127.0.0.1 " + ssh.getLocalPort() + ",",
        "faasbench-node",
        "[\"FAASBENCH_AUTHORIZED_KEY=" + key + "\"]");
  }

  private String registry() {
    return "id2\tregistry\trunning\t" + folder + "\t<no value>\t<no value>\t\t\tregistry\t[]";
  }

  private void up(String... containers) {
    docker.on("docker ps", 0, "id1", "id2").on("docker inspect", 0, containers);
  }

  private void composeBringsUp(String... containers) {
    docker.on(
        "docker-compose -p",
        command -> {
          up(containers);
          return new Outcome(0, false, List.of(), List.of());
        });
  }

  private ComposeNodes.Up bringUp(String profile) throws Exception {
    return nodes(profile).up(List.of(spec(ssh.getLocalPort())), KEY, LIMIT, progress::add);
  }

  @Test
  void nodesThatAreUpAreLeftAsTheyAre() throws Exception {
    up(container("running", "isolated", folder.toString(), KEY), registry());
    ComposeNodes.Up result = bringUp("isolated");
    assertThat(result.started()).isFalse();
    assertThat(result.nodes()).extracting(NodeContainer::name).containsExactly("n1");
    assertThat(docker.texts()).hasSize(2).noneMatch(text -> text.contains("compose -p"));
    assertThat(progress).isEmpty();
  }

  @Test
  void absentNodesAreBroughtUpWithTheKeyInTheEnvironmentOnly() throws Exception {
    docker
        .on("docker compose version", 1)
        .on("docker buildx", 1)
        .on("docker image ls", 0, "debian:bookworm-slim", "registry:latest");
    composeBringsUp(container("running", "isolated", folder.toString(), KEY), registry());
    ComposeNodes.Up result = bringUp("isolated");
    assertThat(result.started()).isTrue();
    assertThat(result.imagesMade()).containsExactly("faasbench-node");
    var compose =
        docker.commands.stream().filter(c -> c.toString().contains(" up ")).findFirst().get();
    assertThat(compose)
        .hasToString(
            "docker-compose -p faasbench -f "
                + folder.resolve("nodes.yml")
                + " --profile isolated up -d --build");
    assertThat(compose.environment())
        .containsEntry("FAASBENCH_AUTHORIZED_KEY", KEY)
        .containsEntry("DOCKER_BUILDKIT", "0");
    assertThat(progress).last().isEqualTo("nodes ready: 1/1");
  }

  @Test
  void composeVersion2IsPreferred() throws Exception {
    docker.on("docker compose version", 0, "v2").on("docker ps", 0, "id1");
    docker.on("docker inspect", 0, container("exited", "isolated", folder.toString(), KEY));
    assertThat(nodes("isolated").down(progress::add)).containsExactly("n1");
    assertThat(docker.texts())
        .last()
        .isEqualTo(
            "docker compose -p faasbench -f "
                + folder.resolve("nodes.yml")
                + " --profile isolated --profile shared down --volumes --remove-orphans");
  }

  @Test
  void nodesAreFoundByTheirKeyAndEndedByTheFileThatMadeThem() throws Exception {
    up(registry(), container("exited", "isolated", folder.toString(), KEY));
    docker.on("docker inspect --format {{index .Config.Labels", 0, "nodes.yml");
    docker.on("docker compose version", 1);
    ComposeNodes found = ComposeNodes.lettingIn(KEY, "faasbench", docker).orElseThrow();
    assertThat(found.down(progress::add)).containsExactly("n1", "registry");
    assertThat(docker.texts())
        .anyMatch(
            text ->
                text.startsWith("docker-compose -p faasbench -f " + folder.resolve("nodes.yml"))
                    && text.contains(" down --volumes"));
    assertThat(ComposeNodes.lettingIn(KEY + "2", "faasbench", docker)).isEmpty();
    Files.delete(folder.resolve("nodes.yml"));
    assertThatThrownBy(() -> found.down(progress::add))
        .hasMessageContaining("nodes.yml, which brought the nodes up, is gone: end them by docker");
  }

  @Test
  void nodesWithAnotherKeyAreBroughtUpAnew() throws Exception {
    docker.on("docker compose version", 1);
    up(container("running", "isolated", folder.toString(), "ssh-ed25519 AAAAold x"));
    composeBringsUp(container("running", "isolated", folder.toString(), KEY));
    assertThat(bringUp("isolated").started()).isTrue();
  }

  @Test
  void nodesOfTheOtherProfileAreNamedWithTheCommand() {
    up(container("running", "shared", folder.toString(), KEY));
    assertThatThrownBy(() -> bringUp("isolated"))
        .hasMessage(
            "nodes of profile shared are up and the experiment asks for isolated: take them down"
                + " first: ./faasbench nodes down");
  }

  @Test
  void nodesOfAnotherFolderAreNamedWithTheCommandAndNotTakenDown() {
    up(container("running", "isolated", "/home/other", KEY));
    assertThatThrownBy(() -> bringUp("isolated"))
        .hasMessageContaining("nodes of another folder (/home/other)")
        .hasMessageContaining("cd /home/other && ./faasbench nodes down");
    assertThatThrownBy(() -> nodes("isolated").down(progress::add))
        .hasMessageContaining("nodes of another folder (/home/other)");
    assertThat(docker.texts()).noneMatch(text -> text.contains(" down "));
  }

  @Test
  void aNodeThatTheComposeFileDoesNotPublishIsNamed() {
    docker.on("docker compose version", 1);
    composeBringsUp(container("running", "isolated", folder.toString(), KEY));
    assertThatThrownBy(() -> nodes("isolated").up(List.of(spec(1)), KEY, LIMIT, progress::add))
        .hasMessageContaining("node n1 of the experiment is at 127.0.0.1:1, and ")
        .hasMessageContaining("publishes 127.0.0.1:" + ssh.getLocalPort());
  }

  @Test
  void aNodeThatEndsAtItsStartIsShownWithItsLog() {
    docker
        .on("docker compose version", 1)
        .on("docker logs", 0, "ERROR: cannot renew the cgroup mount");
    composeBringsUp(container("exited", "isolated", folder.toString(), KEY));
    assertThatThrownBy(() -> bringUp("isolated"))
        .hasMessageContaining("n1 is exited right after its start; its log ends:")
        .hasMessageContaining("ERROR: cannot renew the cgroup mount");
  }

  @Test
  void aNodeThatStaysSilentIsGivenUpAtTheLimit() throws Exception {
    docker.on("docker compose version", 1).on("docker logs", 0, "starting");
    composeBringsUp(container("running", "isolated", folder.toString(), KEY));
    silent = true;
    assertThatThrownBy(
            () ->
                nodes("isolated")
                    .up(
                        List.of(spec(ssh.getLocalPort())),
                        KEY,
                        Duration.ofMillis(300),
                        progress::add))
        .hasMessageContaining("does not answer on SSH at 127.0.0.1:")
        .hasMessageContaining("starting");
  }

  @Test
  void hostKeysComeThroughTheEngine() throws Exception {
    up(container("running", "isolated", folder.toString(), KEY));
    docker.on("docker exec id1 cat", 0, "ssh-ed25519 AAAAhost root@x");
    var nodes = nodes("isolated");
    assertThat(nodes.hostKeys(nodes.status()))
        .containsExactly(
            new ComposeNodes.HostKey("127.0.0.1", ssh.getLocalPort(), "ssh-ed25519 AAAAhost"));
  }

  @Test
  void aStoppedEngineAndAMissingDockerAreToldApart() {
    docker.on(
        "docker ps", 1, "Cannot connect to the Docker daemon at unix:///var/run/docker.sock.");
    assertThatThrownBy(() -> nodes("isolated").status())
        .hasMessageContaining("`docker ps -aq")
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("Start the Docker engine");
    docker.on("docker ps", ProcessRunner.NOT_FOUND);
    assertThatThrownBy(() -> nodes("isolated").status())
        .hasMessageContaining("`docker` is not installed here");
  }

  @Test
  void aMissingComposeFileIsTheUsersMistake() {
    assertThatThrownBy(
            () ->
                new ComposeNodes(
                    new ClusterSpec("no.yml", "shared"),
                    Optional.of(folder.resolve("e.yaml")),
                    "faasbench",
                    docker))
        .isInstanceOfSatisfying(
            ProvisionException.class,
            e -> assertThat(e.kind()).isEqualTo(ProvisionException.Kind.MISTAKE))
        .hasMessageContaining("the compose file no.yml is neither in the working directory")
        .hasMessageContaining("nor in the experiment file's folder");
  }
}
