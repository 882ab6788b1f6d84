package io.github.faasbench.cli;

/** Ends a command with a message for the user and an exit code. */
final class CliException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The user has to change something. */
  static CliException mistake(String message) {
    return new CliException(ExitCode.MISTAKE, message);
  }

  /** A node, SSH or Docker could not be reached. */
  static CliException unreachable(String message) {
    return new CliException(ExitCode.UNREACHABLE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
