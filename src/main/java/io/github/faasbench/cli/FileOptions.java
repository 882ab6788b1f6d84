package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The experiment file and its overrides, as commands take them. */
final class FileOptions {

  @Parameters(index = "0", paramLabel = "FILE", description = "the experiment file (YAML)")
  private Path file;

  @Mixin private SetOption set;

  Experiment read() throws ExperimentException, IOException {
    return set.read(file);
  }
}
