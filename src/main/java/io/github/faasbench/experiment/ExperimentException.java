package io.github.faasbench.experiment;

import java.util.List;

/** The experiment file has mistakes; all of them are listed, one line each. */
public final class ExperimentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public ExperimentException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: {@code FILE:LINE:COLUMN: KEYPATH: problem; allowed: …; did you mean X?}. */
  public List<String> problems() {
    return problems;
  }
}
