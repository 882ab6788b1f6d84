package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import io.github.faasbench.experiment.NodeSpec.Login;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.server.ServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlgorithmsTest {
  @TempDir Path folder;
  private TestHome home;
  private TestHost host;
  private Login login;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
    home.key("host", "", "-t", "rsa", "-b", "2048");
    Path mine = home.key("mine");
    host = another();
    login = Login.NONE.identity(mine.toString());
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private TestHost another() throws Exception {
    if (host != null) {
      host.close();
    }
    return new TestHost(home.ssh("host")).authorize(home.ssh("mine"));
  }

  private Negotiated connect() throws Exception {
    host.start();
    return home.connect(host.node(login));
  }

  @Test
  void whatWasNegotiatedIsTold() throws Exception {
    Negotiated negotiated = connect();
    assertThat(negotiated.facts())
        .containsEntry("ssh", "me@127.0.0.1:" + host.port())
        .containsEntry("login by", "publickey, " + home.ssh("mine"))
        .containsEntry("host key", "ssh-rsa " + TestHome.fingerprint(home.ssh("host")))
        .containsEntry("host key trust", "trusted on first use")
        .hasEntrySatisfying("key exchange", it -> assertThat(it).endsWith("-sha256, strict"))
        .containsEntry("cipher", "aes128-gcm@openssh.com, its own MAC");
    assertThat(negotiated.server()).startsWith("SSH-2.0-APACHE-SSHD");
  }

  @Test
  void nothingOldIsOfferedWhateverTheLibrarysDefaultsAre() throws Exception {
    for (boolean strict : new boolean[] {true, false}) {
      Session session = new JSch().getSession("me", "host");
      Algorithms.offer(session, true, Set.of(), strict);
      String all = "";
      for (String key :
          List.of(
              "kex",
              "server_host_key",
              "cipher.c2s",
              "cipher.s2c",
              "mac.c2s",
              "mac.s2c",
              "PubkeyAcceptedAlgorithms",
              "ca_signature_algorithms")) {
        all += "," + session.getConfig(key);
      }
      assertThat(List.of(all.substring(1).split(",")))
          .noneMatch(
              name ->
                  name.matches(
                      "ssh-rsa.*|ssh-dss.*|.*sha1.*|.*-cbc.*|.*3des.*|.*md5.*|.*arcfour.*"
                          + "|.*group1-.*|chacha20.*|none"))
          .anyMatch(name -> name.equals("hmac-sha2-256"));
      assertThat(all.contains("-etm")).isEqualTo(strict);
    }
  }

  @Test
  @SuppressWarnings("deprecation") // which is what they are wanted for
  void aServerWithAnOldKeyExchangeOnlyIsExplained() {
    host.server.setKeyExchangeFactories(
        List.of(
            ServerBuilder.DH2KEX.apply(BuiltinDHFactories.dhg14),
            ServerBuilder.DH2KEX.apply(BuiltinDHFactories.dhg1)));
    assertThatThrownBy(this::connect)
        .hasMessageContaining("127.0.0.1:" + host.port())
        .hasMessageContaining("only key exchange algorithms that are too old")
        .hasMessageContaining("diffie-hellman-group14-sha1,diffie-hellman-group1-sha1")
        .hasMessageContaining("faasbench takes ")
        .hasMessageContaining("update the node's SSH server");
  }

  @Test
  void aServerWithOldCiphersOrMacsOrHostKeysOnlyIsExplained() throws Exception {
    host.server.setCipherFactoriesNames("aes256-cbc", "3des-cbc");
    assertThatThrownBy(this::connect)
        .hasMessageContaining("only ciphers that are too old")
        .hasMessageContaining("aes256-cbc");
    host = another();
    host.server.setCipherFactoriesNames("aes128-ctr");
    host.server.setMacFactoriesNames("hmac-sha1", "hmac-md5");
    assertThatThrownBy(this::connect)
        .hasMessageContaining("only MACs that are too old")
        .hasMessageContaining("hmac-sha1");
    host = another();
    host.server.setSignatureFactoriesNames("ssh-rsa");
    assertThatThrownBy(this::connect)
        .hasMessageContaining("only host key algorithms that are too old")
        .hasMessageContaining("ssh-rsa");
    assertThat(host.tries).isEmpty();
  }

  @Test
  void encryptThenMacIsForServersWithStrictKeyExchange() throws Exception {
    host.server.setCipherFactoriesNames("aes128-ctr");
    assertThat(connect().facts())
        .hasEntrySatisfying("key exchange", it -> assertThat(it).endsWith("-sha256, strict"))
        .containsEntry("cipher", "aes128-ctr, MAC hmac-sha2-256-etm@openssh.com");
  }

  @Test
  void aServerWithoutStrictKeyExchangeGetsNone() throws Exception {
    host.withoutStrictKex();
    host.server.setCipherFactoriesNames("aes128-ctr");
    assertThat(connect().facts())
        .hasEntrySatisfying("key exchange", it -> assertThat(it).endsWith("-sha256, not strict"))
        .containsEntry("cipher", "aes128-ctr, MAC hmac-sha2-256");
    host = another().withoutStrictKex();
    host.server.setCipherFactoriesNames("aes128-ctr");
    host.server.setMacFactoriesNames("hmac-sha2-256-etm@openssh.com");
    assertThatThrownBy(this::connect).hasMessageContaining("only MACs that are too old or not");
  }
}
