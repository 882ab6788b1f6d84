package io.github.faasbench.analysis.series;

import java.util.Arrays;

/**
 * Counts latencies in buckets of a 128th of an octave, less than 0.8 % wide, and interpolates
 * within them. It grows with the range of the values, not with their number: 1 KiB an octave at
 * most. A bucket is read off a double's bits, so that a call costs no logarithm.
 */
final class LogHistogram implements Ranked {

  private static final int MANTISSA_BITS = 7;
  private static final int SHIFT = 52 - MANTISSA_BITS;
  private static final int SPARE = 16;

  /** Shorter ones count as that long, in seconds. */
  private static final double SHORTEST = 1e-9;

  private int[] counts = {};
  private int first;
  private long count;

  void add(double seconds) {
    add(bucket(seconds), 1);
  }

  private void add(int bucket, int times) {
    if (bucket < first || bucket >= first + counts.length) {
      grow(bucket);
    }
    counts[bucket - first] += times;
    count += times;
  }

  private void grow(int bucket) {
    if (counts.length == 0) {
      first = bucket - SPARE / 2;
      counts = new int[SPARE];
      return;
    }
    int from = Math.min(first, bucket < first ? bucket - SPARE : first);
    int to = Math.max(first + counts.length, bucket + SPARE);
    int[] wider = new int[to - from];
    System.arraycopy(counts, 0, wider, first - from, counts.length);
    counts = wider;
    first = from;
  }

  /** Takes in what another one counted. */
  void add(LogHistogram other) {
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] > 0) {
        add(other.first + i, other.counts[i]);
      }
    }
  }

  private static int bucket(double seconds) {
    return (int) (Double.doubleToRawLongBits(Math.max(SHORTEST, seconds)) >>> SHIFT);
  }

  private static double lowest(int bucket) {
    return Double.longBitsToDouble((long) bucket << SHIFT);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double quantile(long beyond, double p) {
    if (count + beyond == 0) {
      return Double.NaN;
    }
    double rank = p * (count + beyond - 1.0);
    if (rank > count - 1.0) {
      return Double.POSITIVE_INFINITY;
    }
    // The values of a bucket are taken to be spread evenly over it.
    double place = rank + 0.5;
    long below = 0;
    int i = 0;
    while (below + counts[i] < place) {
      below += counts[i++];
    }
    double share = (place - below) / counts[i];
    return lowest(first + i) + share * (lowest(first + i + 1) - lowest(first + i));
  }

  @Override
  public double notAbove(double limit) {
    int bucket = bucket(limit) - first;
    if (bucket < 0) {
      return 0;
    }
    if (bucket >= counts.length) {
      return count;
    }
    double below = Arrays.stream(counts, 0, bucket).asLongStream().sum();
    double low = lowest(first + bucket);
    double share = (limit - low) / (lowest(first + bucket + 1) - low);
    return below + counts[bucket] * Math.max(0, Math.min(1, share));
  }

  @Override
  public double distance(double from) {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      double middle = (lowest(first + i) + lowest(first + i + 1)) / 2;
      sum += counts[i] * Math.abs(middle - from);
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
