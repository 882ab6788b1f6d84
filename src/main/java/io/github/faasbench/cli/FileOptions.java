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

/** The experiment file and its overrides, as commands take them. */
final class FileOptions {

  @Parameters(index = "0", paramLabel = "FILE", description = "the experiment file (YAML)")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides a key of the file: dotted path, YAML value; may be repeated")
  private List<String> overrides = new ArrayList<>();

  Experiment read() throws ExperimentException, IOException {
    return new ExperimentReader(Names.vocabulary()).read(file, overrides);
  }

  Path file() {
    return file;
  }
}
