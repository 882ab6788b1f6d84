package io.github.faasbench.cluster.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.experiment.NodeSpec;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Opens sessions to one node: who logs in, with what, and which host key is accepted. Its messages
 * name the host, the cause and the remedy, and hold no secret.
 */
final class SshLogin {
  private static final int CONNECT_MILLIS = 15_000;
  private static final int TRIES = 4;

  private final NodeSpec spec;
  private final SshCluster.Settings settings;
  private final Semaphore connecting;
  private final HostKeyCheck hostKeys;
  private final JSch jsch = new JSch();
  private String tried = "";
  private boolean identitiesAdded;

  SshLogin(NodeSpec spec, SshCluster.Settings settings, Semaphore connecting) {
    this.spec = spec;
    this.settings = settings;
    this.connecting = connecting;
    Path home = Path.of(System.getProperty("user.home", "/"), ".ssh", "known_hosts");
    this.hostKeys =
        new HostKeyCheck(
            KnownHosts.hostPort(spec.host(), spec.port()),
            spec.hostKey(),
            new KnownHosts(settings.stateFolder().resolve("known_hosts")),
            List.of(new KnownHosts(home)),
            line -> settings.log().accept(spec.name() + ": " + line));
  }

  String address() {
    return spec.host() + ":" + spec.port();
  }

  String user() {
    return spec.user();
  }

  String fingerprint() {
    return hostKeys.fingerprint();
  }

  /** A new session, logged in. */
  Session session() throws NodeException {
    connecting.acquireUninterruptibly(); // sshd drops connections above MaxStartups
    try {
      JSchException last = null;
      for (int attempt = 0; attempt < TRIES; attempt++) {
        try {
          return open();
        } catch (JSchException e) {
          last = e;
          if (!wasDropped(e)) {
            break;
          }
          Thread.sleep(100L << attempt);
        }
      }
      throw unreachable(explain(last));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted while connecting to " + address());
    } finally {
      connecting.release();
    }
  }

  private Session open() throws JSchException, NodeException {
    addIdentities();
    Session session = jsch.getSession(spec.user(), spec.host(), spec.port());
    session.setHostKeyRepository(hostKeys);
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setDaemonThread(true);
    session.setServerAliveInterval(5_000);
    session.setServerAliveCountMax(3);
    if (spec.passwordEnv().isPresent()) {
      session.setPassword(password(spec.passwordEnv().get()).getBytes(StandardCharsets.UTF_8));
      session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
    } else {
      session.setConfig("PreferredAuthentications", "publickey");
    }
    session.connect(CONNECT_MILLIS);
    return session;
  }

  private String password(String variable) throws NodeException {
    String password = settings.environment().apply(variable);
    if (password == null || password.isEmpty()) {
      throw unreachable(
          "passwordEnv names the environment variable "
              + variable
              + ", which is not set; set it, or give the node an identity");
    }
    return password;
  }

  private synchronized void addIdentities() throws NodeException {
    if (identitiesAdded) {
      return;
    }
    if (spec.identity().isPresent()) {
      addFile(settings.locate(spec.identity().get()));
    } else if (System.getenv("SSH_AUTH_SOCK") != null && spec.passwordEnv().isEmpty()) {
      try {
        jsch.setIdentityRepository(new AgentIdentityRepository(new SSHAgentConnector()));
        tried = "the SSH agent's keys";
      } catch (Exception e) { // AgentProxyException, and what its socket classes throw
        throw unreachable("the SSH agent at SSH_AUTH_SOCK can't be used: " + e.getMessage());
      }
    } else if (spec.passwordEnv().isEmpty()) {
      for (String name : List.of("id_ed25519", "id_ecdsa", "id_rsa")) {
        Path file = Path.of(System.getProperty("user.home", "/"), ".ssh", name);
        if (Files.isReadable(file)) {
          addFile(file);
        }
      }
      if (tried.isEmpty()) {
        throw unreachable(
            "no way to log in at "
                + address()
                + ": the node has neither identity nor passwordEnv, and there is no SSH agent");
      }
    }
    identitiesAdded = true;
  }

  private void addFile(Path file) throws NodeException {
    if (!Files.isReadable(file)) {
      throw unreachable(
          "the identity "
              + file
              + " can't be read; for nodes of the compose file,"
              + " `faasbench nodes up` makes it");
    }
    try {
      jsch.addIdentity(file.toString());
      tried += (tried.isEmpty() ? "" : ", ") + file;
    } catch (JSchException e) {
      throw unreachable(
          "the identity "
              + file
              + " can't be used ("
              + e.getMessage()
              + "); a key with a passphrase belongs into the SSH agent: ssh-add "
              + file);
    }
  }

  private static boolean wasDropped(JSchException e) {
    String text = String.valueOf(e.getMessage());
    return text.contains("Connection reset") || text.contains("connection is closed by foreign");
  }

  private String explain(JSchException e) {
    String where = address();
    if (hostKeys.problem() != null) {
      return "host key verification failed for " + where + ": " + hostKeys.problem();
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String text = String.valueOf(e.getMessage());
    if (cause instanceof UnknownHostException) {
      return "the host name '" + spec.host() + "' is not known; check `host` in the file";
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return "nothing answers at "
          + where
          + " ("
          + cause.getMessage()
          + "); is the node up and the port right? `faasbench nodes status` shows the tool's own";
    }
    if (cause instanceof SocketTimeoutException || text.contains("timeout")) {
      return "no SSH answer from "
          + where
          + " within "
          + CONNECT_MILLIS / 1000
          + " s; check the address, a firewall, and that an SSH server listens there";
    }
    if (text.startsWith("Auth")) {
      String with = spec.passwordEnv().map(v -> "the password of $" + v).orElse(tried);
      return "login as "
          + spec.user()
          + " at "
          + where
          + " was refused ("
          + text
          + "); tried "
          + (tried.isEmpty() || with.equals(tried) ? with : tried + " and " + with)
          + "; check the user, and that the node's authorized_keys has the public key";
    }
    return "no SSH connection to " + where + ": " + text;
  }

  private static NodeException unreachable(String message) {
    return new NodeException(NodeFailure.Kind.UNREACHABLE, message);
  }
}
