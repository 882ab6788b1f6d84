package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The experiment file and its overrides, as commands take them. */
final class FileOptions {

  @Parameters(index = "0", paramLabel = "FILE", description = "the experiment file (YAML)")
  private Path file;

  @Mixin private SetOption set;

  Experiment read() throws ExperimentException, IOException {
    return with(List.of());
  }

  /** With further settings behind those of the command line. */
  Experiment with(List<String> settings) throws ExperimentException, IOException {
    return set.read(file, settings);
  }
}
