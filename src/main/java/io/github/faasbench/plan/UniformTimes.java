package io.github.faasbench.plan;

/** One call after the other at equal distances, the first at the start. */
final class UniformTimes implements DueTimes {

  private final double periodNanos;
  private long made;

  UniformTimes(double perSecond) {
    this.periodNanos = 1e9 / perSecond;
  }

  /** A product, not a sum: its error does not grow with the number of calls. */
  @Override
  public long nextNanos() {
    return Math.round(made++ * periodNanos);
  }
}
