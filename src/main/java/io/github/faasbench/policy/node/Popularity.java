package io.github.faasbench.policy.node;

import io.github.faasbench.policy.Request;
import java.util.HashMap;
import java.util.Map;

/**
 * Which functions are popular: those with the shortest times between arrivals, each averaged with
 * weights 0.9 for the newest and 0.1 for all before (CH-RLU's OpenWhisk version). All functions are
 * compared anew after as many arrivals as there are functions, so that one costs little.
 */
final class Popularity {

  private final double share;
  private final Map<String, Times> functions = new HashMap<>();
  private int sinceCompared;
  private double limitNanos = -1;
  private double medianNanos = Double.POSITIVE_INFINITY;

  private static final class Times {
    long invocation = -1;
    long lastNanos;
    double betweenNanos = Double.NaN;
  }

  Popularity(double share) {
    this.share = share;
  }

  /** Counts the request, once however often it is asked about; whether its function is popular. */
  boolean arrived(Request request) {
    Times times = functions.computeIfAbsent(request.function(), name -> new Times());
    if (times.invocation != request.invocation()) {
      if (times.invocation >= 0) {
        double between = request.arrivedAtNanos() - times.lastNanos;
        boolean first = Double.isNaN(times.betweenNanos);
        times.betweenNanos = first ? between : 0.9 * between + 0.1 * times.betweenNanos;
      }
      times.invocation = request.invocation();
      times.lastNanos = request.arrivedAtNanos();
      if (++sinceCompared >= functions.size()) {
        compare();
      }
    }
    return times.betweenNanos <= limitNanos;
  }

  double medianSeconds() {
    return medianNanos / 1e9;
  }

  private void compare() {
    sinceCompared = 0;
    double[] sorted =
        functions.values().stream()
            .mapToDouble(times -> times.betweenNanos)
            .filter(nanos -> !Double.isNaN(nanos))
            .sorted()
            .toArray();
    if (sorted.length > 0) {
      int popular = (int) Math.ceil(share * sorted.length);
      limitNanos = popular == 0 ? -1 : sorted[Math.min(popular, sorted.length) - 1];
      medianNanos = sorted[sorted.length / 2];
    }
  }
}
