package io.github.faasbench.analysis;

/** When calls that failed say more than the latencies of those that did not. */
public final class Failures {

  private Failures() {}

  /**
   * Whether the shares of failed calls differ by more than the means do: the means are of the calls
   * that ended ok, and say nothing then.
   *
   * @param ratio of the means
   */
  public static boolean overrule(GroupSummary first, GroupSummary second, double ratio) {
    double difference = Math.abs(first.failedShare() - second.failedShare());
    return difference > 0 && !(Math.abs(ratio - 1) >= difference);
  }
}
