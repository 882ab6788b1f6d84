package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.ssh.session.LoginSettings;
import io.github.faasbench.cluster.ssh.session.Logins;
import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.helpers.AbstractConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.shell.ProcessShellFactory;

/** An SSH server within the test's process; it runs commands by /bin/sh and takes one password. */
final class TestSshServer implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  private final SshServer server = SshServer.setUpDefaultServer();
  private KeyPair hostKey;

  TestSshServer() throws Exception {
    this("");
  }

  /**
   * @param prelude put before every command, in the same shell
   */
  TestSshServer(String prelude) throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    hostKey = keys.generateKeyPair();
    CoreModuleProperties.TCP_NODELAY.set(server, true); // else 40 ms of delayed ACK a command
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
    server.setCommandFactory(
        (channel, command) ->
            new ProcessShellFactory(prelude + command, "/bin/sh", "-c", prelude + command)
                .createShell(channel));
    server.start();
  }

  int port() {
    return server.getPort();
  }

  String fingerprint() {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic());
  }

  byte[] key() {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(hostKey.getPublic());
    return buffer.getCompactData();
  }

  /** The public key as in a {@code .pub} file. */
  String keyLine() {
    return "ecdsa-sha2-nistp256 " + Base64.getEncoder().encodeToString(key());
  }

  NodeSpec node(Optional<String> hostKeyMode) {
    NodeSpec.Login login = NodeSpec.Login.NONE.passwordEnv("NODE_PASSWORD");
    return new NodeSpec(
        "n1",
        "127.0.0.1",
        port(),
        "someone",
        hostKeyMode.map(login::hostKey).orElse(login),
        Double.NaN,
        0,
        1,
        NodeSpec.Limits.NONE);
  }

  /** With a home of its own, and the password in every variable. */
  static LoginSettings settings(Path state, String password, Consumer<String> log) {
    return new LoginSettings(
        state,
        state,
        state.resolve("home"),
        name -> name.equals("SSH_AUTH_SOCK") ? null : password,
        LoginSettings.Prompt.NOBODY,
        log);
  }

  /** A link that logs in with the right password. */
  SshLink link(Path state, Optional<String> hostKeyMode, Consumer<String> log) {
    return new SshLink(new Logins(settings(state, PASSWORD, log)).to(node(hostKeyMode)));
  }

  /** Refuses commands beyond so many a session, as sshd does by its MaxSessions. */
  void mostCommands(int most) {
    server.setChannelFactories(
        List.of(
            new ChannelSessionFactory() {
              @Override
              public Channel createChannel(Session session) {
                return new ChannelSession() {
                  @Override
                  public OpenFuture open(long to, long window, long packet, Buffer buffer) {
                    var service =
                        (AbstractConnectionService) session.getService(ConnectionService.class);
                    if (service.getChannels().size() <= most) { // with this one
                      return super.open(to, window, packet, buffer);
                    }
                    OpenFuture refused = new DefaultOpenFuture(this, futureLock);
                    refused.setException(new SshChannelOpenException(to, 2, "open failed"));
                    return refused;
                  }
                };
              }
            }));
  }

  /** Sessions that are logged in. */
  int sessions() {
    return server.getActiveSessions().size();
  }

  /** Cuts all connections; new ones are taken. */
  void dropSessions() {
    server.getActiveSessions().forEach(session -> session.close(true));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
