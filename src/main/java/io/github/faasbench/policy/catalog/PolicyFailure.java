package io.github.faasbench.policy.catalog;

/** A user's policy threw or answered what no policy may answer; the message names it. */
public final class PolicyFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PolicyFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
