package io.github.faasbench.analysis.series;

import java.util.Arrays;
import java.util.List;

/**
 * Calls that follow each other in order of arrival, or all of a repetition: what figures of a
 * series are compared by. Times in seconds.
 */
final class Batch {

  private final Ranked latencies;
  private final double sum;
  private final long failed;
  private final long started;

  /**
   * @param latencies of the calls that ended ok
   * @param sum of these
   * @param failed calls that did not end ok
   * @param started calls that had a container started for them
   */
  Batch(Ranked latencies, double sum, long failed, long started) {
    this.latencies = latencies;
    this.sum = sum;
    this.failed = failed;
    this.started = started;
  }

  /**
   * Of latencies in any order.
   *
   * @param seconds infinite where a call did not end ok
   */
  static Batch of(double[] seconds, long started) {
    double[] ok = Arrays.stream(seconds).filter(Double::isFinite).toArray();
    return new Batch(
        new SortedLatencies(ok), Arrays.stream(ok).sum(), seconds.length - ok.length, started);
  }

  /** All of them as one. */
  static Batch of(List<Batch> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    double sum = 0;
    long failed = 0;
    long started = 0;
    for (Batch part : parts) {
      sum += part.sum;
      failed += part.failed;
      started += part.started;
    }
    return new Batch(merged(parts), sum, failed, started);
  }

  private static Ranked merged(List<Batch> parts) {
    if (parts.stream().allMatch(part -> part.latencies instanceof SortedLatencies)) {
      return new SortedLatencies(
          parts.stream()
              .flatMapToDouble(p -> Arrays.stream(((SortedLatencies) p.latencies).values()))
              .toArray());
    }
    LogHistogram all = new LogHistogram();
    for (Batch part : parts) {
      if (part.latencies instanceof SortedLatencies few) {
        Arrays.stream(few.values()).forEach(all::add);
      } else {
        all.add((LogHistogram) part.latencies);
      }
    }
    return all;
  }

  Ranked latencies() {
    return latencies;
  }

  long ok() {
    return latencies.count();
  }

  double sum() {
    return sum;
  }

  long calls() {
    return ok() + failed;
  }

  /** NaN without calls that ended ok. */
  double mean() {
    return ok() == 0 ? Double.NaN : sum / ok();
  }

  /** Calls that did not end ok count as infinitely slow. */
  double quantile(double p) {
    return latencies.quantile(failed, p);
  }

  /** How many do not exceed the limit. */
  double notAbove(double limit) {
    return latencies.notAbove(limit);
  }

  /** The mean distance from the median, of the calls that ended ok. */
  double spread() {
    return latencies.distance(latencies.quantile(0, 0.5));
  }

  double failedShare() {
    return (double) failed / calls();
  }

  double startedShare() {
    return (double) started / calls();
  }
}
