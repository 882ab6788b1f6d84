package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.ssh.session.Logins;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only OpenSSH's own server shows. */
@Tag("docker")
class RealSshTest {
  @TempDir Path state;

  private SshLink link() {
    return new SshLink(new Logins(RealNodes.settings(state)).to(RealNodes.node(3)));
  }

  @Test
  void aSignalIsToldApartFromALostConnection() throws Exception {
    try (SshLink link = link()) {
      RemoteCommand.Exit exit =
          link.exec("kill -9 $$", new OutputCapture(0), new OutputCapture(0)).await(10_000);
      assertThat(exit.signal()).isEqualTo("KILL");
      assertThat(exit.lost()).isFalse();
    }
  }

  @Test
  void aSocketThatIsNotThereIsExplained() {
    try (SshLink link = link()) {
      Optional<String> message = Optional.empty();
      try {
        link.socket("/var/run/no-such.sock");
      } catch (NodeException e) {
        message = Optional.of(e.getMessage());
      }
      assertThat(message.orElseThrow())
          .contains("/var/run/no-such.sock", "127.0.0.1:2203", "group docker", "engine: cli");
    }
  }

  @Test
  void theScriptIsSentToANodeThatLacksIt() throws Exception {
    try (SshLink link = link()) {
      String script = "while read -r line; do echo '{\"cpu\": 1.5, \"ram\": 2}'; done";
      LoadProbe probe = new LoadProbe(link, "/no/such/script.sh", script, new WallClockLoop());
      probe.connect();
      assertThat(probe.read().cpuPercent()).isEqualTo(1.5);
      assertThat(probe.source()).isEqualTo("sent over the connection");
    }
  }

  @Test
  void aLostProbeIsOpenedAgain() throws Exception {
    try (SshLink link = link()) {
      // Answers twice and ends: each reading after that needs a new process.
      String script = "for i in 1 2; do read -r line; echo '{\"cpu\": 1, \"ram\": 2}'; done";
      LoadProbe probe = new LoadProbe(link, "/no/such/script.sh", script, new WallClockLoop());
      probe.connect();
      for (int i = 0; i < 5; i++) {
        assertThat(probe.read().ramPercent()).isEqualTo(2);
      }
    }
  }
}
