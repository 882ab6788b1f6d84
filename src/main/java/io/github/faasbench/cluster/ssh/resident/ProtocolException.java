package io.github.faasbench.cluster.ssh.resident;

import java.io.IOException;

/** A line that is none of the resident protocol (docs/resident.md). */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
