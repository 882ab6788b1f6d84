package io.github.faasbench.cli;

import java.time.Duration;
import java.util.List;

/**
 * All cells have ended, and summary and report are written.
 *
 * @param cut whether a signal ended the cells: then the summary of what there is comes all the same
 * @param advice how the user gets them later
 */
record SummaryStage(boolean cut, List<String> advice) implements Stage {

  @Override
  public Duration limit() {
    return Duration.ofSeconds(cut ? 10 : 5);
  }

  @Override
  public String cleaning() {
    return "ending summary and report";
  }

  @Override
  public void stop(Thread worker) {
    if (!cut) {
      worker.interrupt();
    }
  }
}
