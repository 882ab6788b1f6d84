package io.github.faasbench.plan;

/** Adds up many small times without drift: whole nanoseconds apart from the fraction of one. */
final class NanoSum {

  private static final double NANOS = 1e9;

  private long whole;
  private double fraction;

  /** Adds a time, at least 0; the sum must stay below 292 years. */
  void add(double seconds) {
    fraction += seconds * NANOS;
    long carried = (long) fraction;
    fraction -= carried;
    whole = Math.addExact(whole, carried);
  }

  /** The sum, cut to whole nanoseconds. */
  long nanos() {
    return whole;
  }
}
