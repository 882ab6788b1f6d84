package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.Map;
import java.util.SortedMap;

/**
 * The figures of one group of calls. Means, deviations and phases are of the calls that ended ok;
 * in percentiles, intervals and tests the others count as infinitely slow.
 *
 * @param calls all calls, ok or not
 * @param outcomes how many ended how; outcomes that did not occur are left out
 * @param latency in seconds
 * @param improvementPercent how much lower the mean latency is than that of the cold group which
 *     differs in the warming type only (thesis 6.3.1); negative: higher; NaN: no such group
 * @param phaseMeans seconds per call; a call without the phase counts as 0, so that they add up to
 *     the mean latency; NaN: no call had it
 * @param nodes calls per node, for every node seen in that run (or told), 0 too; only for those it
 *     used where groups times nodes are more than a million
 * @param jainIndex fairness of that distribution, 1/nodes to 1 (Jain, Chiu and Hawe 1984); NaN
 *     without nodes
 * @param modes calls per mode as it happened
 * @param coldShare cold starts among the calls whose mode is known, 0 to 1; NaN without any
 * @param coldInNameOnly cold calls whose node already had layers of the image
 * @param phaseFailures calls whose phases do not add up to the latency, or with a negative rest
 * @param retried calls with more than one attempt
 * @param retriedOk those of them that ended ok
 * @param throughputPerSecond ok calls by the time from the first arrival to the last end, the time
 *     summed over repetitions; NaN where no time passed
 * @param lagP99Seconds how late the load generator handed calls over, 99th percentile
 * @param loadAgeSeconds mean age of the load readings that nodes were chosen by; NaN without any
 * @param sample the latencies for what sums can't tell: intervals, tests, figures
 */
public record GroupSummary(
    GroupKey key,
    long calls,
    Map<Outcome, Long> outcomes,
    Distribution latency,
    double improvementPercent,
    Map<Phase, Double> phaseMeans,
    SortedMap<String, Long> nodes,
    double jainIndex,
    SortedMap<String, Long> modes,
    double coldShare,
    long coldInNameOnly,
    long phaseFailures,
    long retried,
    long retriedOk,
    double throughputPerSecond,
    double lagP99Seconds,
    double loadAgeSeconds,
    Sample sample) {

  /** A generator that is later than this share of the median distorts what it measures. */
  private static final double LAG_ALLOWED = 0.01;

  /** Calls that did not end ok. */
  public long failed() {
    return calls - outcomes.getOrDefault(Outcome.OK, 0L);
  }

  /** Calls that did not end ok, in percent; NaN without calls. */
  public double failedPercent() {
    return calls == 0 ? Double.NaN : 100.0 * failed() / calls;
  }

  GroupSummary withImprovement(double percent) {
    return new GroupSummary(
        key,
        calls,
        outcomes,
        latency,
        percent,
        phaseMeans,
        nodes,
        jainIndex,
        modes,
        coldShare,
        coldInNameOnly,
        phaseFailures,
        retried,
        retriedOk,
        throughputPerSecond,
        lagP99Seconds,
        loadAgeSeconds,
        sample);
  }

  /** Whether calls were handed over so late that their latencies say more of the generator. */
  public boolean generatorFellBehind() {
    return lagP99Seconds > LAG_ALLOWED * latency.median();
  }
}
