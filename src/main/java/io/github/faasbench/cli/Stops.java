package io.github.faasbench.cli;

import io.github.faasbench.analysis.IntervalStop;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.StopSpec;
import io.github.faasbench.metrics.CellKey;
import io.github.faasbench.metrics.CellStop;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.plan.Cell;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which cells of a run got an interval as narrow as the experiment's {@code stop} asks. */
final class Stops {

  private final Experiment experiment;
  private final Map<Cell, IntervalStop> cells = new LinkedHashMap<>();

  Stops(Experiment experiment) {
    this.experiment = experiment;
  }

  /** The cell's rule. */
  CellStop of(Cell cell) {
    if (experiment.stop().isEmpty()) {
      return row -> false;
    }
    StopSpec spec = experiment.stop().get();
    var stop =
        new IntervalStop(
            spec.halfWidth(),
            spec.of() == StopSpec.Of.MEDIAN ? Statistic.MEDIAN : Statistic.MEAN,
            experiment.invocations(),
            cell.functions().size());
    cells.put(cell, stop);
    return stop;
  }

  /**
   * Decides again what was decided before the run went on.
   *
   * @param done those cells, in their order
   * @return what their rows are handed to
   */
  RecordSink replay(List<Cell> done) {
    Map<CellKey, CellStop> rules = new HashMap<>();
    done.forEach(cell -> rules.put(RunJournal.key(cell), of(cell)));
    return new RecordSink() {
      @Override
      public void accept(Invocation row) {
        if (!row.inWarmUp()) {
          rules.get(new CellKey(row.cell(), row.repetition())).enough(row);
        }
      }

      @Override
      public void close() {}
    };
  }

  /** What came of it: a line for all that got there, and one for each that did not. */
  List<String> lines() {
    if (cells.isEmpty()) {
      return List.of();
    }
    StopSpec spec = experiment.stop().orElseThrow();
    long met = cells.values().stream().filter(IntervalStop::satisfied).count();
    String wanted =
        String.format(
            Locale.ROOT,
            "stop: the interval of the %s%s is within %s %% in %d of %s",
            spec.of().name().toLowerCase(Locale.ROOT),
            experiment.simulated() ? "" : " within this block",
            BigDecimal.valueOf(100 * spec.halfWidth()).stripTrailingZeros().toPlainString(),
            met,
            Texts.count(cells.size(), "cell"));
    Stream<String> others =
        cells.entrySet().stream()
            .filter(cell -> !cell.getValue().satisfied())
            .map(cell -> "  " + missed(cell.getKey(), cell.getValue()));
    return Stream.concat(Stream.of(wanted), others).toList();
  }

  private static String missed(Cell cell, IntervalStop stop) {
    return String.format(
        Locale.ROOT,
        "%s, repetition %d: %s after %,d calls a function",
        cell.title(),
        cell.repetition(),
        reached(stop),
        stop.calls());
  }

  private static String reached(IntervalStop stop) {
    if (!stop.refusal().isEmpty()) {
      return "no interval (" + stop.refusal() + ")";
    }
    if (Double.isNaN(stop.widest())) {
      return "no interval";
    }
    return Double.isInfinite(stop.widest())
        ? "too many calls failed for one"
        : String.format(Locale.ROOT, "%.1f %%", 100 * stop.widest());
  }
}
