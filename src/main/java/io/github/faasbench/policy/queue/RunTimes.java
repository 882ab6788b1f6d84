package io.github.faasbench.policy.queue;

import io.github.faasbench.policy.SchedulingPolicy.Ended;
import java.util.HashMap;
import java.util.Map;

/**
 * How long functions run: an average in which the newest call counts a tenth (Ilúvatar's
 * characteristics map); the first one begins it. Calls whose process was not timed teach nothing.
 */
final class RunTimes {

  private static final double NEWEST = 0.1;

  private final Map<String, Double> nanos = new HashMap<>();

  /** 0: not known yet. */
  double nanos(String function) {
    return nanos.getOrDefault(function, 0.0);
  }

  void ended(Ended call) {
    if (call.succeeded() && call.execNanos() >= 0) {
      double newest = call.execNanos();
      nanos.merge(call.request().function(), newest, (old, now) -> old + NEWEST * (now - old));
    }
  }
}
