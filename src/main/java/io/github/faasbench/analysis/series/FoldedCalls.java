package io.github.faasbench.analysis.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many calls of a series in bounded memory, whatever the order in which they come: sums of up to
 * {@link #SLOTS} runs of calls, and {@link #PARTS} parts with a histogram each. A run and a part
 * are 2 to the power of something calls long; when there are too many, pairs are put together.
 */
final class FoldedCalls {

  static final int SLOTS = 1 << 14;
  static final int PARTS = 80;

  /** So that the first parts hold as many calls as are kept one by one. */
  private static final int FIRST_PART_BITS = 8;

  private static final class Part {
    final LogHistogram latencies = new LogHistogram();
    double sum;
    long failed;
    long started;

    void add(Part other) {
      latencies.add(other.latencies);
      sum += other.sum;
      failed += other.failed;
      started += other.started;
    }

    Batch batch() {
      return new Batch(latencies, sum, failed, started);
    }
  }

  private final double[] sums = new double[SLOTS];
  private final int[] oks = new int[SLOTS];
  private final Part[] parts = new Part[PARTS];
  private int slotBits;
  private int partBits = FIRST_PART_BITS;
  private long count;
  private double mean;
  private double squares;

  /**
   * Takes in a call.
   *
   * @param number from 0
   * @param seconds infinite where it did not end ok
   */
  void add(long number, double seconds, boolean started) {
    while (number >> slotBits >= SLOTS) {
      foldSlots();
    }
    while (number >> partBits >= PARTS) {
      foldParts();
    }
    int at = (int) (number >> partBits);
    Part part = parts[at];
    if (part == null) {
      part = new Part();
      parts[at] = part;
    }
    part.started += started ? 1 : 0;
    if (Double.isInfinite(seconds)) {
      part.failed++;
      return;
    }
    part.sum += seconds;
    part.latencies.add(seconds);
    int slot = (int) (number >> slotBits);
    sums[slot] += seconds;
    oks[slot]++;
    // Welford, Technometrics 4(3), 1962.
    count++;
    double before = seconds - mean;
    mean += before / count;
    squares += before * (seconds - mean);
  }

  private void foldSlots() {
    for (int i = 0; i < SLOTS / 2; i++) {
      sums[i] = sums[2 * i] + sums[2 * i + 1];
      oks[i] = oks[2 * i] + oks[2 * i + 1];
    }
    Arrays.fill(sums, SLOTS / 2, SLOTS, 0);
    Arrays.fill(oks, SLOTS / 2, SLOTS, 0);
    slotBits++;
  }

  private void foldParts() {
    for (int i = 0; i < PARTS / 2; i++) {
      Part both = parts[2 * i];
      Part second = parts[2 * i + 1];
      if (both == null) {
        both = second;
      } else if (second != null) {
        both.add(second);
      }
      parts[i] = both;
    }
    Arrays.fill(parts, PARTS / 2, PARTS, null);
    partBits++;
  }

  /** Mean latencies of the runs of calls, in order; runs without a call that ended ok left out. */
  double[] runs() {
    double[] means = new double[SLOTS];
    int n = 0;
    for (int i = 0; i < SLOTS; i++) {
      if (oks[i] > 0) {
        means[n++] = sums[i] / oks[i];
      }
    }
    return Arrays.copyOf(means, n);
  }

  /**
   * By what factor the sums of runs vary more than those of as many independent calls: 1 where no
   * call depends on another one of its run. Runs may be of any lengths.
   */
  double ratioOfRuns() {
    double ofRuns = 0;
    for (int i = 0; i < SLOTS; i++) {
      double off = sums[i] - oks[i] * mean;
      ofRuns += off * off;
    }
    return ofRuns / squares;
  }

  /** How many ordered pairs of calls are of one run: that many products make the ratio vary. */
  double pairsInRuns() {
    double pairs = 0;
    for (int ok : oks) {
      pairs += ok * (ok - 1.0);
    }
    return pairs;
  }

  /** Variance of the latencies, divided by n - 1. */
  double variance() {
    return squares / (count - 1);
  }

  /**
   * About so many batches of as many calls each; what does not fill one at the end is left out.
   *
   * @param from number of the first call, to that of the last one
   */
  List<Batch> batches(int wanted, long from, long to) {
    // A part that the ends of the series cut is no whole one.
    int first = (int) ((from + (1L << partBits) - 1) >> partBits);
    int end = (int) ((to + 1) >> partBits);
    int each = Math.max(1, (end - first) / wanted);
    List<Batch> batches = new ArrayList<>();
    for (int at = first; at + each <= end; at += each) {
      Part all = new Part();
      for (int i = at; i < at + each; i++) {
        if (parts[i] != null) {
          all.add(parts[i]);
        }
      }
      batches.add(all.batch());
    }
    return batches;
  }

  /** All calls as one. */
  Batch whole() {
    Part all = new Part();
    for (Part part : parts) {
      if (part != null) {
        all.add(part);
      }
    }
    return all.batch();
  }
}
