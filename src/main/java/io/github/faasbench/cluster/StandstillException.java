package io.github.faasbench.cluster;

/**
 * Virtual time stands still: nothing is left to happen, and yet something is waited for. On the
 * wall clock there is no such thing, since somebody may always call.
 */
public final class StandstillException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  public StandstillException(String message) {
    super(message);
  }
}
