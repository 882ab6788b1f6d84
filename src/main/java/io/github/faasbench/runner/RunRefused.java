package io.github.faasbench.runner;

/**
 * A cell can't be measured as the file asks: the user has to change something. The message says
 * what, where and what to do.
 */
public final class RunRefused extends Exception {

  private static final long serialVersionUID = 1L;

  public RunRefused(String message) {
    super(message);
  }
}
