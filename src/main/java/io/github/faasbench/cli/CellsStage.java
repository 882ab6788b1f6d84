package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.runner.PlanRunner;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The cells of a run are carried out.
 *
 * @param advice how the user goes on with the run
 */
record CellsStage(Experiment experiment, PlanRunner runner, BackEnd backEnd, List<String> advice)
    implements Stage {

  private static final int MOST_NAMES = 20;

  @Override
  public String cleaning() {
    if (experiment.simulated()) {
      return "ending the calls in flight";
    }
    List<NodeSpec> nodes = experiment.nodes();
    return "ending the calls in flight and cleaning "
        + nodes.stream().limit(MOST_NAMES).map(NodeSpec::name).collect(Collectors.joining(", "))
        + (nodes.size() > MOST_NAMES ? " and " + (nodes.size() - MOST_NAMES) + " more" : "");
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  /** Softly: an interrupt would break the files that it writes. */
  @Override
  public void stop(Thread worker) {
    runner.interrupt();
  }

  @Override
  public boolean heard() {
    return runner.heard();
  }

  @Override
  public void rescue() {
    backEnd.cleanAnew(runner::cleaned);
  }

  @Override
  public List<String> left() {
    return backEnd.left(runner.unclean());
  }
}
