package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.Session;
import io.github.faasbench.experiment.NodeSpec.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marked secrets, wherever a login takes them, and everything that it says, writes or starts. */
class SecretsTest {
  private static final String MARK = "s3cr3t-mark";

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private TestHome home;
  private TestHost host;
  private Path key;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
    key = home.key("mine", MARK + "-passphrase", "-t", "ed25519");
    host = new TestHost(home.key("host")).authorize(key);
  }

  @AfterEach
  void nothingToldThem() throws Exception {
    host.close();
    assertThat(said).isNotEmpty();
    assertThat(String.join("\n", said) + home.log + home.asked).doesNotContain(MARK);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .as(file.toString())
                      .doesNotContain(MARK));
    }
  }

  private static String processes() {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> numbers = Files.list(Path.of("/proc"))) {
      numbers
          .filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .forEach(path -> all.append(commandLine(path)).append('\n'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  /** Everything that a caller can see of a login that succeeds. */
  private void succeeds(Login login) throws Exception {
    host.start();
    try (SshLogin logins = home.login(host.node(login))) {
      Session session = logins.session();
      said.add(logins.negotiated() + " " + logins.negotiated().facts() + logins.address());
      said.add(processes());
      session.disconnect();
    }
  }

  private void fails(Login login) throws Exception {
    host.start();
    try (SshLogin logins = home.login(host.node(login))) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(logins::session)
            .isInstanceOf(LoginException.class)
            .satisfies(e -> said.add(e + " " + List.of(e.getStackTrace()) + e.getCause()));
      }
    }
  }

  private Login byKey() {
    return Login.NONE.identity(key.toString());
  }

  @Test
  void thePassphraseOfAVariable() throws Exception {
    home.environment.put("PHRASE", MARK + "-passphrase");
    succeeds(byKey().passphraseEnv("PHRASE"));
  }

  @Test
  void aWrongPassphraseOfAVariable() throws Exception {
    home.environment.put("PHRASE", MARK + "-wrong");
    fails(byKey().passphraseEnv("PHRASE"));
  }

  @Test
  void thePassphraseThatIsTyped() throws Exception {
    home.typed.add(MARK + "-passphrase");
    succeeds(byKey());
  }

  @Test
  void wrongPassphrasesThatAreTyped() throws Exception {
    home.typed.addAll(List.of(MARK, MARK, MARK, MARK, MARK, MARK));
    fails(byKey());
    assertThat(home.secrets)
        .hasSize(6)
        .allMatch(typed -> new String(typed).chars().allMatch(c -> c == 0));
  }

  @Test
  void thePasswordOfAVariable() throws Exception {
    host.server.setPasswordAuthenticator((user, word, session) -> word.equals(MARK));
    home.environment.put("NODE_PASSWORD", MARK);
    succeeds(Login.NONE.passwordEnv("NODE_PASSWORD"));
  }

  @Test
  void aWrongPasswordOfAVariable() throws Exception {
    host.password();
    home.environment.put("NODE_PASSWORD", MARK + "-wrong");
    fails(Login.NONE.passwordEnv("NODE_PASSWORD"));
  }
}
