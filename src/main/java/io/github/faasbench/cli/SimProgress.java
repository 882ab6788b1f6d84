package io.github.faasbench.cli;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.plan.Cell;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how a simulation goes on: on a terminal one line that is written over, elsewhere one line a
 * cell. A call costs a count; the clock is looked at a few times a second.
 */
final class SimProgress implements ShownProgress {

  private static final long LOOK_NANOS = 250_000_000L;

  private final long total;
  private final ProgressLine line;
  private final long began = System.nanoTime();
  private String where = "";
  private long cellBegan;
  private long cellCalls;
  private long cellFailed;
  private long done;
  private long lookAt = 1;
  private long looked;
  private long lookedNanos = began;

  /**
   * @param total calls of all cells
   */
  SimProgress(PrintStream err, boolean terminal, boolean quiet, long total) {
    this.total = total;
    line = new ProgressLine(err, terminal, quiet, Screen.progressColumns());
  }

  @Override
  public void cellStarted(Cell cell, int number, int cells) {
    where = "cell " + number + "/" + cells + " " + cell.title();
    cellBegan = System.nanoTime();
    cellCalls = 0;
    cellFailed = 0;
  }

  @Override
  public void recorded(Cell cell, Invocation invocation) {
    cellCalls++;
    cellFailed += invocation.outcome() == Invocation.Outcome.OK ? 0 : 1;
    if (++done == lookAt) {
      look();
    }
  }

  @Override
  public void cellEnded(Cell cell) {
    line.cell(
        "%s: %d calls, %d failed, %s",
        where, cellCalls, cellFailed, rate(cellCalls, System.nanoTime() - cellBegan));
  }

  @Override
  public void warning(String message) {
    line.warning(message);
  }

  @Override
  public void end() {
    line.end();
  }

  /** Draws, and reckons after how many calls to look again. */
  private void look() {
    long now = System.nanoTime();
    long nanos = now - began;
    if (line.drawn()) {
      long left = Math.round((double) nanos / done * (total - done));
      line.show(
          where,
          "simulated " + done + "/" + total,
          rate(done, nanos),
          Texts.duration(Duration.ofNanos(left)) + " left");
    }
    double each = Math.max(1, now - lookedNanos) / (double) (done - looked);
    long step = Math.max(1, Math.min((long) (LOOK_NANOS / each), 4 * (done - looked)));
    looked = done;
    lookedNanos = now;
    lookAt = done + step;
  }

  private static String rate(long calls, long nanos) {
    double perSecond = calls / Math.max(1e-9, nanos / 1e9);
    return perSecond < 10_000
        ? String.format(Locale.ROOT, "%.0f/s", perSecond)
        : String.format(Locale.ROOT, "%.0f k/s", perSecond / 1000);
  }
}
