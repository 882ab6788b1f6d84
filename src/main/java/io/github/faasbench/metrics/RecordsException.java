package io.github.faasbench.metrics;

import java.io.IOException;

/**
 * Something is wrong with the files of a run that the user can put right. The message says what,
 * where, and what to do.
 */
public final class RecordsException extends IOException {

  private static final long serialVersionUID = 1L;

  public RecordsException(String message) {
    super(message);
  }

  public RecordsException(String message, Throwable cause) {
    super(message, cause);
  }
}
