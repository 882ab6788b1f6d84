package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.NodeSpec.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with an ed25519 and an RSA host key, by ssh-keygen. */
class HostKeyTest {
  @TempDir Path folder;
  private TestHome home;
  private Path ed25519;
  private Path rsa;
  private Path mine;
  private TestHost host;
  private Login login;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
    ed25519 = home.key("host_ed25519");
    rsa = home.key("host_rsa", "", "-t", "rsa", "-b", "2048");
    mine = home.key("mine");
    host = new TestHost(ed25519, rsa).authorize(mine);
    login = Login.NONE.identity(mine.toString());
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private Negotiated connect(Login how) throws Exception {
    if (!host.server.isStarted()) {
      host.start();
    }
    return home.connect(host.node(how));
  }

  private void known(Path file, String mark, Path key) throws Exception {
    host.start();
    String line = mark + host.knownAs() + " " + TestHome.publicLine(key) + "\n";
    Files.writeString(file, line);
  }

  @Test
  void anUnknownHostIsTrustedOnFirstUseAndThenKnown() throws Exception {
    assertThat(connect(login).trust()).isEqualTo("trusted on first use");
    Negotiated again = connect(login);
    assertThat(again.trust()).isEqualTo("known in " + home.knownHosts() + ":1");
    assertThat(again.hostKey()).isEqualTo("ssh-ed25519 " + TestHome.fingerprint(ed25519));
  }

  @Test
  void theTypeThatIsKnownIsAskedFor() throws Exception {
    known(home.ssh("known_hosts"), "", rsa);
    Negotiated negotiated = connect(login);
    assertThat(negotiated.hostKey()).isEqualTo("ssh-rsa " + TestHome.fingerprint(rsa));
    assertThat(negotiated.trust()).isEqualTo("known in " + home.ssh("known_hosts") + ":1");
  }

  @Test
  void aFingerprintOfAnyOfItsKeysIsFound() throws Exception {
    for (Path key : List.of(rsa, ed25519)) {
      Negotiated negotiated = connect(login.hostKey(TestHome.fingerprint(key)));
      assertThat(negotiated.hostKey()).endsWith(TestHome.fingerprint(key));
      assertThat(negotiated.trust()).isEqualTo("the experiment's hostKey");
    }
    host.tries.clear();
    String other = TestHome.fingerprint(mine);
    assertThatThrownBy(() -> connect(login.hostKey(other)))
        .hasMessageContaining("IS NOT THE ONE EXPECTED")
        .hasMessageContaining(other);
    assertThat(host.tries).isEmpty();
  }

  @Test
  void aChangedKeyStopsWhateverTheConfigurationSays() throws Exception {
    known(home.ssh("known_hosts"), "", home.key("old"));
    home.config("StrictHostKeyChecking no\nUserKnownHostsFile ~/.ssh/known_hosts /dev/null\n");
    assertThatThrownBy(() -> connect(login))
        .hasMessageContaining("WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!")
        .hasMessageContaining("shows ssh-ed25519 " + TestHome.fingerprint(ed25519))
        .hasMessageContaining(
            home.ssh("known_hosts")
                + ":1 says ssh-ed25519 "
                + TestHome.fingerprint(home.ssh("old")))
        .hasMessageContaining("ssh-keygen -R '" + host.knownAs() + "'");
    assertThat(host.tries).isEmpty();
    assertThat(home.knownHosts()).doesNotExist();
  }

  @Test
  void aHostThatIsCalledByAPatternIsNotTrustedOnFirstUse() throws Exception {
    home.config("HostKeyAlias *\n");
    assertThatThrownBy(() -> connect(login))
        .hasMessageContaining("calls the host '*'")
        .hasMessageContaining("not trusted on first use; correct HostKeyAlias");
    assertThat(host.tries).isEmpty();
    assertThat(home.knownHosts()).doesNotExist();
  }

  @Test
  void aLineForEveryHostInOurFileLetsNoChangedKeyIn() throws Exception {
    host.start();
    Path old = home.key("old");
    Files.createDirectories(home.knownHosts().getParent());
    Files.writeString(
        home.knownHosts(),
        "* "
            + TestHome.publicLine(ed25519)
            + "\n"
            + host.knownAs()
            + " "
            + TestHome.publicLine(old)
            + "\n");
    assertThatThrownBy(() -> connect(login)).hasMessageContaining("HAS CHANGED");
    assertThat(host.tries).isEmpty();
  }

  @Test
  void aHostThatHidesItsKnownKeyBehindAnotherTypeStops() throws Exception {
    known(home.knownHosts(), "", home.key("old", "", "-t", "ecdsa"));
    assertThatThrownBy(() -> connect(login))
        .hasMessageContaining("HAS CHANGED")
        .hasMessageContaining("says ecdsa-sha2-nistp256");
  }

  @Test
  void aRevokedKeyStopsInEveryMode() throws Exception {
    known(home.ssh("known_hosts"), "@revoked ", ed25519);
    Files.writeString(
        home.knownHosts(), host.knownAs() + " " + TestHome.publicLine(ed25519) + "\n");
    for (Login how :
        List.of(login, login.hostKey("off"), login.hostKey(TestHome.fingerprint(ed25519)))) {
      assertThatThrownBy(() -> connect(how))
          .hasMessageContaining("is marked @revoked in " + home.ssh("known_hosts") + ":1");
    }
    assertThat(host.tries).isEmpty();
  }

  @Test
  void aStrictConfigurationTrustsNobodyOnFirstUse() throws Exception {
    home.config("StrictHostKeyChecking yes\n");
    assertThatThrownBy(() -> connect(login))
        .hasMessageContaining(TestHome.fingerprint(ed25519))
        .hasMessageContaining("StrictHostKeyChecking yes");
    assertThat(home.knownHosts()).doesNotExist();
  }

  @Test
  void manySessionsAtOnceWriteAKeyDownOnce() throws Exception {
    host.start();
    var threads = Executors.newCachedThreadPool();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(threads.submit(() -> connect(login)));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
    assertThat(home.log).filteredOn(line -> line.contains("on first use")).isNotEmpty();
    assertThat(Files.readAllLines(home.knownHosts()))
        .containsExactly(host.knownAs() + " " + TestHome.publicLine(ed25519));
  }

  /** Signs the host's ed25519 key. */
  private Path certify(Path authority, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("ssh-keygen", "-q", "-s", authority.toString()));
    words.addAll(List.of("-I", "node-one", "-h"));
    words.addAll(List.of(options));
    words.add(ed25519 + ".pub");
    TestHome.run(words.toArray(String[]::new));
    Path certificate = Path.of(ed25519 + "-cert.pub");
    host.certificate(certificate);
    return certificate;
  }

  private void trust(Path authority) throws Exception {
    host.start();
    String line = "@cert-authority [127.0.0.*]:* " + TestHome.publicLine(authority) + "\n";
    Files.writeString(home.ssh("known_hosts"), line);
  }

  @Test
  void aCertificateByATrustedAuthorityIsBelievedAndNothingWritten() throws Exception {
    for (String[] type : List.of(new String[] {"-t", "ed25519"}, new String[] {"-t", "rsa"})) {
      host = new TestHost(ed25519, rsa).authorize(mine);
      Path authority = home.key("ca" + type[1], "", type);
      certify(authority, "-n", "127.0.0.1", "-V", "-1h:+1h");
      trust(authority);
      Negotiated negotiated = connect(login);
      assertThat(negotiated.hostKey()).isEqualTo("ssh-ed25519-cert-v01@openssh.com");
      assertThat(negotiated.trust())
          .isEqualTo("certificate, signed by an authority of " + home.ssh("known_hosts") + ":1");
      assertThat(home.knownHosts()).doesNotExist();
      host.close();
    }
  }

  @Test
  void aCertificateThatIsNotInOrderStops() throws Exception {
    Path authority = home.key("ca");
    certify(authority, "-n", "127.0.0.1", "-V", "-2h:-1h");
    trust(authority);
    assertThatThrownBy(() -> connect(login)).hasMessageContaining("not valid (expired");
    certify(authority, "-n", "192.0.2.1", "-V", "-1h:+1h");
    assertThatThrownBy(() -> connect(login)).hasMessageContaining("invalid principal");
    certify(home.key("stranger"), "-n", "127.0.0.1", "-V", "-1h:+1h");
    assertThatThrownBy(() -> connect(login))
        .hasMessageContaining("host certificate verification failed for 127.0.0.1:")
        .hasMessageContaining("Certification Authority not in the known hosts");
    assertThat(host.tries).isEmpty();
    assertThat(home.knownHosts()).doesNotExist();
  }

  @Test
  void aRevokedAuthorityStops() throws Exception {
    Path authority = home.key("ca");
    certify(authority, "-n", "127.0.0.1", "-V", "-1h:+1h");
    trust(authority);
    Files.writeString(home.knownHosts(), "@revoked * " + TestHome.publicLine(authority) + "\n");
    assertThatThrownBy(() -> connect(login)).hasMessageContaining("revoked");
    assertThat(host.tries).isEmpty();
  }

  @Test
  void aPlainKeyWhereACertificateIsWantedStops() throws Exception {
    trust(home.key("ca"));
    assertThatThrownBy(() -> connect(login))
        .hasMessageContaining(home.ssh("known_hosts") + ":1 wants a host certificate")
        .hasMessageContaining(TestHome.fingerprint(ed25519));
    assertThat(host.tries).isEmpty();
  }

  @Test
  void aCertificateOfAHostWithoutAuthorityIsNotAskedFor() throws Exception {
    certify(home.key("ca"), "-n", "127.0.0.1", "-V", "-1h:+1h");
    assertThat(connect(login).hostKey()).isEqualTo("ssh-ed25519 " + TestHome.fingerprint(ed25519));
  }
}
