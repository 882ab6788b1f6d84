package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.NodeSpec.Login;
import java.nio.file.Path;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordTest {
  @TempDir Path folder;
  private final Login login = Login.NONE.passwordEnv("NODE_PASSWORD");
  private TestHome home;
  private TestHost host;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
    host = new TestHost(home.key("host")).password().start();
    home.environment.put("NODE_PASSWORD", TestHost.PASSWORD);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void aPasswordLogsInAndIsNamedByItsMethodOnly() throws Exception {
    host.server.setKeyboardInteractiveAuthenticator(KeyboardInteractiveAuthenticator.NONE);
    Negotiated negotiated = home.connect(host.node(login));
    assertThat(negotiated.authentication()).isEqualTo("password");
    assertThat(negotiated.toString()).doesNotContain(TestHost.PASSWORD);
  }

  @Test
  void aServerThatAsksForItInADialogueGetsItToo() throws Exception {
    CoreModuleProperties.AUTH_METHODS.set(host.server, "keyboard-interactive");
    host.server.setKeyboardInteractiveAuthenticator(
        DefaultKeyboardInteractiveAuthenticator.INSTANCE);
    assertThat(home.connect(host.node(login)).authentication()).isEqualTo("keyboard-interactive");
  }

  /** Many accounts are locked after a few failures, and a run asks for sessions again and again. */
  @Test
  void aWrongPasswordIsSentOnceAndNeverAgain() throws Exception {
    host.server.setKeyboardInteractiveAuthenticator(
        DefaultKeyboardInteractiveAuthenticator.INSTANCE);
    home.environment.put("NODE_PASSWORD", "marked-guess");
    try (SshLogin logins = home.login(host.node(login))) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(logins::session)
            .hasMessageContaining("login as me at 127.0.0.1:" + host.port() + " was refused")
            .hasMessageContaining("the password of $NODE_PASSWORD")
            .hasMessageNotContaining("marked-guess");
      }
      assertThatThrownBy(logins::session).hasMessageContaining("not tried again");
    }
    assertThat(host.tries).containsExactly("password me");
  }

  @Test
  void aWrongPasswordInADialogueIsSentOnce() throws Exception {
    CoreModuleProperties.AUTH_METHODS.set(host.server, "keyboard-interactive");
    host.server.setKeyboardInteractiveAuthenticator(
        DefaultKeyboardInteractiveAuthenticator.INSTANCE);
    home.environment.put("NODE_PASSWORD", "marked-guess");
    assertThatThrownBy(() -> home.connect(host.node(login))).hasMessageContaining("was refused");
    assertThat(host.tries).containsExactly("password me");
  }
}
