package io.github.faasbench.experiment;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happens in every cell while its calls come: a node joins or leaves, or a fault is done to it
 * on purpose.
 *
 * @param at since the cell's load began; empty: by number of calls
 * @param atInvocation when that many calls have been handed over; 0: by time
 * @param node the node's name
 * @param lasts how long a fault lasts; empty: to the cell's end
 * @param factor by which {@code slow} divides the node's processor time; 1 of any other
 */
public record EventSpec(
    Optional<Duration> at,
    long atInvocation,
    Action action,
    String node,
    Optional<Duration> lasts,
    double factor) {

  /** Events by time first, then by number of calls. */
  static final Comparator<EventSpec> ORDER =
      Comparator.comparing((EventSpec event) -> event.at().orElse(Duration.ZERO))
          .thenComparing(EventSpec::atInvocation);

  /** Nodes that are not there when a cell begins: they leave, if at all, only after they came. */
  public static Set<String> awaited(List<EventSpec> events) {
    Map<String, Action> first = new LinkedHashMap<>();
    events.stream()
        .filter(event -> !event.action().isFault())
        .sorted(ORDER)
        .forEach(event -> first.putIfAbsent(event.node(), event.action()));
    first.values().removeIf(action -> action != Action.ADD);
    return first.keySet();
  }

  /** What happens to the node. */
  public enum Action {
    /** It joins; until its first one a node is not there. */
    ADD("add"),
    /** It gets no further call; those that run there end, and what is kept goes. */
    DRAIN("drain"),
    /** It is gone at once, and breaks the calls that run there. */
    REMOVE("remove"),
    /** Its SSH server ends, with all connections. */
    STOP_SSH("stop-ssh"),
    /** All its processes stand still. */
    FREEZE("freeze"),
    /** No packet reaches it or comes from it. */
    CUT("cut"),
    /** Its Docker engine ends, with all containers. */
    STOP_ENGINE("stop-engine"),
    /** It gets a part of its processor time. */
    SLOW("slow");

    private final String key;

    Action(String key) {
      this.key = key;
    }

    /** As in the file. */
    public String key() {
      return key;
    }

    /** Whether it is undone in the end. */
    public boolean isFault() {
      return ordinal() >= STOP_SSH.ordinal();
    }
  }

  /** When it happens, as in {@code at 10s}. */
  public String when() {
    return at.isPresent() ? "at " + Units.show(at.get()) : "at invocation " + atInvocation;
  }

  /** What happens, as in {@code cut node-2 for 15s}. */
  public String what() {
    return action.key()
        + " "
        + node
        + (factor == 1 ? "" : " by " + Units.show(factor))
        + lasts.map(duration -> " for " + Units.show(duration)).orElse("");
  }

  @Override
  public String toString() {
    return when() + ": " + what();
  }
}
