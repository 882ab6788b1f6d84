package io.github.faasbench.metrics;

import java.io.IOException;
import java.util.List;

/**
 * Writes {@code events.csv}: one row per event of a cell, when it is over. Without events there is
 * no file.
 */
public final class EventsSink implements CompanionSink {

  static final List<String> HEADER =
      List.of(
          "run",
          "cell",
          "repetition",
          "event",
          "node",
          "factor",
          "at_s",
          "at_invocation",
          "for_s",
          "began_s",
          "ended_s",
          "note");

  private final Companion file;

  /** One for that run's folder. */
  public EventsSink(RunFolder folder) {
    file = new Companion(folder.path().resolve("events.csv"), HEADER);
  }

  @Override
  public Companion file() {
    return file;
  }

  @Override
  public void event(NodeEvent event) throws IOException {
    file.row(
        List.of(
            event.cell().run(),
            event.cell().cell(),
            event.cell().repetition(),
            event.action(),
            CsvText.text(event.node()),
            event.factor() == 1 ? "" : event.factor(),
            event.atSeconds(),
            event.atInvocation() == 0 ? "" : event.atInvocation(),
            event.lastsSeconds(),
            event.beganSeconds(),
            event.endedSeconds(),
            CsvText.text(event.note())));
    file.flush(); // they are few, and a run under faults may end at any moment
  }
}
