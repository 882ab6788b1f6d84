package io.github.faasbench.plan.trace;

/** A trace can't be used as it is; the message says where and why. */
public final class TraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TraceException(String message) {
    super(message);
  }
}
