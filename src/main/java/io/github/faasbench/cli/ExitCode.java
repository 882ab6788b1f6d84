package io.github.faasbench.cli;

/** The exit codes of every command; {@link Main} lists them in {@code --help}. */
final class ExitCode {

  static final int DONE = 0;

  /** A bug in faasbench. */
  static final int BUG = 1;

  /** A mistake in the file or the arguments. */
  static final int MISTAKE = 2;

  /** A node, SSH or Docker could not be reached. */
  static final int UNREACHABLE = 3;

  /** Done, but invocations failed. */
  static final int CALLS_FAILED = 4;

  /** A check could not be decided: there is too little data for a pass or a miss. */
  static final int UNDECIDED = 5;

  /** A threshold or regression check missed. */
  static final int CHECK_MISSED = 99;

  /** Interrupted by Ctrl-C; partial results are kept. Other signals have codes of their own. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
