package io.github.faasbench.gateway;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a node's failures came to, from the first one until a call succeeds there. */
final class Trouble {

  /** Attempts that failed there one after the other. */
  int calls;

  /** Readings of its load that failed one after the other. */
  int loads;

  /** The newest cause, in one line. */
  String cause = "";

  /** Containers of attempts that it did not answer: they may still be there. */
  final List<ContainerName> left = new ArrayList<>();

  /** Functions whose prepared container could not be started anew. */
  final List<FunctionState> unprepared = new ArrayList<>();

  boolean aside;

  /** When it was set aside, and after how many failures. */
  long asideSinceNanos;

  int asideAfter;

  /** How long it is left alone before it is asked; 0: it was never set aside. */
  long backoffNanos;

  /** The next question; null: none is planned. */
  EventLoop.Timer timer;

  /** Since when it is set aside, and why. */
  String since(long nowNanos) {
    return String.format(
        Locale.ROOT,
        "since %.1f s, after %s: %s",
        (nowNanos - asideSinceNanos) / 1e9,
        failures(),
        cause);
  }

  String failures() {
    return asideAfter == 1 ? "a failure" : asideAfter + " failures in a row";
  }
}
