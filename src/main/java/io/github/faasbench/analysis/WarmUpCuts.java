package io.github.faasbench.analysis;

import io.github.faasbench.analysis.series.CallSeries;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where the warm-up of each repetition of a cell ends, of the runs whose file leaves that to
 * MSER-5. It has to see all their calls once before it can tell.
 */
public final class WarmUpCuts {

  private record Window(String run, String cell, int repetition) {}

  private final Set<String> runs = new HashSet<>();
  private final Map<Window, CallSeries> series = new HashMap<>();
  private final Map<Window, Long> cuts = new HashMap<>();

  WarmUpCuts(Map<String, Design> designs) {
    designs.forEach(
        (run, design) -> {
          if (design.mser()) {
            runs.add(run);
          }
        });
  }

  /** Whether any run needs its calls to be seen before. */
  public boolean needed() {
    return !runs.isEmpty();
  }

  /** Sees a call. */
  public void accept(Invocation row) {
    if (runs.contains(row.run())) {
      boolean ok = row.outcome() == Outcome.OK;
      series
          .computeIfAbsent(window(row), w -> new CallSeries())
          .add(row.invocation(), ok ? row.latencySeconds() : Double.POSITIVE_INFINITY, false);
    }
  }

  boolean measured(Invocation row) {
    if (row.period() == Invocation.Period.WARM_UP) {
      return false;
    }
    if (runs.isEmpty() || !runs.contains(row.run())) {
      return true;
    }
    CallSeries own = series.get(window(row));
    return own == null
        || row.invocation() > cuts.computeIfAbsent(window(row), w -> own.mserCut());
  }

  private static Window window(Invocation row) {
    return new Window(row.run(), row.cell(), row.repetition());
  }
}
