package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Invocation;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The designs of runs, by their ids, and which of their calls are warm-up.
 *
 * @param others of every other run
 * @param cuts of the runs whose warm-up is found in their calls
 */
public record Designs(Map<String, Design> byRun, Design others, WarmUpCuts cuts) {

  /** Nothing is known of any run. */
  public static final Designs NONE = of(Map.of());

  public Designs {
    byRun = Map.copyOf(byRun);
  }

  /** Of these runs. */
  public static Designs of(Map<String, Design> byRun) {
    return new Designs(byRun, Design.DEFAULT, new WarmUpCuts(byRun, Design.DEFAULT));
  }

  /** One for every run. */
  public static Designs all(Design design) {
    return new Designs(Map.of(), design, new WarmUpCuts(Map.of(), design));
  }

  /** A run's. */
  public Design of(String run) {
    return byRun.getOrDefault(run, others);
  }

  /** Whether a call is of the part that figures are of. */
  public boolean measured(Invocation row) {
    return cuts.measured(row);
  }

  /** All percentiles that some run wants to be shown, in percent, ascending. */
  public List<Double> percentiles() {
    Collection<Design> all = byRun.isEmpty() ? List.of(others) : byRun.values();
    return all.stream()
        .flatMap(design -> design.percentiles().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
