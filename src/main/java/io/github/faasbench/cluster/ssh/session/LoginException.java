package io.github.faasbench.cluster.ssh.session;

/** No session with a node; the message says what happened, where and what to do, on one line. */
public final class LoginException extends Exception {
  private static final long serialVersionUID = 1L;

  LoginException(String message) {
    super(printable(message.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ")));
  }

  /** Hosts' own words may hold anything, also what a terminal obeys. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
