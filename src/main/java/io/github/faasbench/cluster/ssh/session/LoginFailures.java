package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchInvalidHostCertificateException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchStrictKexException;
import com.jcraft.jsch.JSchUnknownCAKeyException;
import io.github.faasbench.words.FileErrors;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** What JSch's failures mean, and what to do about them. */
final class LoginFailures {
  private static final String CLOSED = "connection is closed by foreign host";

  private LoginFailures() {}

  /** Whether sshd dropped the connection before it greeted: it has too many (MaxStartups). */
  static boolean wasDropped(JSchException e) {
    String text = String.valueOf(e.getMessage());
    return text.equals(CLOSED) || text.contains("Connection reset");
  }

  /** Whether the host was reached, and let nobody in. */
  static boolean wasRefused(JSchException e) {
    String text = String.valueOf(e.getMessage());
    return text.startsWith("Auth") || text.contains("authentication failures");
  }

  /**
   * For the user.
   *
   * @param check of the connection that failed; null when none came so far
   */
  static String explain(HostLogin login, HostKeyCheck check, JSchException e) {
    Hop hop = login.hop();
    if (check != null && check.problem() != null) {
      return "host key verification failed for " + hop.address() + ": " + check.problem();
    }
    if (e instanceof JSchAlgoNegoFailException none) {
      return hop.address() + ": " + Algorithms.explain(none);
    }
    if (e instanceof JSchRevokedHostKeyException
        || e instanceof JSchUnknownCAKeyException
        || e instanceof JSchInvalidHostCertificateException
        || String.valueOf(e.getMessage()).startsWith("rejected HostKey")) {
      return "host certificate verification failed for "
          + hop.address()
          + ": "
          + e.getMessage()
          + "; ask the node's owner for a certificate that is in order for this name";
    }
    if (wasRefused(e)) {
      return refusal(login, e);
    }
    return unreached(hop, e);
  }

  private static String refusal(HostLogin login, JSchException e) {
    OfferedKeys keys = login.keys();
    String with = login.hop().passwordEnv().map(v -> "the password of $" + v).orElse("" + keys);
    return "login as "
        + login.hop().user()
        + " at "
        + login.hop().address()
        + " was refused ("
        + e.getMessage()
        + "); tried "
        + with
        + "; check the user, and that the node's authorized_keys has the public key"
        + (keys.count() > 5
            ? "; servers allow about 6 tries: name the one key that fits as `identity`"
            : "");
  }

  private static String unreached(Hop hop, JSchException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String text = FileErrors.of(e);
    if (cause instanceof UnknownHostException) {
      return "the host name '"
          + hop.host()
          + "' is not known; check `host` in the file, or the alias in ~/.ssh/config";
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return "nothing answers at "
          + hop.address()
          + " ("
          + FileErrors.of(cause)
          + "); is the node up and the port right? `faasbench nodes status` shows the tool's own";
    }
    if (text.contains("channel is not opened") || text.contains("jump host is down")) {
      return "the jump host does not connect to "
          + hop.address()
          + "; check that the node is up, and that the jump host's sshd has AllowTcpForwarding yes"
          + " or local";
    }
    if (cause instanceof SocketTimeoutException || text.contains("timeout")) {
      return "no SSH answer from "
          + hop.address()
          + " within "
          + hop.connectSeconds()
          + " s; check the address, a firewall, and that an SSH server listens there";
    }
    if (text.contains(CLOSED) || text.contains("Connection reset")) {
      return hop.address()
          + " drops connections before it greets; check MaxStartups in its sshd_config, and who"
          + " else connects there";
    }
    return "no SSH connection to "
        + hop.address()
        + ": "
        + (e instanceof JSchStrictKexException ? text + "; update its SSH server" : text);
  }
}
