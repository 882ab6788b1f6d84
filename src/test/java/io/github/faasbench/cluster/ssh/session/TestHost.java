package io.github.faasbench.cluster.ssh.session;

import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.FileHostKeyCertificateProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.apache.sshd.server.shell.ProcessShellFactory;

/** An SSH server within the test's process. It notes who tried to log in, and how. */
final class TestHost implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  final SshServer server = SshServer.setUpDefaultServer();

  /** {@code METHOD USER DETAIL}, in order. */
  final ConcurrentLinkedQueue<String> tries = new ConcurrentLinkedQueue<>();

  private final Set<String> authorized = ConcurrentHashMap.newKeySet();

  /** A server that is not started, so that it can be changed before. */
  TestHost(Path... hostKeys) {
    CoreModuleProperties.TCP_NODELAY.set(server, true); // else 40 ms of delayed ACK a command
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(new FileKeyPairProvider(List.of(hostKeys)));
    server.setPublickeyAuthenticator(
        (user, key, session) -> {
          String line = PublicKeyEntry.toString(key);
          tries.add("publickey " + user + " " + line);
          return authorized.contains(line);
        });
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.setCommandFactory(
        (channel, command) ->
            new ProcessShellFactory(command, "/bin/sh", "-c", command).createShell(channel));
  }

  TestHost start() throws IOException {
    server.start();
    return this;
  }

  TestHost authorize(Path privateKey) throws IOException {
    String[] words = Files.readString(Path.of(privateKey + ".pub")).strip().split(" ");
    authorized.add(words[0] + " " + words[1]);
    return this;
  }

  /** Only passwords, sent as they are. */
  TestHost password() {
    server.setPublickeyAuthenticator(null);
    server.setPasswordAuthenticator(
        (user, password, session) -> {
          tries.add("password " + user);
          return password.equals(PASSWORD);
        });
    return this;
  }

  TestHost certificate(Path certificate) {
    server.setHostKeyCertificateProvider(new FileHostKeyCertificateProvider(certificate));
    return this;
  }

  /** A server that has never heard of the remedy for Terrapin. */
  TestHost withoutStrictKex() {
    server.setSessionFactory(
        new SessionFactory(server) {
          @Override
          protected ServerSessionImpl doCreateSession(IoSession connection) throws Exception {
            return new ServerSessionImpl(getServer(), connection) {
              @Override
              protected Map<KexProposalOption, String> doStrictKexProposal(
                  Map<KexProposalOption, String> proposal) {
                return proposal;
              }
            };
          }
        });
    return this;
  }

  int port() {
    return server.getPort();
  }

  String knownAs() {
    return "[127.0.0.1]:" + port();
  }

  NodeSpec node(NodeSpec.Login login) {
    return node("127.0.0.1", port(), "me", login);
  }

  static NodeSpec node(String host, int port, String user, NodeSpec.Login login) {
    return new NodeSpec("n1", host, port, user, login, Double.NaN, 0, 1, NodeSpec.Limits.NONE);
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
