package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchStrictKexException;
import com.jcraft.jsch.Logger;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Logs in to one host: a node, or a jump host before it. */
final class HostLogin {
  private static final String SUCCEEDED = "Authentication succeeded (";

  private final Hop hop;
  private final LoginSettings settings;
  private final OfferedKeys keys;
  private final String node;
  private final KnownHosts own;
  private final JSch jsch = new JSch();
  private volatile boolean strict = true;
  private volatile HostKeyCheck check;
  private volatile String method = "";
  private volatile String refused;

  /**
   * @param node the node's name, for the log
   */
  HostLogin(Hop hop, LoginSettings settings, OfferedKeys keys, String node) {
    this.hop = hop;
    this.settings = settings;
    this.keys = keys;
    this.node = node;
    this.own = new KnownHosts(settings.stateFolder().resolve("known_hosts"));
  }

  Hop hop() {
    return hop;
  }

  OfferedKeys keys() {
    return keys;
  }

  /**
   * Connects and logs in, once; other connections before it may have ended at the host key. What
   * the server can't do is remembered for the next session.
   *
   * @param sockets makes the connection; null: directly
   */
  Session open(SocketFactory sockets) throws JSchException, LoginException {
    if (refused != null) {
      throw new LoginException(
          refused + " (before; not tried again, or the account may be locked)");
    }
    Set<String> without = new HashSet<>();
    JSchException unexpected = null;
    while (true) {
      HostKeyCheck checked = new HostKeyCheck(hop, own, this::log);
      Session session = session(sockets, checked, without);
      try {
        ConnectLimit.connect(session, hop.connectSeconds() * 1_000);
        if (checked.type().isEmpty()) {
          checked.certified(session.getServerHostKeyAlgorithm());
        }
        check = checked;
        return session;
      } catch (JSchStrictKexException e) {
        if (!strict) {
          throw e;
        }
        strict = false;
      } catch (JSchAlgoNegoFailException e) {
        if (unexpected != null) {
          throw unexpected; // it has no other host key
        }
        throw e;
      } catch (JSchException e) {
        if (!checked.unexpected()) {
          check = checked;
          throw e;
        }
        if (unexpected == null) {
          unexpected = e;
          check = checked;
        }
        without.add(checked.type());
        if (!Algorithms.left(without)) {
          throw unexpected;
        }
      }
    }
  }

  private Session session(SocketFactory sockets, HostKeyCheck checked, Set<String> without)
      throws JSchException, LoginException {
    Session session = jsch.getSession(hop.user(), hop.host(), hop.port());
    session.setHostKeyRepository(checked);
    session.setConfig("StrictHostKeyChecking", "yes");
    hop.alias().ifPresent(session::setHostKeyAlias);
    session.setSocketFactory(sockets);
    session.setIdentityRepository(keys);
    session.setDaemonThread(true);
    session.setServerAliveInterval(hop.aliveSeconds() * 1_000);
    session.setServerAliveCountMax(hop.aliveCount());
    session.setLogger(new MethodNotice());
    Algorithms.offer(session, checked.takesCertificates(), without, strict);
    if (hop.passwordEnv().isPresent()) {
      byte[] password = password(hop.passwordEnv().get());
      session.setPassword(password);
      Arrays.fill(password, (byte) 0);
      session.setConfig("PreferredAuthentications", "password,keyboard-interactive");
      session.setConfig("MaxAuthTries", "1"); // one wrong password is one failed login
    } else {
      session.setConfig("PreferredAuthentications", "publickey");
    }
    return session;
  }

  private byte[] password(String variable) throws LoginException {
    String password = settings.environment().apply(variable);
    if (password == null || password.isEmpty()) {
      throw new LoginException(
          "passwordEnv names the environment variable "
              + variable
              + ", which is not set; set it, or give the node an identity");
    }
    return password.getBytes(StandardCharsets.UTF_8);
  }

  /** Why the last connection failed. A password that was refused is not tried again. */
  LoginException failure(JSchException e) {
    String why = LoginFailures.explain(this, check, e);
    if (hop.passwordEnv().isPresent() && LoginFailures.wasRefused(e)) {
      refused = why;
    }
    return new LoginException(why);
  }

  Negotiated negotiated(Session session, List<String> through) {
    String mac = session.getMacAlgorithmC2S();
    return new Negotiated(
        hop.login(),
        through,
        LoginException.printable(session.getServerVersion()),
        session.getKexAlgorithm(),
        session.isStrictKex(),
        session.getCipherAlgorithmC2S(),
        mac == null ? "" : mac,
        (check.type() + " " + check.fingerprint()).strip(),
        check.trust(),
        method + (keys.used().isEmpty() ? "" : ", " + keys.used()));
  }

  private void log(String line) {
    settings.log().accept(node + ": " + line);
  }

  /** JSch tells only its log which method let in. */
  private final class MethodNotice implements Logger {
    @Override
    public boolean isEnabled(int level) {
      return level == INFO;
    }

    @Override
    public void log(int level, String message) {
      if (message.startsWith(SUCCEEDED)) {
        method = message.substring(SUCCEEDED.length()).replace(").", "");
      }
    }
  }
}
