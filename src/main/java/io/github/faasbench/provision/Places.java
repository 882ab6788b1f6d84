package io.github.faasbench.provision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the paths that an experiment file names lie. */
final class Places {

  private Places() {}

  /** Relative to the working directory first, then to the experiment file's folder. */
  static Path find(String written, Optional<Path> experimentFile, String what)
      throws ProvisionException {
    Path here = Path.of(written).toAbsolutePath().normalize();
    if (Files.exists(here)) {
      return here;
    }
    Optional<Path> folder = experimentFile.map(file -> file.toAbsolutePath().getParent());
    if (folder.isPresent()) {
      Path beside = folder.get().resolve(written).normalize();
      if (Files.exists(beside)) {
        return beside;
      }
    }
    throw ProvisionException.mistake(
        what
            + " "
            + written
            + " is neither in the working directory ("
            + here
            + ")"
            + folder.map(path -> " nor in the experiment file's folder (" + path + ")").orElse("")
            + ": correct its path");
  }
}
