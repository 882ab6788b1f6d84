package io.github.faasbench.cli;

import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.plan.Cell;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows how a run goes on: on a terminal one line that is written over, elsewhere one line a cell.
 */
final class Progress implements ShownProgress {

  private static final long REDRAW_NANOS = 100_000_000L;

  private final long total;
  private final ProgressLine line;
  private final long began = System.nanoTime();
  private final List<Double> latencies = new ArrayList<>();
  private String where = "";
  private String stage = "";
  private long done;
  private long cellFailed;
  private long warmUp;
  private long drawnAt;

  Progress(PrintStream err, boolean terminal, boolean quiet, long total) {
    this.total = total;
    line = new ProgressLine(err, terminal, quiet, Screen.progressColumns());
  }

  @Override
  public void cellStarted(Cell cell, int number, int cells) {
    where = "cell " + number + "/" + cells + " " + cell.title();
    latencies.clear();
    cellFailed = 0;
    warmUp = 0;
  }

  @Override
  public void stage(Cell cell, String name) {
    stage = name;
    draw(true);
  }

  @Override
  public void recorded(Cell cell, Invocation invocation) {
    done++;
    if (invocation.inWarmUp()) {
      warmUp++;
    } else if (invocation.outcome() == Invocation.Outcome.OK) {
      latencies.add(invocation.latencySeconds());
    } else {
      cellFailed++;
    }
    draw(false);
  }

  @Override
  public void cellEnded(Cell cell) {
    line.cell(
        "%s: %d calls, %d failed, %s, %s left",
        where, latencies.size() + cellFailed + warmUp, cellFailed, median(), left());
  }

  @Override
  public void warning(String message) {
    line.warning(message);
  }

  @Override
  public void end() {
    line.end();
  }

  private void draw(boolean now) {
    long nanos = System.nanoTime();
    if (!line.drawn() || !now && nanos - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = nanos;
    line.show(
        where,
        stage + " " + done + "/" + total,
        String.format(Locale.ROOT, "%.2f/s", done / Math.max(1e-9, (nanos - began) / 1e9)),
        left() + " left",
        median());
  }

  private String left() {
    if (done == 0) {
      return "?";
    }
    double perCall = (System.nanoTime() - began) / 1e9 / done;
    return Texts.duration(Duration.ofSeconds(Math.round(perCall * (total - done))));
  }

  /** Calls that did not end ok are infinitely slow, as in the summary. */
  private String median() {
    if (latencies.isEmpty() && cellFailed == 0) {
      return "no median yet";
    }
    double[] sorted = latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = Quantiles.linear(sorted, cellFailed, 0.5);
    return Double.isInfinite(median)
        ? "median ∞ (half or more failed)"
        : String.format(Locale.ROOT, "median %.3f s", median);
  }
}
