package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.experiment.ExperimentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What overrides keys of an experiment file. */
final class SetOption {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides a key of the file: dotted path, YAML value; may be repeated")
  private List<String> overrides = new ArrayList<>();

  boolean isGiven() {
    return !overrides.isEmpty();
  }

  Experiment read(Path file) throws ExperimentException, IOException {
    return read(file, List.of());
  }

  /**
   * @param further settings behind those that were given
   */
  Experiment read(Path file, List<String> further) throws ExperimentException, IOException {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(further);
    return new ExperimentReader(Names.vocabulary()).read(file, all);
  }
}
