package io.github.faasbench.runner;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Faults;
import io.github.faasbench.cluster.Faults.Fault;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.experiment.EventSpec;
import io.github.faasbench.gateway.Gateway;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Carries a cell's events out: by the clock since the load began, or by the number of calls handed
 * over. Every fault is undone in the end, and the nodes are waited for, so that what comes after
 * the load finds them as they were.
 */
final class EventSchedule {

  /** How long a node may take to answer again after its last fault. */
  private static final long BACK_LIMIT_NANOS = Duration.ofSeconds(90).toNanos();

  private static final long ASK_AGAIN_NANOS = Duration.ofMillis(500).toNanos();

  private final Cluster cluster;
  private final EventLoop loop;
  private final Faults faults;
  private final Gateway gateway;
  private final EventCourse course;
  private final Stopping stopping;
  private final List<EventSpec> events;
  private final List<EventLoop.Timer> timers = new ArrayList<>();
  private final List<EventSpec> happened = new ArrayList<>();
  private final ArrayDeque<EventSpec> byCalls = new ArrayDeque<>();

  /** By node; those that are being begun or ended among them. */
  private final Map<String, OpenFault> open = new LinkedHashMap<>();

  private final TreeSet<String> touched = new TreeSet<>();
  private int underWay;
  private boolean over;
  private String failure = "";

  /** Of the cell's events; nodes that one of them adds are not there yet. */
  EventSchedule(
      List<EventSpec> events,
      Cluster cluster,
      Gateway gateway,
      EventCourse course,
      Stopping stopping) {
    this.stopping = stopping;
    this.events = events;
    this.cluster = cluster;
    this.gateway = gateway;
    this.course = course;
    loop = cluster.loop();
    faults = cluster.faults();
    gateway.membership().await(EventSpec.awaited(events));
  }

  /** The load begins now. */
  void start() {
    course.loadBegan();
    for (EventSpec event : events) {
      event.at().ifPresent(at -> timers.add(loop.after(at.toNanos(), () -> happen(event))));
    }
    events.stream()
        .filter(event -> event.at().isEmpty())
        .sorted(Comparator.comparing(EventSpec::atInvocation))
        .forEach(byCalls::add);
    awaitCalls();
  }

  /** Whether an event could not be carried out, so that the cell is not what the file says. */
  boolean failed() {
    return !failure.isEmpty();
  }

  /** Nothing happens any more, and what was done is undone. */
  void undo() throws InterruptedException {
    over = true;
    course.loadEnded();
    timers.forEach(EventLoop.Timer::cancel);
    loop.runUntil(stopping.orNoPatience(() -> underWay == 0));
    List.copyOf(open.values()).forEach(this::undo);
    loop.runUntil(stopping.orNoPatience(() -> underWay == 0));
  }

  /**
   * The load is over: what was done is undone, and its nodes answer again.
   *
   * @throws NodeTrouble a fault could not be begun or undone, or a node does not answer
   */
  void end() throws NodeTrouble, InterruptedException {
    undo();
    awaitNodes();
    if (failed()) {
      throw new NodeTrouble("cell " + course.title() + ": " + failure);
    }
  }

  /** Tells which events the load was too short for. */
  void tellMissed() {
    for (EventSpec event : events) {
      if (!happened.contains(event)) {
        course.warn("the load had ended before " + event + "; it did not happen");
      }
    }
  }

  private void awaitCalls() {
    if (!byCalls.isEmpty()) {
      gateway.whenHandedOver(byCalls.peek().atInvocation(), this::callsCame);
    }
  }

  private void callsCame() {
    long number = byCalls.peek().atInvocation();
    while (!byCalls.isEmpty() && byCalls.peek().atInvocation() == number) {
      happen(byCalls.poll());
    }
    awaitCalls();
  }

  private void happen(EventSpec event) {
    if (over) {
      return;
    }
    happened.add(event);
    switch (event.action()) {
      case ADD -> gateway.membership().add(event.node());
      case DRAIN -> gateway.membership().drain(event.node());
      case REMOVE -> gateway.membership().remove(event.node());
      default -> begin(event);
    }
    if (!event.action().isFault()) {
      course.happened(event);
    }
  }

  private void begin(EventSpec event) {
    if (open.containsKey(event.node())) {
      course.warn(event + " did not happen: another fault of that node was not over");
      return;
    }
    var fault = new Fault(Faults.Kind.valueOf(event.action().name()), event.node(), event.factor());
    var begun = new OpenFault(event, fault, loop.nowNanos());
    open.put(event.node(), begun);
    touched.add(event.node());
    underWay++;
    faults.begin(
        fault,
        new Callback<>() {
          @Override
          public void done(Long inForceNanos) {
            underWay--;
            begun.inForceNanos = inForceNanos;
            course.inForce(begun);
            event.lasts().ifPresent(lasts -> endIn(begun, lasts));
          }

          @Override
          public void failed(NodeFailure why) {
            underWay--;
            fail(event + " could not be done: " + why.message());
          }
        });
  }

  private void endIn(OpenFault begun, Duration lasts) {
    long left = begun.endAskedNanos(lasts.toNanos()) - loop.nowNanos();
    timers.add(
        loop.after(
            Math.max(0, left),
            () -> {
              if (!over) {
                undo(begun);
              }
            }));
  }

  private void undo(OpenFault begun) {
    if (begun.ending) {
      return;
    }
    begun.ending = true;
    Fault fault = begun.fault;
    underWay++;
    faults.end(
        fault,
        new Callback<>() {
          @Override
          public void done(Long overNanos) {
            underWay--;
            open.remove(fault.node());
            if (begun.inForce()) {
              course.over(begun, overNanos);
            }
          }

          @Override
          public void failed(NodeFailure why) {
            underWay--;
            open.remove(fault.node());
            fail(name(fault) + " could not be undone: " + why.message());
          }
        });
  }

  private static String name(Fault fault) {
    String kind = fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return kind + " " + fault.node();
  }

  private void fail(String why) {
    if (failure.isEmpty()) {
      failure = why;
    }
  }

  /** Connections that a fault broke are made anew; a node's first answers may still be refusals. */
  private void awaitNodes() throws InterruptedException {
    long until = loop.nowNanos() + BACK_LIMIT_NANOS;
    for (Node node : cluster.nodes()) {
      if (touched.contains(node.name())) {
        boolean[] back = {false};
        ask(node, until, back);
        loop.runUntil(stopping.orNoPatience(() -> back[0]));
      }
    }
    touched.clear();
  }

  private void ask(Node node, long until, boolean[] back) {
    node.inventory(
        new Callback<Inventory>() {
          @Override
          public void done(Inventory inventory) {
            back[0] = true;
          }

          @Override
          public void failed(NodeFailure why) {
            if (loop.nowNanos() >= until) {
              back[0] = true;
              fail(
                  "node "
                      + node.name()
                      + " does not answer after its fault was undone: "
                      + why.message());
            } else {
              loop.after(ASK_AGAIN_NANOS, () -> ask(node, until, back));
            }
          }
        });
  }
}
