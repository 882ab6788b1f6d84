package io.github.faasbench.cli;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.runner.RunListener;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Shows progress and writes what matters of it into the run's log. */
final class LoggedProgress implements RunListener {

  /** Of one cell; a simulation may reject millions of calls. */
  private static final int ERRORS_LOGGED = 1000;

  private final ShownProgress shown;
  private final RunLog log;
  private final HostWatch host;
  private final Runnable hostRead;
  private int errors;
  private String title = "";

  /** How often each warning came, whatever the cell. */
  private final Map<String, Integer> warned = new HashMap<>();

  /**
   * @param host told when cells begin and end
   * @param hostRead told when it has something new to say
   */
  LoggedProgress(ShownProgress shown, RunLog log, HostWatch host, Runnable hostRead) {
    this.shown = shown;
    this.log = log;
    this.host = host;
    this.hostRead = hostRead;
  }

  @Override
  public void cellStarted(Cell cell, int number, int cells) {
    errors = 0;
    title = cell.title();
    log.line("cell " + number + "/" + cells + " " + cell.id() + " " + cell.title());
    shown.cellStarted(cell, number, cells);
    host.cellStarted();
  }

  @Override
  public void stage(Cell cell, String stage) {
    log.line(cell.id() + " " + stage);
    shown.stage(cell, stage);
  }

  @Override
  public void recorded(Cell cell, Invocation invocation) {
    if (!invocation.error().isEmpty() && ++errors <= ERRORS_LOGGED) {
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
  public void event(Cell cell, long sinceNanos, String what) {
    log.line(
        String.format(Locale.ROOT, "%s event at %.3f s: %s", cell.id(), sinceNanos / 1e9, what));
  }

  @Override
  public void cellEnded(Cell cell) {
    if (errors > ERRORS_LOGGED) {
      log.line(cell.id() + " " + (errors - ERRORS_LOGGED) + " further errors; the CSV has them");
    }
    host.cellEnded(cell);
    hostRead.run();
    shown.cellEnded(cell);
  }

  /** The log has each; the user sees one that comes again in further cells only once. */
  @Override
  public void warning(String message) {
    log.line("warning: " + message);
    String anyCell = title.isEmpty() ? message : message.replace(title, "");
    if (warned.merge(anyCell, 1, Integer::sum) == 1) {
      shown.warning(message);
    }
  }

  /** Leaves the screen, and says how often warnings came again. */
  void end() {
    int again = warned.values().stream().mapToInt(times -> times - 1).sum();
    if (again > 0) {
      shown.warning("the same came " + Texts.count(again, "more time") + "; the log has each");
    }
    shown.end();
  }
}
