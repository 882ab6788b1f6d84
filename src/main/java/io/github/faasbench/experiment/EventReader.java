package io.github.faasbench.experiment;

import io.github.faasbench.experiment.EventSpec.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code events}: {@code {at: 10s, cut: node-2, for: 15s}} each. */
final class EventReader {

  static final List<String> ACTIONS = Arrays.stream(Action.values()).map(Action::key).toList();
  static final List<String> KEYS =
      Stream.concat(
              Stream.of("at", "atInvocation"),
              Stream.concat(ACTIONS.stream(), Stream.of("factor", "for")))
          .toList();

  /** Over SSH they are done inside the node, which has to have its own engine and limits. */
  private static final List<Action> ISOLATED = List.of(Action.CUT, Action.STOP_ENGINE, Action.SLOW);

  private final List<String> nodes;
  private final boolean sim;
  private final Optional<ClusterSpec> cluster;
  private final Optional<Duration> duration;
  private final long calls;

  /** An event and where it stands. */
  private record Placed(EventSpec event, Value value) {}

  /**
   * @param duration after which the cells' loads end
   * @param calls that a cell makes at most
   */
  EventReader(
      List<NodeSpec> nodes,
      boolean sim,
      Optional<ClusterSpec> cluster,
      Optional<Duration> duration,
      long calls) {
    this.nodes = nodes.stream().map(NodeSpec::name).toList();
    this.sim = sim;
    this.cluster = cluster;
    this.duration = duration;
    this.calls = calls;
  }

  /** In the order of the file. */
  List<EventSpec> read(Value events) {
    var placed = new ArrayList<Placed>();
    for (Value value : events.items()) {
      if (value.map(KEYS)) {
        one(value).ifPresent(event -> placed.add(new Placed(event, value)));
      }
    }
    Map<String, List<Placed>> byNode = new LinkedHashMap<>();
    placed.forEach(p -> byNode.computeIfAbsent(p.event.node(), n -> new ArrayList<>()).add(p));
    byNode.values().forEach(EventReader::checkMembership);
    byNode.values().forEach(EventReader::checkFaults);
    List<EventSpec> specs = placed.stream().map(Placed::event).toList();
    if (!nodes.isEmpty() && EventSpec.awaited(specs).containsAll(nodes)) {
      events.problem(
          "every node of `nodes` is added by an event, so that none is there when a cell begins;"
              + " leave one out");
    }
    return specs;
  }

  private Optional<EventSpec> one(Value value) {
    int before = value.problemsMet();
    Value at = value.at("at");
    Value atInvocation = value.at("atInvocation");
    if (at.present() == atInvocation.present()) {
      value.problem(
          at.present()
              ? "at and atInvocation are both given; an event has one of the two"
              : "when it happens is missing; write at: 30s or atInvocation: 40");
    }
    Duration time = at.duration(null);
    if (time != null && duration.isPresent() && time.compareTo(duration.get()) >= 0) {
      at.problem("the cells' loads end after " + Units.show(duration.get()) + " (duration)");
    }
    long number = atInvocation.whole(0, 1, Long.MAX_VALUE);
    if (number > calls) {
      atInvocation.problem("a cell makes " + calls + " calls");
    }
    List<String> given = ACTIONS.stream().filter(key -> value.at(key).present()).toList();
    if (given.size() != 1) {
      value.problem(
          given.isEmpty()
              ? "what happens is missing" + Problems.allowed(ACTIONS)
              : "an event does one thing, not " + String.join(" and ", given));
      return Optional.empty();
    }
    Action action = Action.values()[ACTIONS.indexOf(given.get(0))];
    String node = node(value.at(action.key()));
    checkPlace(action, value.at(action.key()));
    Optional<Duration> lasts = lasts(value.at("for"), action);
    double factor = factor(value, action);
    return value.problemsMet() > before
        ? Optional.empty()
        : Optional.of(
            new EventSpec(Optional.ofNullable(time), number, action, node, lasts, factor));
  }

  private String node(Value value) {
    String name = value.text("");
    if (name != null && !name.isEmpty() && !nodes.contains(name)) {
      List<String> shown = nodes.size() > 12 ? List.of() : nodes;
      value.problem(
          "no node of `nodes` has the name "
              + Problems.quote(name)
              + Problems.allowed(shown)
              + Problems.meant(name, nodes));
    }
    return name;
  }

  private void checkPlace(Action action, Value value) {
    if (sim || !action.isFault()) {
      return;
    }
    if (cluster.isEmpty()) {
      value.problem(
          "faults are done only to nodes that the tool itself made: give the file the key"
              + " `cluster`, or simulate (backend: sim)");
    } else if (ISOLATED.contains(action) && !cluster.get().profile().equals("isolated")) {
      value.problem(
          "a node of profile shared has this machine's engine and limits; it takes profile:"
              + " isolated");
    }
  }

  private static Optional<Duration> lasts(Value value, Action action) {
    if (value.present() && !action.isFault()) {
      value.problem(action.key() + " is no fault that ends; leave it out");
    }
    return Optional.ofNullable(value.above0((Duration) null));
  }

  private static double factor(Value value, Action action) {
    Value factor = value.at("factor");
    if (action != Action.SLOW) {
      if (factor.present()) {
        factor.problem("only slow has a factor; leave it out");
      }
      return 1;
    }
    double number = factor.required().number(2, 1);
    if (factor.present() && number == 1) {
      factor.problem("must be above 1");
    }
    return number;
  }

  /** A node can only come when it is not there, and go when it is. */
  private static void checkMembership(List<Placed> ofNode) {
    List<Placed> events = ofNode.stream().filter(p -> !p.event.action().isFault()).toList();
    if (events.size() < 2) {
      return;
    }
    Optional<List<Placed>> ordered = ordered(events);
    if (ordered.isEmpty()) {
      events
          .get(1)
          .value
          .problem(
              "whether it comes before or after the other add, drain or remove of "
                  + events.get(0).event.node()
                  + " can't be told: give all of them at, or all atInvocation");
      return;
    }
    // A node whose first event is its coming is not there until then.
    boolean comes = ordered.get().get(0).event.action() == Action.ADD;
    Action state = comes ? Action.REMOVE : Action.ADD;
    for (Placed placed : ordered.get()) {
      Action next = placed.event.action();
      boolean possible = next == Action.ADD ? state != Action.ADD : state == Action.ADD;
      if (!possible && !(next == Action.REMOVE && state == Action.DRAIN)) {
        placed.value.problem(
            placed.event.node()
                + (state == Action.ADD
                    ? " is there already by then"
                    : state == Action.DRAIN
                        ? " is drained already by then"
                        : " is removed already by then"));
      }
      state = next;
    }
  }

  /** One fault at a time: what a second one would do to a node that can't be reached is chance. */
  private static void checkFaults(List<Placed> ofNode) {
    List<Placed> faults = ofNode.stream().filter(p -> p.event.action().isFault()).toList();
    Optional<List<Placed>> ordered = ordered(faults);
    if (ordered.isEmpty()) {
      return; // looked at when they happen
    }
    for (int i = 1; i < faults.size(); i++) {
      EventSpec earlier = ordered.get().get(i - 1).event;
      EventSpec later = ordered.get().get(i).event;
      boolean over =
          earlier.lasts().isPresent()
              && (later.at().isEmpty()
                  || earlier.at().get().plus(earlier.lasts().get()).compareTo(later.at().get())
                      <= 0);
      if (!over) {
        ordered
            .get()
            .get(i)
            .value
            .problem(
                "a node has one fault at a time, and "
                    + earlier.what()
                    + " "
                    + earlier.when()
                    + " is not over by then");
      }
    }
  }

  /** By time, or by number of calls; empty where some have the one and some the other. */
  private static Optional<List<Placed>> ordered(List<Placed> events) {
    long timed = events.stream().filter(p -> p.event.at().isPresent()).count();
    return timed > 0 && timed < events.size()
        ? Optional.empty()
        : Optional.of(
            events.stream().sorted(Comparator.comparing(Placed::event, EventSpec.ORDER)).toList());
  }
}
