package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Invocation;
import java.util.List;
import java.util.Map;

/**
 * The designs of runs, by their ids, and which of their calls are warm-up.
 *
 * @param cuts of the runs whose warm-up is found in their calls
 */
public record Designs(Map<String, Design> byRun, WarmUpCuts cuts) {

  /** Nothing is known of any run. */
  public static final Designs NONE = new Designs(Map.of());

  public Designs {
    byRun = Map.copyOf(byRun);
  }

  public Designs(Map<String, Design> byRun) {
    this(byRun, new WarmUpCuts(byRun));
  }

  /** A run's. */
  public Design of(String run) {
    return byRun.getOrDefault(run, Design.DEFAULT);
  }

  /** Whether a call is of the part that figures are of. */
  public boolean measured(Invocation row) {
    return cuts.measured(row);
  }

  /** All percentiles that some run wants to be shown. */
  public List<Double> percentiles() {
    return byRun.isEmpty()
        ? Distribution.PERCENTILES
        : byRun.values().stream()
            .flatMap(design -> design.percentiles().stream())
            .distinct()
            .sorted()
            .toList();
  }
}
