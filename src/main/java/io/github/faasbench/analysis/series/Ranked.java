package io.github.faasbench.analysis.series;

/** Latencies in ascending order, in seconds, as exactly as they are kept. */
interface Ranked {

  /** How many there are. */
  long count();

  /**
   * By linear interpolation between the closest ranks; infinite where one of them is beyond.
   *
   * @param beyond how many values are larger than all that are kept
   * @param p 0 to 1
   */
  double quantile(long beyond, double p);

  /** How many do not exceed the limit, with a share of those that can't be told from it. */
  double notAbove(double limit);

  /** The mean distance from a value. */
  double distance(double from);
}
