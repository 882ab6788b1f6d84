package io.github.faasbench.analysis.validity;

import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.Environment.CellLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the environment of a run tells against its figures. */
final class HostWarnings {

  private static final double STEAL_ALLOWED_PERCENT = 2;

  private HostWarnings() {}

  static List<Warning> of(Environment environment) {
    List<Warning> found = new ArrayList<>();
    sharedEngines(environment, found);
    busy(environment, found);
    return found;
  }

  private static void sharedEngines(Environment environment, List<Warning> found) {
    Map<Object, List<String>> byEngine = new LinkedHashMap<>();
    environment
        .nodes()
        .forEach(
            (node, facts) -> {
              if (facts.get("engine id") != null) {
                byEngine.computeIfAbsent(facts.get("engine id"), e -> new ArrayList<>()).add(node);
              }
            });
    byEngine.values().removeIf(nodes -> nodes.size() < 2);
    byEngine
        .values()
        .forEach(
            nodes ->
                found.add(
                    new Warning(
                        "One engine serves " + String.join(", ", nodes),
                        "they share images and cores, so that cold on one is cold on all, and none"
                            + " has a load of its own",
                        "Use the profile isolated, or nodes with engines of their own")));
  }

  private static void busy(Environment environment, List<Warning> found) {
    int cores = environment.host().cores();
    worst(environment, CellLoad::loadBefore, cores)
        .ifPresent(
            load ->
                found.add(
                    new Warning(
                        String.format(
                            Locale.ROOT,
                            "The host was busy before cell %s began: load %.1f on %d core(s)",
                            load.cell(),
                            load.loadBefore(),
                            cores),
                        "calls and the load generator had to wait for a core",
                        "End other programs, and run again")));
    worst(environment, CellLoad::stealPercent, STEAL_ALLOWED_PERCENT)
        .ifPresent(
            load ->
                found.add(
                    new Warning(
                        String.format(
                            Locale.ROOT,
                            "%.1f %% of the host's processor time was stolen during cell %s",
                            load.stealPercent(),
                            load.cell()),
                        "other virtual machines took it, and calls stood still meanwhile",
                        "Run on a machine of its own, or at a quieter time")));
  }

  /** The cell with the highest figure, if that is above the limit. */
  private static Optional<CellLoad> worst(
      Environment environment, ToDoubleFunction<CellLoad> figure, double limit) {
    return environment.cellLoads().stream()
        .filter(load -> figure.applyAsDouble(load) > limit)
        .max(Comparator.comparingDouble(figure));
  }
}
