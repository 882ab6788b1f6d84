package io.github.faasbench.oracle;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the calls of one cell came to. The first tenth of them, in the order of arrival, is warm-up
 * and does not count: a rule fixed before any result was seen. Times are seconds.
 */
final class Sample {

  private static final int WARM_UP = 10;

  private final long warmUp;
  private final double[] arrived;
  private final double[] latency;
  private final int[] nodeOf;
  private final Map<String, Integer> nodes = new HashMap<>();
  private final Map<String, Sum> functions = new HashMap<>();
  private int size;
  private int cold;
  private int rejected;
  private double exec;
  private double first = Double.POSITIVE_INFINITY;
  private double last;

  private static final class Sum {
    double latency;
    int calls;
  }

  Sample(int calls) {
    warmUp = calls / WARM_UP;
    arrived = new double[calls];
    latency = new double[calls];
    nodeOf = new int[calls];
  }

  void accept(Invocation call) {
    if (call.invocation() <= warmUp) {
      return;
    }
    Instant at = call.arrivedAt();
    double seconds = at.getEpochSecond() - 946_684_800L + at.getNano() / 1e9;
    first = Math.min(first, seconds);
    last = Math.max(last, seconds);
    if (call.outcome() == Outcome.REJECTED) {
      rejected++;
      return;
    }
    if (call.outcome() != Outcome.OK) {
      throw new IllegalStateException("a call did not succeed: " + call.error());
    }
    arrived[size] = seconds;
    latency[size] = call.latencySeconds();
    nodeOf[size] = nodes.computeIfAbsent(call.node(), name -> nodes.size());
    size++;
    cold += call.mode().equals("cold") ? 1 : 0;
    exec += call.execSeconds();
    Sum function = functions.computeIfAbsent(call.function(), name -> new Sum());
    function.latency += call.latencySeconds();
    function.calls++;
  }

  /** Calls that counted, rejected ones included. */
  int calls() {
    return size + rejected;
  }

  double meanLatency() {
    return sum(latency) / size;
  }

  double meanLatency(String function) {
    Sum sum = functions.get(function);
    return sum.latency / sum.calls;
  }

  /** Mean of latency over service time, for functions whose service times are known. */
  double meanSlowdown(Map<String, Double> serviceOf) {
    double slowdown = 0;
    for (Map.Entry<String, Sum> function : functions.entrySet()) {
      slowdown += function.getValue().latency / serviceOf.get(function.getKey());
    }
    return slowdown / size;
  }

  /** By nearest rank. */
  double latencyQuantile(double share) {
    double[] sorted = Arrays.copyOf(latency, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * size) - 1];
  }

  /** Mean number of calls there, from what each stayed: Little's law. */
  double callsThere() {
    return sum(latency) / window();
  }

  /** Calls per second. */
  double throughput() {
    return (calls() - 1) / window();
  }

  /** Mean number of calls that are executed at a time. */
  double callsExecuted() {
    return exec / window();
  }

  double coldShare() {
    return cold / (double) size;
  }

  double rejectedShare() {
    return rejected / (double) calls();
  }

  double shareOf(String node) {
    Integer number = nodes.get(node);
    return Arrays.stream(nodeOf, 0, size).filter(n -> number != null && n == number).count()
        / (double) size;
  }

  /** Mean number of nodes that have a call. */
  double activeNodes() {
    double active = 0;
    for (int number : nodes.values()) {
      int[] there = IntStream.range(0, size).filter(i -> nodeOf[i] == number).toArray();
      double[] starts = Arrays.stream(there).mapToDouble(i -> arrived[i]).sorted().toArray();
      double[] ends =
          Arrays.stream(there).mapToDouble(i -> arrived[i] + latency[i]).sorted().toArray();
      active += ends[ends.length - 1] - starts[0];
      for (int i = 1; i < starts.length; i++) {
        active -= Math.max(0, starts[i] - ends[i - 1]); // as many have ended as had come: idle
      }
    }
    return active / window();
  }

  private double window() {
    return last - first;
  }

  private double sum(double[] values) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum;
  }
}
