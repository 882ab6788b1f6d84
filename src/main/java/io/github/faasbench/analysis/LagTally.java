package io.github.faasbench.analysis;

import org.HdrHistogram.Histogram;

/** Takes in how late calls were handed over, in bounded memory; most are not late at all. */
final class LagTally {

  private Histogram late;

  /**
   * @param seconds NaN: not known, as not late
   */
  void add(double seconds) {
    if (seconds > 0) {
      if (late == null) {
        late = new Histogram(3);
      }
      late.recordValue(LatencyTally.nanos(seconds));
    }
  }

  /**
   * The 99th percentile (nearest rank), in seconds, to a thousandth of it.
   *
   * @param calls all of them, late or not
   */
  double p99(long calls) {
    long lateCalls = late == null ? 0 : late.getTotalCount();
    long rank = (calls * 99 + 99) / 100 - (calls - lateCalls);
    return rank <= 0 ? 0 : late.getValueAtPercentile(100.0 * rank / lateCalls) / 1e9;
  }
}
