package io.github.faasbench.provision;

/** Nodes, keys or images could not be provided; the message says what, where and what to do. */
public final class ProvisionException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Who can put it right. */
  public enum Kind {
    /** The user's mistake: a file, an argument, nodes of another folder (exit code 2). */
    MISTAKE,
    /** Docker, a registry or a node doesn't answer or refuses (exit code 3). */
    UNREACHABLE
  }

  private final Kind kind;

  ProvisionException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static ProvisionException mistake(String message) {
    return new ProvisionException(Kind.MISTAKE, message);
  }

  static ProvisionException unreachable(String message) {
    return new ProvisionException(Kind.UNREACHABLE, message);
  }

  public Kind kind() {
    return kind;
  }
}
