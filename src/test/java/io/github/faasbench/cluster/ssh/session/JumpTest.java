package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.Session;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.experiment.NodeSpec.Login;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two jump hosts and a node behind them. */
@Timeout(60)
class JumpTest {
  @TempDir Path folder;
  private TestHome home;
  private Path mine;
  private TestHost one;
  private TestHost two;
  private TestHost node;
  private Login login;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
    mine = home.key("mine");
    one = new TestHost(home.key("one")).authorize(mine).start();
    two = new TestHost(home.key("two")).authorize(mine).start();
    node = new TestHost(home.key("node")).authorize(mine).start();
    login =
        Login.NONE
            .identity(mine.toString())
            .jump(List.of("gate@127.0.0.1:" + one.port(), "127.0.0.1:" + two.port()));
  }

  @AfterEach
  void stop() throws Exception {
    for (TestHost host : List.of(one, two, node)) {
      host.close();
    }
  }

  @Test
  void aNodeIsReachedThroughAChainAndEveryHostKeyIsChecked() throws Exception {
    Negotiated negotiated = home.connect(node.node(login));
    assertThat(negotiated.facts().get("ssh"))
        .isEqualTo(
            "me@127.0.0.1:%d through gate@127.0.0.1:%d, me@127.0.0.1:%d"
                .formatted(node.port(), one.port(), two.port()));
    assertThat(one.tries).allMatch(line -> line.startsWith("publickey gate"));
    assertThat(Files.readAllLines(home.knownHosts()))
        .extracting(line -> line.split(" ")[0])
        .containsExactly(one.knownAs(), two.knownAs(), node.knownAs());
  }

  @Test
  void nodesOfOneAddressAreOneMachineWhateverTheirPortsUnlessTheirWayDiffers() throws Exception {
    home.config("Host lab\n  HostName 127.0.0.1\n  Port 2202\n  User me\n");
    Login keyed = Login.NONE.identity(mine.toString());
    String direct = machine("127.0.0.1", 2201, keyed);
    assertThat(machine("lab", 0, keyed)).isEqualTo(direct);
    assertThat(machine("LOCALHOST", 2203, keyed)).isEqualTo(direct);
    assertThat(machine("10.0.0.7", 22, keyed)).isNotEqualTo(direct);
    String behind = machine("127.0.0.1", 22, login);
    assertThat(behind).isNotEqualTo(direct);
    assertThat(machine("127.0.0.1", 2222, login)).isEqualTo(behind);
    assertThat(machine("127.0.0.1", 22, login.jump(List.of("gate@127.0.0.1:" + one.port()))))
        .isNotEqualTo(behind);
  }

  private String machine(String host, int port, Login with) throws Exception {
    NodeSpec plain = node.node(with);
    var spec =
        new NodeSpec(
            plain.name(),
            host,
            port,
            plain.user(),
            with,
            plain.cpu(),
            plain.memoryBytes(),
            plain.weight(),
            plain.limits());
    try (SshLogin to = home.login(spec)) {
      to.prepare();
      return to.machine();
    }
  }

  @Test
  void aliasesOfTheConfigurationJumpToo() throws Exception {
    home.config(
        """
        Host lab
          HostName 127.0.0.1
          Port %d
          User me
          IdentityFile %s
          ProxyJump second
        Host first second
          HostName 127.0.0.1
          User gate
          IdentityFile %2$s
        Host first
          Port %d
        Host second
          Port %d
          ProxyJump first
        """
            .formatted(node.port(), mine, one.port(), two.port()));
    NodeSpec alias = TestHost.node("lab", 0, "", Login.NONE);
    assertThat(home.connect(alias).through())
        .containsExactly("gate@127.0.0.1:" + one.port(), "gate@127.0.0.1:" + two.port());
  }

  @Test
  void aChangedHostKeyOfAJumpHostStops() throws Exception {
    String line = two.knownAs() + " " + TestHome.publicLine(home.key("old")) + "\n";
    Files.writeString(home.knownHosts(), line);
    assertThatThrownBy(() -> home.connect(node.node(login.hostKey("off"))))
        .hasMessageContaining("host key verification failed for 127.0.0.1:" + two.port())
        .hasMessageContaining("HAS CHANGED");
    assertThat(two.tries).isEmpty();
    assertThat(node.tries).isEmpty();
  }

  @Test
  void aJumpHostThatIsLostIsConnectedAgain() throws Exception {
    try (SshLogin logins = home.login(node.node(login))) {
      Session first = logins.session();
      one.server.getActiveSessions().forEach(session -> session.close(true));
      for (int i = 0; i < 1_200 && first.isConnected(); i++) {
        Thread.sleep(50);
      }
      assertThat(first.isConnected()).isFalse();
      assertThat(TestHome.echo(logins.session(), "back")).isEqualTo("back");
    }
    for (int i = 0; i < 1_200 && !one.server.getActiveSessions().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(one.server.getActiveSessions()).as("after close()").isEmpty();
  }

  @Test
  void aSessionInTheMomentOfTheLossIsOpenedOnANewWay() throws Exception {
    home.config("Host *\n  ConnectTimeout 1\n"); // so long a dying connection may be asked in vain
    try (SshLogin logins = home.login(node.node(login))) {
      logins.session();
      for (int i = 0; i < 5; i++) {
        for (var session : two.server.getActiveSessions()) {
          session.close(true).await();
        }
        assertThat(TestHome.echo(logins.session(), "back")).isEqualTo("back");
      }
    }
  }

  @Test
  void severalSessionsShareTheWay() throws Exception {
    try (SshLogin logins = home.login(node.node(login))) {
      for (int i = 0; i < 3; i++) {
        assertThat(TestHome.echo(logins.session(), "n" + i)).isEqualTo("n" + i);
      }
      assertThat(one.server.getActiveSessions()).hasSize(1);
      assertThat(two.server.getActiveSessions()).hasSize(1);
      assertThat(node.server.getActiveSessions()).hasSize(3);
    }
  }

  @Test
  void aJumpHostThatForwardsNothingSaysSo() {
    two.server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    assertThatThrownBy(() -> home.connect(node.node(login)))
        .hasMessageContaining("the jump host does not connect to 127.0.0.1:" + node.port())
        .hasMessageContaining("AllowTcpForwarding");
  }

  @Test
  void aSilentNodeBehindAJumpHostIsGivenUp() throws Exception {
    home.config("ConnectTimeout 1\n");
    try (ServerSocket silent = new ServerSocket(0)) {
      NodeSpec spec = TestHost.node("127.0.0.1", silent.getLocalPort(), "me", login);
      assertThatThrownBy(() -> home.connect(spec))
          .hasMessageContaining(
              "no SSH answer from 127.0.0.1:" + silent.getLocalPort() + " within 1 s");
    }
  }
}
