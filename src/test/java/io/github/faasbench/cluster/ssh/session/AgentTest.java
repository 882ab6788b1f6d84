package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.NodeSpec.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With OpenSSH's own ssh-agent. */
class AgentTest {
  private static final String PASSPHRASE = "marked-passphrase";

  @TempDir Path folder;
  private TestHome home;
  private TestHost host;
  private Process agent;
  private Path socket;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
    host = new TestHost(home.key("host")).start();
    socket = folder.resolve("agent");
    agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("agent.log").toFile())
            .start();
    for (int i = 0; i < 500 && !Files.exists(socket); i++) {
      Thread.sleep(10);
    }
    home.environment.put("SSH_AUTH_SOCK", socket.toString());
  }

  @AfterEach
  void stop() throws Exception {
    agent.destroy();
    assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
    host.close();
  }

  private void add(Path key) throws Exception {
    var words = new ProcessBuilder("ssh-add", "-q", key.toString());
    words.environment().put("SSH_AUTH_SOCK", socket.toString());
    assertThat(words.start().waitFor()).isZero();
  }

  private String held() throws Exception {
    var words = new ProcessBuilder("ssh-add", "-l").redirectErrorStream(true);
    words.environment().put("SSH_AUTH_SOCK", socket.toString());
    return new String(words.start().getInputStream().readAllBytes());
  }

  /** A key with a passphrase that only the agent holds unlocked. */
  private Path lockedButHeld(String name, String... options) throws Exception {
    Path key = home.key(name, "", options);
    add(key);
    TestHome.run("ssh-keygen", "-q", "-p", "-N", PASSPHRASE, "-f", key.toString());
    return key;
  }

  @Test
  void itsKeysLogInWhereNoIdentityIsNamed() throws Exception {
    Path key = home.key("mine");
    add(key);
    Files.delete(key);
    host.authorize(key);
    assertThat(home.connect(host.node(Login.NONE)).authentication())
        .isEqualTo("publickey, agent: mine");
  }

  @Test
  void everyTypeOfKeySignsInTheAgent() throws Exception {
    host.server.setSignatureFactoriesNames(
        "ssh-ed25519", "ecdsa-sha2-nistp384", "rsa-sha2-256", "rsa-sha2-512");
    for (String type : new String[] {"rsa", "ecdsa", "ed25519"}) {
      Path key = home.key(type, "", "-t", type, "-b", type.equals("ecdsa") ? "384" : "2048");
      add(key);
      host.authorize(key);
      Login login = Login.NONE.identity(key.toString());
      Files.move(key, home.ssh(type + ".away"));
      assertThat(home.connect(host.node(login)).authentication())
          .isEqualTo("publickey, agent: " + type);
    }
  }

  @Test
  void aLockedKeyThatItHoldsNeedsNoPassphrase() throws Exception {
    Path key = lockedButHeld("mine", "-t", "ed25519");
    add(home.key("another"));
    host.authorize(key);
    Login login = Login.NONE.identity(key.toString());
    assertThat(home.connect(host.node(login)).authentication()).isEqualTo("publickey, agent: mine");
    assertThat(home.asked).isEmpty();
    assertThat(host.tries).isNotEmpty().allMatch(line -> line.contains(publicLine(key)));
  }

  @Test
  void aLockedPemKeyIsFoundInItByItsPublicFile() throws Exception {
    Path key = lockedButHeld("mine", "-t", "rsa", "-b", "2048", "-m", "PEM");
    host.authorize(key);
    assertThat(home.connect(host.node(Login.NONE.identity(key.toString()))).authentication())
        .startsWith("publickey, agent: ");
  }

  @Test
  void anIdentityWithoutPassphraseIsUsedAloneAndNeverPutIntoTheAgent() throws Exception {
    add(home.key("another"));
    String before = held();
    Path key = home.key("mine");
    host.authorize(key);
    assertThat(home.connect(host.node(Login.NONE.identity(key.toString()))).authentication())
        .isEqualTo("publickey, " + key);
    assertThat(host.tries).allMatch(line -> line.contains(publicLine(key)));
    assertThat(held()).isEqualTo(before);
  }

  @Test
  void identitiesOnlyOffersNoOtherKeyOfIt() throws Exception {
    Path key = lockedButHeld("mine", "-t", "ed25519");
    for (int i = 0; i < 8; i++) {
      add(home.key("other" + i));
    }
    host.authorize(key);
    home.config("Host *\n IdentitiesOnly yes\n IdentityFile ~/.ssh/mine\n");
    home.connect(host.node(Login.NONE));
    assertThat(host.tries).allMatch(line -> line.contains(publicLine(key)));
  }

  @Test
  void tooManyKeysAreExplained() throws Exception {
    for (int i = 0; i < 8; i++) {
      add(home.key("other" + i));
    }
    assertThatThrownBy(() -> home.connect(host.node(Login.NONE)))
        .hasMessageContaining("was refused")
        .hasMessageContaining("agent: other0, agent: other1")
        .hasMessageContaining("name the one key that fits as `identity`");
  }

  @Test
  void anAgentThatIsGoneIsNamedWhereNothingElseLogsIn() {
    home.environment.put("SSH_AUTH_SOCK", folder.resolve("gone").toString());
    assertThatThrownBy(() -> home.connect(host.node(Login.NONE)))
        .hasMessageContaining(
            "the SSH agent at " + folder.resolve("gone") + " (SSH_AUTH_SOCK) can't be used");
  }

  private static String publicLine(Path key) {
    try {
      return TestHome.publicLine(key);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
