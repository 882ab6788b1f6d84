package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The experiment file for commands that are about its nodes only. */
final class OptionalFile {

  private static final String DEFAULT = "experiments/scenario1.yaml";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "the experiment file that names the nodes (default: " + DEFAULT + ")")
  private Path file;

  @Mixin private SetOption set;

  Experiment read() throws ExperimentException, IOException {
    return set.read(given() ? file : Path.of(DEFAULT));
  }

  /** Whether the user named a file. */
  boolean given() {
    return file != null;
  }
}
