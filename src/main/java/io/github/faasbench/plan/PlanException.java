package io.github.faasbench.plan;

/** An experiment that is right key by key and can't be carried out as a whole; says why. */
public final class PlanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PlanException(String message) {
    super(message);
  }
}
