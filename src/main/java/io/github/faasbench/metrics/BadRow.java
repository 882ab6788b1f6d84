package io.github.faasbench.metrics;

/** A line that is no record; the message says why. */
final class BadRow extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadRow(String message) {
    super(message, null, false, false);
  }
}
