package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.github.faasbench.cluster.ssh.session.Logins;
import io.github.faasbench.cluster.ssh.session.Negotiated;
import io.github.faasbench.cluster.ssh.session.SshLogin;
import io.github.faasbench.experiment.NodeSpec;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the node that faasbench makes lets nobody do, tried on a real one. */
@Tag("docker")
@Timeout(60)
class LeastPrivilegeTest {
  private static final NodeSpec NODE = RealNodes.node(3);

  @TempDir Path state;
  private SshLogin login;
  private Session session;

  @BeforeEach
  void connect() throws Exception {
    login = new Logins(RealNodes.settings(state)).to(NODE);
    session = login.session();
  }

  @AfterEach
  void disconnect() {
    session.disconnect();
    login.close();
  }

  @Test
  void itIsReachedByKeyAndModernAlgorithms() {
    Negotiated negotiated = login.negotiated();
    assertThat(negotiated.authentication()).startsWith("publickey, ");
    assertThat(negotiated.strict()).isTrue();
    assertThat(negotiated.hostKey()).startsWith("ssh-ed25519 SHA256:");
    assertThat(negotiated.cipher()).isEqualTo("aes128-gcm@openssh.com");
  }

  @Test
  void theEnginesSocketIsForwarded() throws Exception {
    try (SshLink link = new SshLink(new Logins(RealNodes.settings(state)).to(NODE));
        HttpConnection engine = link.socket("/var/run/docker.sock")) {
      engine.send("GET", "/_ping", null, false);
      assertThat(engine.answer(5_000_000_000L).status()).isEqualTo(200);
    }
  }

  @Test
  void noOtherSocketAndNoAddressIsForwarded() throws Exception {
    try (SshLink link = new SshLink(new Logins(RealNodes.settings(state)).to(NODE))) {
      for (String path : List.of("/run/containerd/containerd.sock", "/run/docker.sock")) {
        assertThatThrownBy(() -> link.socket(path)).hasMessageContaining("can't be reached");
      }
    }
    for (String host : List.of("127.0.0.1", "localhost", "registry", "/var/run/docker.sock")) {
      for (int port : List.of(22, 5055, 5000)) {
        Channel channel = session.getStreamForwarder(host, port);
        assertThatThrownBy(() -> channel.connect(5_000))
            .as("%s:%d", host, port)
            .isInstanceOf(JSchException.class);
        // Reason 1 of RFC 4254 section 5.1: administratively prohibited, so nothing was tried.
        if (!host.startsWith("/")) {
          assertThat(channel.getExitStatus()).as("%s:%d", host, port).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void nothingIsForwardedBack() {
    assertThatThrownBy(() -> session.setPortForwardingR(0, "127.0.0.1", 22))
        .isInstanceOf(JSchException.class);
    assertThat(ssh("-N", "-R", "/tmp/back.sock:/tmp/none"))
        .contains("remote port forwarding failed");
  }

  @Test
  void onlyItsUserLogsInAndOnlyByKey() {
    assertThat(sshAs("root", "true")).contains("Permission denied (publickey)");
    assertThat(sshAs("nobody", "true")).contains("Permission denied (publickey)");
    assertThat(
            ssh(
                "-o",
                "PubkeyAuthentication=no",
                "-o",
                "PreferredAuthentications=none,password,keyboard-interactive",
                "true"))
        .contains("Permission denied (publickey)");
  }

  @Test
  void noAgentNoDisplayNoTunnelNoEnvironmentNoScriptOfTheUser() {
    assertThat(ssh("-A", "-X", "echo [$SSH_AUTH_SOCK$DISPLAY]")).contains("[]");
    assertThat(ssh("-N", "-w", "0:0")).containsIgnoringCase("tun");
    assertThat(ssh("-o", "SetEnv=LD_PRELOAD=x LC_FOO=y", "echo [$LD_PRELOAD$LC_FOO]"))
        .contains("[]");
    String rc = "echo 'echo ran' > ~/.ssh/rc; echo FOO=x > ~/.ssh/environment";
    assertThat(ssh(rc)).doesNotContain("ran");
    assertThat(ssh("echo [$FOO]; rm ~/.ssh/rc ~/.ssh/environment"))
        .contains("[]")
        .doesNotContain("ran");
  }

  @Test
  void fromOutsideThisMachineNobodyReachesIt() throws Exception {
    List<InetAddress> outside = new ArrayList<>();
    for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(card.getInetAddresses())) {
        if (address instanceof Inet4Address && !address.isLoopbackAddress() && card.isUp()) {
          outside.add(address);
        }
      }
    }
    assertThat(outside).as("addresses of this machine").isNotEmpty();
    for (InetAddress address : outside) {
      for (int port : List.of(2201, 2202, 2203, 2204, 5055)) {
        try (Socket socket = new Socket()) {
          assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 2_000))
              .as("%s:%d", address, port)
              .isInstanceOf(ConnectException.class);
        }
      }
    }
  }

  private String ssh(String... words) {
    return sshAs("sshuser", words);
  }

  /** OpenSSH's client; options before the host, the last word is the command unless it is one. */
  private String sshAs(String user, String... words) {
    String key = NODE.login().identity().orElseThrow();
    List<String> all = new ArrayList<>(List.of("ssh", "-F", "none", "-i", key));
    for (String option :
        List.of(
            "BatchMode=yes",
            "IdentitiesOnly=yes",
            "ExitOnForwardFailure=yes",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null")) {
      all.addAll(List.of("-o", option));
    }
    all.addAll(List.of("-p", String.valueOf(NODE.port())));
    List<String> given = new ArrayList<>(List.of(words));
    boolean noCommand = given.contains("-N");
    String command = noCommand ? null : given.remove(given.size() - 1);
    all.addAll(given);
    all.add(user + "@" + NODE.host());
    if (command != null) {
      all.add(command);
    }
    try {
      Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
