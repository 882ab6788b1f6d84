package io.github.faasbench.analysis;

import io.github.faasbench.analysis.series.CallSeries;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the warm-up of each repetition of a cell ends, of the runs whose file leaves that to
 * MSER-5. It has to see all their calls once before it can tell.
 */
public final class WarmUpCuts {

  private record Window(String run, String cell, int repetition) {}

  private final Map<String, Design> designs;
  private final Design others;
  private final boolean needed;
  private final Map<Window, CallSeries> series = new HashMap<>();
  private final Map<Window, Long> cuts = new HashMap<>();

  WarmUpCuts(Map<String, Design> designs, Design others) {
    this.designs = designs;
    this.others = others;
    needed = others.mser() || designs.values().stream().anyMatch(Design::mser);
  }

  /** Whether any run needs its calls to be seen before. */
  public boolean needed() {
    return needed;
  }

  private boolean found(Invocation row) {
    return needed && designs.getOrDefault(row.run(), others).mser();
  }

  /** Sees a call. */
  public void accept(Invocation row) {
    if (found(row)) {
      boolean ok = row.outcome() == Outcome.OK;
      double latency = ok ? row.latencySeconds() : Double.POSITIVE_INFINITY;
      series
          .computeIfAbsent(window(row), w -> new CallSeries())
          .add(row.invocation(), latency, false);
    }
  }

  boolean measured(Invocation row) {
    if (row.period() == Invocation.Period.WARM_UP) {
      return false;
    }
    if (!found(row)) {
      return true;
    }
    Window at = window(row);
    CallSeries own = series.get(at);
    return own == null || row.invocation() > cuts.computeIfAbsent(at, w -> own.mserCut());
  }

  private static Window window(Invocation row) {
    return new Window(row.run(), row.cell(), row.repetition());
  }
}
