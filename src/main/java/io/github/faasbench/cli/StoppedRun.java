package io.github.faasbench.cli;

/** A run that could not end, and how the user goes on with it. */
final class StoppedRun extends Exception {

  private static final long serialVersionUID = 1L;

  private final Exception why;

  /**
   * @param advice shown after the reason
   */
  StoppedRun(Exception why, String advice) {
    super(advice, why);
    this.why = why;
  }

  Exception why() {
    return why;
  }
}
