package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.ssh.session.KnownHosts;
import io.github.faasbench.cluster.ssh.session.LoginSettings;
import io.github.faasbench.cluster.ssh.session.Logins;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshLinkTest {
  @TempDir Path state;
  private final List<String> log = new ArrayList<>();
  private TestSshServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestSshServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private SshLink link(Optional<String> hostKey) {
    return server.link(state, hostKey, log::add);
  }

  private Path knownHosts() {
    return state.resolve("known_hosts");
  }

  private String hostPort() {
    return "[127.0.0.1]:" + server.port();
  }

  @Test
  void anUnknownHostKeyIsTrustedOnceAndWrittenDown() throws Exception {
    try (SshLink link = link(Optional.empty())) {
      assertThat(link.ask("echo hello", 10_000)).isEqualTo("hello\n");
    }
    assertThat(Files.readString(knownHosts()))
        .isEqualTo(hostPort() + " " + server.keyLine() + "\n");
    assertThat(log).singleElement().asString().contains(server.fingerprint());
    try (SshLink again = link(Optional.empty())) {
      again.connect();
    }
    assertThat(Files.readAllLines(knownHosts())).hasSize(1);
    assertThat(log).hasSize(1);
  }

  @Test
  void aChangedHostKeyStopsAndNamesFileLineAndRemedy() throws Exception {
    try (TestSshServer other = new TestSshServer()) {
      Files.writeString(knownHosts(), "# mine\n" + hostPort() + " " + other.keyLine() + "\n");
      try (SshLink link = link(Optional.empty())) {
        assertThatThrownBy(link::connect)
            .isInstanceOf(NodeException.class)
            .hasMessageContaining("REMOTE HOST IDENTIFICATION HAS CHANGED")
            .hasMessageContaining(server.fingerprint())
            .hasMessageContaining(
                knownHosts() + ":2 says ecdsa-sha2-nistp256 " + other.fingerprint())
            .hasMessageContaining("ssh-keygen -R '" + hostPort() + "' -f " + knownHosts());
      }
      assertThat(Files.readAllLines(knownHosts())).hasSize(2);
    }
  }

  @Test
  void aHashedEntryIsKnown() throws Exception {
    new KnownHosts(knownHosts()).pin(hostPort(), server.keyLine());
    Process hash =
        new ProcessBuilder("ssh-keygen", "-H", "-f", knownHosts().toString())
            .redirectErrorStream(true)
            .start();
    assertThat(hash.waitFor()).isZero();
    assertThat(Files.readString(knownHosts())).startsWith("|1|");
    try (SshLink link = link(Optional.empty())) {
      link.connect();
    }
    assertThat(log).isEmpty();
  }

  @Test
  void aFingerprintIsInsistedOn() throws Exception {
    try (SshLink link = link(Optional.of(server.fingerprint()))) {
      link.connect();
    }
    try (SshLink link = link(Optional.of("SHA256:0000000000000000000000000000000000000000000"))) {
      assertThatThrownBy(link::connect)
          .hasMessageContaining("the node shows " + server.fingerprint())
          .hasMessageContaining("hostKey is SHA256:0000");
    }
    assertThat(knownHosts()).doesNotExist();
  }

  @Test
  void aFingerprintBeatsAStaleFile() throws Exception {
    try (TestSshServer other = new TestSshServer()) {
      new KnownHosts(knownHosts()).pin(hostPort(), other.keyLine());
    }
    try (SshLink link = link(Optional.of(server.fingerprint()))) {
      link.connect();
    }
  }

  @Test
  void offChecksNothingAndWritesNothing() throws Exception {
    try (SshLink link = link(Optional.of("off"))) {
      link.connect();
    }
    assertThat(knownHosts()).doesNotExist();
  }

  @Test
  void aRevokedKeyStops() throws Exception {
    Files.writeString(knownHosts(), "@revoked * " + server.keyLine() + "\n");
    try (SshLink link = link(Optional.empty())) {
      assertThatThrownBy(link::connect).hasMessageContaining("@revoked in " + knownHosts() + ":1");
    }
  }

  @Test
  void aWrongPasswordIsNamedByItsVariableOnly() {
    LoginSettings settings = TestSshServer.settings(state, "secret-guess", log::add);
    SshLink link = new SshLink(new Logins(settings).to(server.node(Optional.empty())));
    assertThatThrownBy(link::connect)
        .hasMessageContaining("login as someone at 127.0.0.1:" + server.port() + " was refused")
        .hasMessageContaining("$NODE_PASSWORD")
        .hasMessageNotContaining("secret-guess");
  }

  @Test
  void aMissingPasswordVariableIsNamed() {
    LoginSettings settings = TestSshServer.settings(state, null, log::add);
    SshLink link = new SshLink(new Logins(settings).to(server.node(Optional.empty())));
    assertThatThrownBy(link::connect).hasMessageContaining("NODE_PASSWORD, which is not set");
  }

  @Test
  void aMissingIdentityIsNamed() {
    LoginSettings settings = TestSshServer.settings(state, null, log::add);
    NodeSpec spec = spec("127.0.0.1", server.port(), "no/such/key");
    assertThatThrownBy(new SshLink(new Logins(settings).to(spec))::connect)
        .hasMessageContaining("the identity " + state.resolve("no/such/key") + " can't be read");
  }

  @Test
  void aClosedPortAndAnUnknownNameAreToldApart() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    var settings =
        new SshCluster.Settings(
            EngineKind.CLI,
            TestSshServer.settings(state, "x", log::add),
            "/no.sock",
            "",
            Optional.empty(),
            SshCluster.Needs.LOAD);
    NodeSpec refused = server.node(Optional.empty());
    assertThatThrownBy(
            () ->
                SshCluster.connect(
                    List.of(
                        renamed(refused, "first", "127.0.0.1", closed),
                        renamed(refused, "second", "no-such-host.invalid", 22)),
                    settings))
        .isInstanceOfSatisfying(
            ConnectFailedException.class,
            e -> {
              assertThat(e.failures()).hasSize(2);
              assertThat(e.failures().get(0).address()).isEqualTo("127.0.0.1:" + closed);
              assertThat(e.failures().get(0).message()).contains("nothing answers at 127.0.0.1:");
              assertThat(e.failures().get(1).node()).isEqualTo("second");
              assertThat(e.failures().get(1).message()).contains("'no-such-host.invalid'");
              assertThat(e.getMessage().lines()).hasSize(2);
            });
  }

  private static NodeSpec renamed(NodeSpec node, String name, String host, int port) {
    return new NodeSpec(
        name,
        host,
        port,
        node.user(),
        node.login(),
        node.cpu(),
        node.memoryBytes(),
        node.weight(),
        node.limits());
  }

  private static NodeSpec spec(String host, int port, String identity) {
    return new NodeSpec(
        "n1",
        host,
        port,
        "someone",
        NodeSpec.Login.NONE.identity(identity),
        1,
        0,
        1,
        NodeSpec.Limits.NONE);
  }

  @Test
  void exitStatusAndBothStreamsArrive() throws Exception {
    try (SshLink link = link(Optional.empty())) {
      OutputCapture out = new OutputCapture(1000);
      OutputCapture err = new OutputCapture(1000);
      RemoteCommand.Exit exit =
          link.exec("echo out; echo err >&2; exit 42", out, err).await(10_000);
      assertThat(exit.status()).isEqualTo(42);
      assertThat(exit.lost()).isFalse();
      assertThat(out.text()).isEqualTo("out\n");
      assertThat(err.text()).isEqualTo("err\n");
    }
  }

  @Test
  void standardInputReachesTheCommand() throws Exception {
    try (SshLink link = link(Optional.empty())) {
      OutputCapture out = new OutputCapture(1000);
      RemoteCommand command = link.exec("read line; echo got $line", out, new OutputCapture(0));
      command.stdin().write("text\n".getBytes(StandardCharsets.UTF_8));
      command.stdin().flush();
      assertThat(command.await(10_000).status()).isZero();
      assertThat(out.text()).isEqualTo("got text\n");
    }
  }

  @Test
  void aCommandThatDoesNotEndIsGivenUp() throws Exception {
    try (SshLink link = link(Optional.empty())) {
      RemoteCommand command = link.exec("sleep 5", new OutputCapture(0), new OutputCapture(0));
      assertThatThrownBy(() -> command.await(200)).hasMessageContaining("no end within");
    }
  }

  @Test
  void aDyingServerReleasesTheLatch() throws Exception {
    try (SshLink link = link(Optional.empty())) {
      RemoteCommand command = link.exec("sleep 5", new OutputCapture(0), new OutputCapture(0));
      server.close();
      assertThatThrownBy(() -> command.await(5_000)).hasMessageContaining("connection broke");
    }
  }

  @Test
  void manyCommandsAtOnceAllGetTheirOwnStatus() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (SshLink link = link(Optional.empty())) {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String command = "exit " + i;
        ends.add(
            threads.submit(
                () ->
                    link.exec(command, new OutputCapture(0), new OutputCapture(0))
                        .await(60_000)
                        .status()));
      }
      for (int i = 0; i < ends.size(); i++) {
        assertThat(ends.get(i).get()).isEqualTo(i);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aSessionCarriesFiveCommandsAndMoreSessionsTheOthers() throws Exception {
    try (SshLink link = link(Optional.empty())) {
      List<RemoteCommand> commands = waiting(link, 12);
      assertThat(server.sessions()).isEqualTo(3);
      end(commands);
    }
  }

  @Test
  void aServerThatAllowsFewerCommandsASessionGetsFewer() throws Exception {
    server.mostCommands(2);
    try (SshLink link = link(Optional.empty())) {
      List<RemoteCommand> commands = waiting(link, 9);
      assertThat(server.sessions()).isEqualTo(5);
      end(commands);
      // The server may not have noticed all ends yet, and refuse once more.
      end(waiting(link, 9));
      assertThat(server.sessions()).isBetween(5, 9);
    }
  }

  private static List<RemoteCommand> waiting(SshLink link, int count) throws Exception {
    List<RemoteCommand> commands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      OutputCapture out = new OutputCapture(100);
      commands.add(link.exec("read line; exit 7", out, new OutputCapture(0)));
    }
    return commands;
  }

  private static void end(List<RemoteCommand> commands) throws Exception {
    for (RemoteCommand command : commands) {
      command.stdin().write('\n');
      command.stdin().flush();
    }
    for (RemoteCommand command : commands) {
      assertThat(command.await(20_000).status()).isEqualTo(7);
    }
  }

  @Test
  void aLostSessionIsOpenedAnewForTheNextCommand() throws Exception {
    try (SshLink link = link(Optional.empty())) {
      link.connect();
      server.dropSessions();
      assertThat(link.ask("echo back", 10_000)).isEqualTo("back\n");
    }
  }
}
