package io.github.faasbench.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Takes in the latencies of one group, in bounded memory: each is kept up to {@link #EXACT} of
 * them; beyond, percentiles come from a histogram of nanoseconds whose buckets are at most a
 * thousandth of their value wide (HdrHistogram with three digits), while count, mean, standard
 * deviation, min and max stay exact.
 */
final class LatencyTally {

  static final int EXACT = 100_000;

  /** Of the middle of a bucket against any value in it. */
  static final double PERCENTILE_ERROR = 0.0005;

  private static final int DIGITS = 3;
  private static final double[] PERCENTS = {25, 50, 75, 90, 95, 99};

  private double[] values = new double[64];
  private Histogram histogram;
  private long count;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /**
   * @param seconds at least 0
   */
  void add(double seconds) {
    if (histogram == null && count < EXACT) {
      if (count == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(EXACT, 2 * count));
      }
      values[(int) count++] = seconds;
      return;
    }
    if (histogram == null) {
      histogram = new Histogram(DIGITS);
      double[] kept = values;
      values = new double[0];
      count = 0;
      for (double value : kept) {
        stream(value);
      }
    }
    stream(seconds);
  }

  long count() {
    return count;
  }

  /**
   * What came so far.
   *
   * @param beyond how many values are to be counted beyond all others; without any other there is
   *     nothing to tell
   * @param percents which percentiles are asked for besides those of every distribution
   */
  Distribution distribution(long beyond, List<Double> percents) {
    if (histogram == null) {
      return Distribution.of(Arrays.copyOf(values, (int) count), count == 0 ? 0 : beyond, percents);
    }
    double[] wanted =
        DoubleStream.concat(
                Arrays.stream(PERCENTS), percents.stream().mapToDouble(Double::doubleValue))
            .sorted()
            .distinct()
            .toArray();
    double[] found = percentiles(wanted, beyond);
    double[] p = Arrays.stream(PERCENTS).map(one -> of(one, wanted, found)).toArray();
    SortedMap<Double, Double> asked = new TreeMap<>();
    percents.forEach(one -> asked.put(one, of(one, wanted, found)));
    double deviation = Math.sqrt(squares / (count - 1));
    return new Distribution(
        count,
        mean,
        deviation,
        min,
        p[0],
        p[1],
        p[2],
        p[3],
        p[4],
        p[5],
        max,
        PERCENTILE_ERROR,
        asked);
  }

  private static double of(double percent, double[] wanted, double[] found) {
    return found[Arrays.binarySearch(wanted, percent)];
  }

  /**
   * The latencies in ascending order, or as many evenly spaced ranks of them, the ends among them.
   *
   * @param most at least 2
   */
  double[] ranks(int most) {
    double[] all = histogram == null ? Arrays.copyOf(values, (int) count) : new double[most];
    if (histogram == null) {
      Arrays.sort(all);
      return all.length <= most ? all : spaced(all, most);
    }
    int next = 0;
    for (HistogramIterationValue bucket : histogram.recordedValues()) {
      double middle = histogram.medianEquivalentValue(bucket.getValueIteratedTo()) / 1e9;
      while (next < most && rank(next, most, count) < bucket.getTotalCountToThisValue()) {
        all[next++] = middle;
      }
    }
    all[0] = min;
    all[most - 1] = max;
    return all;
  }

  private static double[] spaced(double[] sorted, int most) {
    double[] kept = new double[most];
    for (int i = 0; i < most; i++) {
      kept[i] = sorted[(int) rank(i, most, sorted.length)];
    }
    return kept;
  }

  private static long rank(int i, int most, long count) {
    return Math.round((double) i * (count - 1) / (most - 1));
  }

  /** Mean and variance by Welford, Technometrics 4(3), 1962. */
  private void stream(double seconds) {
    count++;
    double before = seconds - mean;
    mean += before / count;
    squares += before * (seconds - mean);
    if (seconds < min) {
      min = seconds;
    }
    if (seconds > max) {
      max = seconds;
    }
    histogram.recordValue(nanos(seconds));
  }

  /** As Math.round, and much faster, of a time that is not negative. */
  static long nanos(double seconds) {
    return (long) (seconds * 1e9 + 0.5);
  }

  /** Type 7 as in {@link Distribution}, between the middles of the buckets of the closest ranks. */
  private double[] percentiles(double[] percents, long beyond) {
    double[] found = new double[percents.length];
    Arrays.fill(found, Double.POSITIVE_INFINITY);
    double last = count + beyond - 1.0;
    int next = 0;
    long below = 0;
    double previous = Double.NaN;
    for (HistogramIterationValue bucket : histogram.recordedValues()) {
      double here = histogram.medianEquivalentValue(bucket.getValueIteratedTo()) / 1e9;
      double middle = Math.max(min, Math.min(max, here));
      long upTo = bucket.getTotalCountToThisValue();
      while (next < percents.length && percents[next] / 100 * last <= upTo - 1) {
        double rank = percents[next] / 100 * last;
        // The lower of its two closest ranks may be the last one of the bucket before.
        double lower = rank < below ? previous : middle;
        found[next++] = lower + (rank - Math.floor(rank)) * (middle - lower);
      }
      below = upTo;
      previous = middle;
    }
    return found;
  }
}
