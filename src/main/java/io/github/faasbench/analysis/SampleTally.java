package io.github.faasbench.analysis;

import io.github.faasbench.random.Stream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Keeps a seeded sample of one repetition's latencies: all up to {@link Sample#SIZE}, then each
 * with the same chance (algorithm L of Li, "Reservoir-Sampling Algorithms of Time Complexity O(n(1
 * + log(N/n)))", 1994: most calls cost one comparison).
 */
final class SampleTally {

  private final Stream random;
  private double[] values = new double[64];
  private double[] services = new double[64];
  private boolean[] started = new boolean[64];
  private long[] places = new long[0];
  private long seen;
  private long nextTaken = Long.MAX_VALUE;
  private double weight = 1;

  SampleTally(long seed) {
    random = new Stream(seed);
  }

  /**
   * Takes in a call.
   *
   * @param seconds infinite where it did not end ok
   * @param serviceSeconds of its process; NaN: not measured
   * @param container whether one was started for it
   */
  void add(double seconds, double serviceSeconds, boolean container) {
    if (seen < Sample.SIZE) {
      if (seen == values.length) {
        int longer = (int) Math.min(Sample.SIZE, 2 * seen);
        values = Arrays.copyOf(values, longer);
        services = Arrays.copyOf(services, longer);
        started = Arrays.copyOf(started, longer);
      }
      values[(int) seen] = seconds;
      services[(int) seen] = serviceSeconds;
      started[(int) seen] = container;
    } else if (seen == Sample.SIZE || seen == nextTaken) {
      replace(seconds, serviceSeconds, container);
    }
    seen++;
  }

  private void replace(double seconds, double serviceSeconds, boolean container) {
    if (places.length == 0) {
      places = IntStream.range(0, Sample.SIZE).asLongStream().toArray();
      skip();
      if (seen != nextTaken) {
        return;
      }
    }
    int at = random.nextInt(Sample.SIZE);
    values[at] = seconds;
    services[at] = serviceSeconds;
    started[at] = container;
    places[at] = seen;
    skip();
  }

  private void skip() {
    weight *= StrictMath.exp(StrictMath.log(1 - random.nextDouble()) / Sample.SIZE);
    double gap = StrictMath.log(1 - random.nextDouble()) / StrictMath.log(1 - weight);
    long from = nextTaken == Long.MAX_VALUE ? seen : nextTaken + 1;
    nextTaken = from + (long) Math.floor(gap);
  }

  long seen() {
    return seen;
  }

  /** What was kept, in the order in which it came. */
  double[] values() {
    return inOrder(values);
  }

  /** The service times of the same calls. */
  double[] services() {
    return inOrder(services);
  }

  /** Which of them had a container started for them: 1, else 0. */
  double[] started() {
    double[] flags = new double[started.length];
    Arrays.setAll(flags, i -> started[i] ? 1 : 0);
    return inOrder(flags);
  }

  private double[] inOrder(double[] values) {
    if (places.length == 0) {
      return Arrays.copyOf(values, (int) seen);
    }
    return IntStream.range(0, Sample.SIZE)
        .boxed()
        .sorted((a, b) -> Long.compare(places[a], places[b]))
        .mapToDouble(at -> values[at])
        .toArray();
  }
}
