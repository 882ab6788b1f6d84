package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.experiment.ExperimentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides a key of the file: dotted path, YAML value; may be repeated")
  private List<String> overrides = new ArrayList<>();

  Experiment read() throws ExperimentException, IOException {
    return new ExperimentReader(Names.vocabulary())
        .read(given() ? file : Path.of(DEFAULT), overrides);
  }

  /** Whether the user named a file. */
  boolean given() {
    return file != null;
  }
}
