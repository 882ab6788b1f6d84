package io.github.faasbench.runner;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.experiment.EventSpec;
import io.github.faasbench.metrics.NodeEvent;
import io.github.faasbench.plan.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells how a cell's events came about: in the log, in records, and what differs to the user. */
final class EventCourse {

  /** A fault that begins, or lasts, so much later or longer than wanted is told. */
  private static final double TOLERANCE_SECONDS = 1;

  private static final long LOAD_RUNS = Long.MAX_VALUE;

  private final Cell cell;
  private final String run;
  private final EventLoop loop;
  private final RunListener listener;
  private final Consumer<NodeEvent> records;
  private long beganNanos;
  private long loadEndedNanos = LOAD_RUNS;

  EventCourse(
      Cell cell, String run, EventLoop loop, RunListener listener, Consumer<NodeEvent> records) {
    this.cell = cell;
    this.run = run;
    this.loop = loop;
    this.listener = listener;
    this.records = records;
  }

  void loadBegan() {
    beganNanos = loop.nowNanos();
  }

  /** The first time counts. */
  void loadEnded() {
    loadEndedNanos = Math.min(loadEndedNanos, loop.nowNanos());
  }

  /** A node came or went. */
  void happened(EventSpec event) {
    long now = loop.nowNanos();
    listener.event(cell, now - beganNanos, event.what());
    record(event, now, Double.NaN, "");
  }

  void inForce(OpenFault open) {
    EventSpec event = open.event;
    listener.event(cell, open.inForceNanos - beganNanos, event.what());
    if (open.inForceNanos > loadEndedNanos) {
      warn(event + " was in force only after the load had ended, " + at(loadEndedNanos));
    }
  }

  void over(OpenFault open, long nanos) {
    EventSpec event = open.event;
    double lasted = (nanos - open.inForceNanos) / 1e9;
    List<String> notes = new ArrayList<>();
    double late = open.inForceNanos / 1e9 - wanted(event);
    if (late > TOLERANCE_SECONDS) {
      notes.add(String.format(Locale.ROOT, "began %.3f s late", late));
    }
    if (event.lasts().isPresent()) {
      double off = lasted - seconds(event.lasts().get());
      if (Math.abs(off) > TOLERANCE_SECONDS) {
        notes.add(String.format(Locale.ROOT, "lasted %.3f s", lasted));
      }
      if (nanos > loadEndedNanos) {
        notes.add(String.format(Locale.ROOT, "the load had ended %s", at(loadEndedNanos)));
        warn(event + " was not over when the load ended, " + at(loadEndedNanos));
      }
    }
    String note = String.join("; ", notes);
    String name = event.action().key() + " " + event.node() + " is over";
    listener.event(cell, nanos - beganNanos, name + (note.isEmpty() ? "" : " (" + note + ")"));
    record(event, open.inForceNanos, (nanos - beganNanos) / 1e9, note);
  }

  void warn(String what) {
    listener.warning("cell " + cell.title() + ": " + what);
  }

  /** The cell's name for the user. */
  String title() {
    return cell.title();
  }

  private double wanted(EventSpec event) {
    return event.at().isEmpty()
        ? Double.POSITIVE_INFINITY // by number of calls: whenever that was
        : beganNanos / 1e9 + seconds(event.at().get());
  }

  private String at(long nanos) {
    return String.format(Locale.ROOT, "at %.3f s", (nanos - beganNanos) / 1e9);
  }

  private void record(EventSpec event, long inForceNanos, double endedSeconds, String note) {
    records.accept(
        new NodeEvent(
            new NodeEvent.Cell(run, cell.id(), cell.repetition()),
            event.action().key(),
            event.node(),
            event.factor(),
            event.at().map(EventCourse::seconds).orElse(Double.NaN),
            event.atInvocation(),
            event.lasts().map(EventCourse::seconds).orElse(Double.NaN),
            (inForceNanos - beganNanos) / 1e9,
            endedSeconds,
            note));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
