package io.github.faasbench.report.figure;

import java.util.Arrays;

/**
 * Sums over equal spans of time, in memory that does not grow with it: when the last span is full,
 * two become one.
 */
final class TimeBins {

  static final int MOST = 120;
  private static final double FIRST_SECONDS = 1.0 / 1024;

  private double widthSeconds = FIRST_SECONDS;
  private final double[] sums = new double[MOST];
  private int used;

  /** Adds to the span of that moment, in seconds from 0. */
  void add(double at, double value) {
    int bin = bin(at);
    sums[bin] += value;
  }

  /** Adds how long each span is covered, in seconds. */
  void cover(double from, double to) {
    if (!(to > from)) {
      return;
    }
    int last = bin(to);
    int first = bin(from);
    for (int i = first; i <= last; i++) {
      double start = Math.max(from, i * widthSeconds);
      double end = Math.min(to, (i + 1) * widthSeconds);
      sums[i] += Math.max(0, end - start);
    }
  }

  private int bin(double at) {
    double seconds = Math.max(0, at);
    while (seconds >= MOST * widthSeconds) {
      halve();
    }
    int bin = (int) (seconds / widthSeconds);
    used = Math.max(used, bin + 1);
    return bin;
  }

  private void halve() {
    for (int i = 0; i < MOST / 2; i++) {
      sums[i] = sums[2 * i] + sums[2 * i + 1];
    }
    Arrays.fill(sums, MOST / 2, MOST, 0);
    used = (used + 1) / 2;
    widthSeconds *= 2;
  }

  /** Makes the spans as wide as those; they are never narrowed. */
  void widenTo(double seconds) {
    while (widthSeconds < seconds) {
      halve();
    }
  }

  double widthSeconds() {
    return widthSeconds;
  }

  /** One sum a span, up to the last one that was touched. */
  double[] sums() {
    return Arrays.copyOf(sums, used);
  }
}
