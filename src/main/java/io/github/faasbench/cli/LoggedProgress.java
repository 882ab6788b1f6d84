package io.github.faasbench.cli;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.runner.RunListener;

/** Shows progress and writes what matters of it into the run's log. */
record LoggedProgress(Progress shown, RunLog log) implements RunListener {

  @Override
  public void cellStarted(Cell cell, int number, int cells) {
    log.line("cell " + number + "/" + cells + " " + cell.id() + " " + cell.title());
    shown.cellStarted(cell, number, cells);
  }

  @Override
  public void stage(Cell cell, String stage) {
    log.line(cell.id() + " " + stage);
    shown.stage(cell, stage);
  }

  @Override
  public void recorded(Cell cell, Invocation invocation) {
    if (!invocation.error().isEmpty()) {
      log.line(
          cell.id()
              + " invocation "
              + invocation.invocation()
              + " "
              + invocation.outcome().text()
              + ": "
              + invocation.error());
    }
    shown.recorded(cell, invocation);
  }

  @Override
  public void cellEnded(Cell cell) {
    shown.cellEnded(cell);
  }

  @Override
  public void warning(String message) {
    log.line("warning: " + message);
    shown.warning(message);
  }
}
