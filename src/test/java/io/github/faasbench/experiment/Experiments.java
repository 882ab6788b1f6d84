package io.github.faasbench.experiment;

import java.nio.file.Path;
import java.util.List;

/** Experiments for tests, from the text of a file. */
public final class Experiments {

  private Experiments() {}

  /** Reads the text with the names that the program really has. */
  public static Experiment of(String text, String... overrides) {
    return of(TestVocabulary.real(), text, overrides);
  }

  /** Reads the text with these names. */
  public static Experiment of(Vocabulary vocabulary, String text, String... overrides) {
    try {
      return new ExperimentReader(vocabulary).read(Path.of("e.yaml"), text, List.of(overrides));
    } catch (ExperimentException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
