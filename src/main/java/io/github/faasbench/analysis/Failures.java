package io.github.faasbench.analysis;

/** When calls that failed say more than the latencies of those that did not. */
public final class Failures {

  /** Shares of failed calls that differ by so much are no chance of a few calls. */
  public static final double SHARE_TOLD = 0.01;

  private Failures() {}

  /**
   * Whether failed calls leave no verdict on means: those are of the calls that ended ok. A side
   * that fails more of its calls and looks faster has only got rid of them; one that looks slower
   * must do so by more than the shares differ.
   *
   * @param ratio of the means, second by first
   */
  public static boolean overrule(GroupSummary first, GroupSummary second, double ratio) {
    double more = second.failedShare() - first.failedShare();
    if (more == 0) {
      return false;
    }
    double slower = more > 0 ? ratio : 1 / ratio;
    return slower < 1
        ? Math.abs(more) >= SHARE_TOLD || !(1 - slower >= Math.abs(more))
        : !(slower - 1 >= Math.abs(more));
  }
}
