package io.github.faasbench.coverage;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Queues without our simulator: the latencies of calls in order of arrival, first come first
 * served, from empty. A service takes 0.1 s on average.
 */
final class Queues {

  static final double SERVICE = 0.1;

  private Queues() {}

  /** M/M/1 by Lindley's recursion (1952). */
  static double[] mm1(RandomGenerator random, int calls, double load) {
    var queue = new Lindley(random, load);
    double[] latencies = new double[calls];
    Arrays.setAll(latencies, i -> queue.next());
    return latencies;
  }

  /** The same, call by call. */
  static final class Lindley {
    private final RandomGenerator random;
    private final double gap;
    private double wait;

    Lindley(RandomGenerator random, double load) {
      this.random = random;
      gap = SERVICE / load;
    }

    double next() {
      double latency = wait + SERVICE * random.nextExponential();
      wait = Math.max(0, latency - gap * random.nextExponential());
      return latency;
    }
  }

  /** M/M/1: latencies are exponential with that mean. */
  static double mean(double load) {
    return SERVICE / (1 - load);
  }

  /** The calls of several servers with one queue. */
  static double[] servers(int servers, double[] arrivals, double[] services, double factor) {
    double[] free = new double[servers];
    double[] latencies = new double[arrivals.length];
    for (int i = 0; i < arrivals.length; i++) {
      int first = 0;
      for (int server = 1; server < servers; server++) {
        first = free[server] < free[first] ? server : first;
      }
      free[first] = Math.max(arrivals[i], free[first]) + factor * services[i];
      latencies[i] = free[first] - arrivals[i];
    }
    return latencies;
  }

  /** Poisson arrivals for so many servers. */
  static double[] arrivals(RandomGenerator random, int calls, int servers, double load) {
    double[] arrivals = new double[calls];
    double now = 0;
    for (int i = 0; i < calls; i++) {
      now += SERVICE / (servers * load) * random.nextExponential();
      arrivals[i] = now;
    }
    return arrivals;
  }

  static double[] services(RandomGenerator random, int calls) {
    double[] services = new double[calls];
    Arrays.setAll(services, i -> SERVICE * random.nextExponential());
    return services;
  }

  /**
   * The mean latency of M/M/c (Erlang, 1917).
   *
   * @param offered load of all servers together: arrivals in a service time
   */
  static double mean(int servers, double offered, double service) {
    double blocked = 1;
    for (int i = 1; i <= servers; i++) {
      blocked = offered * blocked / (i + offered * blocked);
    }
    double waits = servers * blocked / (servers - offered * (1 - blocked));
    return service * (1 + waits / (servers - offered));
  }

  /** By what factor services take longer where the mean latency is so many times as long. */
  static double factor(int servers, double load, double times) {
    double before = mean(servers, servers * load, SERVICE);
    double low = 1;
    double high = times;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      boolean enough = mean(servers, servers * load * middle, SERVICE * middle) >= times * before;
      low = enough ? low : middle;
      high = enough ? middle : high;
    }
    return high;
  }
}
