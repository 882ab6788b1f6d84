package io.github.faasbench.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.Resident;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.cluster.ssh.session.LoginSettings;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More nodes than connect at once, some of which are dead. */
@Timeout(120)
class ManyNodesTest {
  private static final int NODES = 30;

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<PretendNode> servers = new ArrayList<>();
  private final List<NodeSpec> specs = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    for (int i = 0; i < NODES; i++) {
      servers.add(new PretendNode(i, keys.generateKeyPair(), threads));
      specs.add(servers.get(i).spec("n" + i));
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (PretendNode server : servers) {
      server.close();
    }
    threads.shutdownNow();
  }

  private SshCluster connect() throws Exception {
    LoginSettings login =
        new LoginSettings(
            folder,
            folder,
            folder.resolve("home"),
            name -> name.equals("SSH_AUTH_SOCK") ? null : PretendNode.PASSWORD,
            LoginSettings.Prompt.NOBODY,
            line -> {});
    return SshCluster.connect(specs, SshCluster.Settings.of(EngineKind.API, login, ""));
  }

  private static RunRequest request(int node) {
    return new RunRequest(
            "r" + node, "pretended", List.of(), Map.of(), "none", false, RunRequest.Demand.NONE)
        .with(new Resident(List.of("pretended"), List.of("1"), false));
  }

  private static Answer<Long> starting(SshCluster cluster, int node) {
    Node its = cluster.nodes().get(node);
    return Answer.to(cluster.loop(), done -> its.startWaiting(request(node), done));
  }

  private static Answer<CallResult> calling(SshCluster cluster, int node) {
    Node its = cluster.nodes().get(node);
    return Answer.to(cluster.loop(), done -> its.exec(request(node), done));
  }

  @Test
  void atMostEightConnectAtOnceToOneHostAndAllAreCalledAtOnce() throws Exception {
    PretendNode.MOST_LOGGING_IN.set(0);
    try (SshCluster cluster = connect()) {
      assertThat(PretendNode.MOST_LOGGING_IN.get()).isBetween(2, 8);
      List<Answer<Long>> starts = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        starts.add(starting(cluster, i));
      }
      starts.forEach(Answer::value);
      List<Answer<CallResult>> calls = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        calls.add(calling(cluster, i));
      }
      calls.forEach(call -> assertThat(call.value().exitCode()).isZero());
    }
  }

  @Test
  void aNodeThatFallsSilentKeepsNobodyWaiting() throws Exception {
    try (SshCluster cluster = connect()) {
      for (int i = 0; i < NODES; i++) {
        starting(cluster, i).value();
      }
      servers.get(7).fallSilent();
      Answer<CallResult> silent = calling(cluster, 7);
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < NODES; i++) {
          if (i != 7) {
            assertThat(calling(cluster, i).value().exitCode()).isZero();
          }
        }
      }
      assertThat(silent.isThere()).isFalse();
    }
  }

  @Test
  void aNodeThatNeverGreetsIsTheOnlyOneNamed() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0)) {
      Path config = Files.writeString(folder.resolve("config"), "Host *\n  ConnectTimeout 1\n");
      NodeSpec like = specs.get(0);
      NodeSpec.Login login = like.login().sshConfig(config.toString());
      specs.add(
          3,
          new NodeSpec(
              "deaf",
              like.host(),
              deaf.getLocalPort(),
              like.user(),
              login,
              like.cpu(),
              like.memoryBytes(),
              1,
              NodeSpec.Limits.NONE));
      assertThatThrownBy(this::connect)
          .hasMessageContaining("deaf")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\bn\\d"));
      assertThat(PretendNode.LOGGING_IN.get()).isZero();
    }
  }
}
