package io.github.faasbench.cli;

import java.nio.file.Path;

/** Where the tool keeps keys, known hosts and what it left on nodes. */
final class StateFolder {

  private StateFolder() {}

  /** {@code .faasbench} in the working directory. */
  static Path path() {
    return Path.of(".faasbench");
  }
}
