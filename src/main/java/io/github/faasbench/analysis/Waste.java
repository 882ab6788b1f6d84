package io.github.faasbench.analysis;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;

/**
 * What a group's containers that waited for calls came to: what keeping them cost, and how it
 * ended. Containers that calls made for themselves alone are no part of it.
 *
 * @param containers that waited for calls
 * @param evicted of them, that made room for others
 * @param expired whose time was over
 * @param lost that were killed, or whose call was lost
 * @param preWarmsUsed loaded ahead of a call that came
 * @param preWarmsWasted loaded ahead of a call that never came
 * @param busySeconds with a call inside, all together
 * @param idleSeconds without one
 * @param idleMebibyteSeconds memory that was held meanwhile; NaN: of some containers not known
 * @param perRepetition the same of each repetition that had containers
 * @param repetitions how many the group has
 */
public record Waste(
    long containers,
    long evicted,
    long expired,
    long lost,
    long preWarmsUsed,
    long preWarmsWasted,
    double busySeconds,
    double idleSeconds,
    double idleMebibyteSeconds,
    double[] perRepetition,
    int repetitions) {

  /** Where no container waited. */
  static Waste none(int repetitions) {
    return new Waste(0, 0, 0, 0, 0, 0, 0, 0, 0, new double[0], repetitions);
  }

  /** Idle memory of a repetition, in MiB·s; NaN: not known. */
  public double mean() {
    return idleMebibyteSeconds / repetitions;
  }

  /** Of that mean; unknown below two repetitions. */
  public Interval interval() {
    double[] all = new double[repetitions]; // a repetition without containers wasted nothing
    System.arraycopy(perRepetition, 0, all, 0, Math.min(perRepetition.length, repetitions));
    return Means.interval(mean(), Means.standardDeviation(all), repetitions);
  }
}
