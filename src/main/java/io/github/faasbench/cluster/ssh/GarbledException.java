package io.github.faasbench.cluster.ssh;

import java.io.IOException;

/** Bytes that do not follow the protocol they should. */
final class GarbledException extends IOException {
  private static final long serialVersionUID = 1L;

  GarbledException(String message) {
    super(message);
  }
}
