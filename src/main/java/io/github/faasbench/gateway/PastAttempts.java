package io.github.faasbench.gateway;

import io.github.faasbench.metrics.Attempt;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A call's attempts that failed on their nodes, each followed by another one or by the end. */
final class PastAttempts {

  /** Of a call without any, as nearly all are: it is never added to. */
  static final PastAttempts NONE = new PastAttempts();

  private final List<Attempt> attempts = new ArrayList<>();
  private final List<NodeState> nodes = new ArrayList<>();
  private long endedAtNanos;

  boolean isEmpty() {
    return attempts.isEmpty();
  }

  void add(Attempt attempt, NodeState node, long endedNanos) {
    attempts.add(attempt);
    nodes.add(node);
    endedAtNanos = endedNanos;
  }

  /** In their order; the same list while attempts are added. */
  List<NodeState> nodes() {
    return nodes;
  }

  /** The node of the last one; null: there was none. */
  NodeState lastNode() {
    return isEmpty() ? null : nodes.get(nodes.size() - 1);
  }

  /** When the last one ended, or else that. */
  long endedAtNanos(long none) {
    return isEmpty() ? none : endedAtNanos;
  }

  /** How the last one ended, or else that. */
  Outcome outcome(Outcome none) {
    return isEmpty() ? none : last().outcome();
  }

  /** Why the call ends without a further one. */
  String noFurther(String reason) {
    return isEmpty() ? reason : last().error() + "; no further attempt: " + reason;
  }

  /** What the record of a call that succeeded after them says. */
  String causes() {
    return attempts.stream()
        .map(a -> "attempt " + a.number() + " failed: " + withNode(a))
        .collect(Collectors.joining("; "));
  }

  private static String withNode(Attempt attempt) {
    String node = attempt.node() + ": ";
    return attempt.error().startsWith(node) ? attempt.error() : node + attempt.error();
  }

  List<Attempt> all() {
    return new ArrayList<>(attempts);
  }

  private Attempt last() {
    return attempts.get(attempts.size() - 1);
  }
}
