package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.NodeSpec.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdentityTest {
  private static final String PASSPHRASE = "marked-passphrase-é7";

  @TempDir Path folder;
  private TestHome home;
  private TestHost host;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
    host = new TestHost(home.key("host")).start();
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
    assertThat(home.log + "" + home.asked).doesNotContain(PASSPHRASE);
  }

  static Stream<Arguments> kinds() {
    return Stream.of("", "PEM", "PKCS8")
        .flatMap(
            format ->
                Stream.of(
                        List.of("-t", "ed25519"),
                        List.of("-t", "ecdsa", "-b", "256"),
                        List.of("-t", "ecdsa", "-b", "384"),
                        List.of("-t", "ecdsa", "-b", "521"),
                        List.of("-t", "rsa", "-b", "2048"))
                    .filter(type -> format.isEmpty() || !type.contains("ed25519"))
                    .map(
                        type ->
                            Stream.concat(
                                    type.stream(),
                                    format.isEmpty() ? Stream.empty() : Stream.of("-m", format))
                                .toList()))
        .flatMap(
            options -> Stream.of(Arguments.of(options, ""), Arguments.of(options, PASSPHRASE)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindOfKeyLogsIn(List<String> options, String passphrase) throws Exception {
    // A server as of today: RSA keys must not sign with SHA-1.
    host.server.setSignatureFactoriesNames(
        "ssh-ed25519",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "rsa-sha2-256",
        "rsa-sha2-512");
    Path key = home.key("mine", passphrase, options.toArray(String[]::new));
    host.authorize(key);
    home.environment.put("PHRASE", passphrase);
    Login login = Login.NONE.identity(key.toString());
    Negotiated negotiated =
        home.connect(host.node(passphrase.isEmpty() ? login : login.passphraseEnv("PHRASE")));
    assertThat(negotiated.authentication()).isEqualTo("publickey, " + key);
  }

  @Test
  void aKeyOnP384WithAShortNumberLogsIn() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair pair = generator.generateKeyPair();
    while (((ECPrivateKey) pair.getPrivate()).getS().bitLength() > 47 * 8 - 1) { // one of 512
      pair = generator.generateKeyPair();
    }
    Path key = pkcs8("short", pair);
    TestHome.run("ssh-keygen", "-p", "-q", "-N", "", "-f", key.toString()); // OpenSSH's format
    Files.writeString(Path.of(key + ".pub"), TestHome.run("ssh-keygen", "-yf", key.toString()));
    host.authorize(key);
    home.connect(host.node(Login.NONE.identity(key.toString())));
  }

  private Path pkcs8(String name, KeyPair pair) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    Path key = home.ssh(name);
    Files.writeString(
        key, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return key;
  }

  @Test
  void anEd25519KeyInPkcs8LogsIn() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path key = pkcs8("pkcs8", pair);
    byte[] point = pair.getPublic().getEncoded();
    byte[] blob = new byte[4 + 11 + 4 + 32];
    System.arraycopy(new byte[] {0, 0, 0, 11}, 0, blob, 0, 4);
    System.arraycopy("ssh-ed25519".getBytes("US-ASCII"), 0, blob, 4, 11);
    blob[18] = 32;
    System.arraycopy(point, point.length - 32, blob, 19, 32);
    Files.writeString(
        Path.of(key + ".pub"), "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob) + " x\n");
    host.authorize(key);
    home.connect(host.node(Login.NONE.identity(key.toString())));
  }

  @Test
  void aWrongPassphraseInTheEnvironmentIsToldAndCostsNoLogin() throws Exception {
    Path key = home.key("mine", PASSPHRASE, "-t", "ed25519");
    host.authorize(key);
    home.environment.put("PHRASE", "wrong-secret");
    Login login = Login.NONE.identity(key.toString()).passphraseEnv("PHRASE");
    assertThatThrownBy(() -> home.connect(host.node(login)))
        .isInstanceOf(LoginException.class)
        .hasMessage("the passphrase in $PHRASE is not that of " + key + "; correct the variable");
    assertThat(host.tries).isEmpty();
  }

  @Test
  void aPassphraseVariableThatIsNotSetIsNamed() throws Exception {
    Path key = home.key("mine", PASSPHRASE, "-t", "ed25519");
    Login login = Login.NONE.identity(key.toString()).passphraseEnv("PHRASE");
    assertThatThrownBy(() -> home.connect(host.node(login)))
        .hasMessageContaining("PHRASE, which is not set; set it to the passphrase of " + key);
  }

  @Test
  void aPassphraseIsAskedForOnceForAllNodesAndWiped() throws Exception {
    Path key = home.key("mine", PASSPHRASE, "-t", "ed25519");
    host.authorize(key);
    home.typed.add(PASSPHRASE);
    Logins logins = new Logins(home.settings());
    for (int i = 0; i < 3; i++) {
      try (SshLogin login = logins.to(host.node(Login.NONE.identity(key.toString())))) {
        login.session().disconnect();
      }
    }
    assertThat(home.asked).containsExactly("passphrase of " + key + " (for 127.0.0.1): ");
    assertThat(home.secrets).singleElement().isEqualTo(new char[PASSPHRASE.length()]);
  }

  @Test
  void afterThreeWrongPassphrasesItEndsAndNothingWasSent() throws Exception {
    Path key = home.key("mine", PASSPHRASE, "-t", "rsa", "-b", "2048", "-m", "PKCS8");
    home.typed.addAll(List.of("a", "b", "c", PASSPHRASE));
    assertThatThrownBy(() -> home.connect(host.node(Login.NONE.identity(key.toString()))))
        .hasMessage("none of the 3 passphrases typed is that of " + key + "; nothing was sent");
    assertThat(host.tries).isEmpty();
  }

  @Test
  void withoutTerminalALockedKeySaysWhatToDo() throws Exception {
    Path key = home.key("mine", PASSPHRASE, "-t", "ed25519");
    assertThatThrownBy(() -> home.connect(host.node(Login.NONE.identity(key.toString()))))
        .hasMessageContaining(key + " has a passphrase, and there is no terminal")
        .hasMessageContaining("ssh-add " + key)
        .hasMessageContaining("passphraseEnv");
  }

  @Test
  void whatIsNoKeyIsNamed() throws Exception {
    Path file = Files.writeString(home.ssh("note"), "buy milk\n");
    assertThatThrownBy(() -> home.connect(host.node(Login.NONE.identity(file.toString()))))
        .hasMessageContaining("the identity " + file + " can't be used")
        .hasMessageContaining("OpenSSH's, PEM and PKCS8");
  }

  @Test
  void withoutIdentityTheUsualKeysAreTried() throws Exception {
    home.key("id_rsa", "", "-t", "rsa", "-b", "2048");
    Path key = home.key("id_ecdsa", "", "-t", "ecdsa");
    host.authorize(key);
    assertThat(home.connect(host.node(Login.NONE)).authentication()).isEqualTo("publickey, " + key);
  }

  @Test
  void withNoKeyAtAllItSaysWhereItLooked() {
    assertThatThrownBy(() -> home.connect(host.node(Login.NONE)))
        .hasMessageContaining("no key to log in with at me@127.0.0.1:" + host.port())
        .hasMessageContaining(home.ssh("id_ed25519").toString())
        .hasMessageContaining("there is no SSH agent");
  }

  @Test
  void aKeyThatIsNotAuthorizedIsNamed() throws Exception {
    Path key = home.key("mine");
    assertThatThrownBy(() -> home.connect(host.node(Login.NONE.identity(key.toString()))))
        .hasMessageContaining("login as me at 127.0.0.1:" + host.port() + " was refused")
        .hasMessageContaining("tried " + key)
        .hasMessageContaining("authorized_keys");
  }
}
