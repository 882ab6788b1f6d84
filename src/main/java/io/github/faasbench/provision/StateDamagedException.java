package io.github.faasbench.provision;

import java.io.IOException;

/** The state file holds what is no text; the message says where, and what to do. */
public final class StateDamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  StateDamagedException(String message) {
    super(message);
  }
}
