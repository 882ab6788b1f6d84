package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;

final class WarmUps {
  private WarmUps() {}

  static boolean byMser(Experiment experiment) {
    return false;
  }
}
