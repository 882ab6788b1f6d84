package io.github.faasbench.analysis;

import io.github.faasbench.analysis.series.Observations;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * The figures of one group of calls. Means, deviations and phases are of the calls that ended ok;
 * in percentiles, intervals and tests the others count as infinitely slow.
 *
 * @param calls all calls, ok or not
 * @param outcomes how many ended how; outcomes that did not occur are left out
 * @param warmUp further calls that were left out of all figures, since they were warm-up
 * @param latency in seconds
 * @param improvement against the cold group that differs in the warming type only
 * @param phaseMeans seconds per call; a call without the phase counts as 0, so that they add up to
 *     the mean latency; NaN: no call had it
 * @param nodes calls per node, for every node seen in that run (or told), 0 too; only for those it
 *     used where groups times nodes are more than a million
 * @param jainIndex fairness of that distribution, 1/nodes to 1 (Jain, Chiu and Hawe 1984); NaN
 *     without nodes
 * @param modes calls per mode as it happened
 * @param coldShare cold starts among the calls whose mode is known, 0 to 1; NaN without any
 * @param startedShare calls that had a container started for them (cold and pre-warmed ones) among
 *     the same, 0 to 1
 * @param coldInNameOnly cold calls whose node already had layers of the image
 * @param phaseFailures calls whose phases do not add up to the latency, or with a negative rest
 * @param retried calls with more than one attempt
 * @param retriedOk those of them that ended ok
 * @param throughputPerSecond ok calls by the time from the first arrival to the last end, the time
 *     summed over what ran one after the other: cells and their repetitions; NaN where no time
 *     passed
 * @param lagP99Seconds how late the load generator handed calls over, 99th percentile
 * @param loadAgeSeconds mean age of the load readings that nodes were chosen by; NaN without any
 * @param sample latencies for what sums can't tell, to describe them
 * @param observations the calls as series: intervals and tests
 * @param mix which share of the calls is of which function, load and factors
 */
public record GroupSummary(
    GroupKey key,
    long calls,
    Map<Outcome, Long> outcomes,
    long warmUp,
    Distribution latency,
    Improvement improvement,
    Map<Phase, Double> phaseMeans,
    SortedMap<String, Long> nodes,
    double jainIndex,
    SortedMap<String, Long> modes,
    double coldShare,
    double startedShare,
    long coldInNameOnly,
    long phaseFailures,
    long retried,
    long retriedOk,
    double throughputPerSecond,
    double lagP99Seconds,
    double loadAgeSeconds,
    Sample sample,
    Observations observations,
    Map<CallKind, Double> mix) {

  /** A generator that is later than this share of the median distorts what it measures. */
  private static final double LAG_ALLOWED = 0.01;

  /** Mixes whose shares differ by no more are alike: nodes get a few calls more or less. */
  private static final double MIX_ALLOWED = 0.01;

  /** Calls that did not end ok. */
  public long failed() {
    return calls - outcomes.getOrDefault(Outcome.OK, 0L);
  }

  /** Calls that did not end ok, 0 to 1; NaN without calls. */
  public double failedShare() {
    return calls == 0 ? Double.NaN : (double) failed() / calls;
  }

  /** Calls that did not end ok, in percent; NaN without calls. */
  public double failedPercent() {
    return 100 * failedShare();
  }

  /** The 95 % interval of a statistic of the latency, or why there is none. */
  public Interval interval(Statistic statistic) {
    return observations.interval(statistic);
  }

  /**
   * Whether the calls of both are of the same functions, loads and other factors, in about the same
   * shares.
   *
   * @param factor that may differ: it is the one that is compared
   */
  public boolean mixedLike(GroupSummary other, Column factor) {
    Map<CallKind, Double> mine = mixWithout(factor);
    Map<CallKind, Double> others = other.mixWithout(factor);
    return mine.keySet().equals(others.keySet())
        && mine.entrySet().stream()
            .allMatch(kind -> Math.abs(kind.getValue() - others.get(kind.getKey())) <= MIX_ALLOWED);
  }

  private Map<CallKind, Double> mixWithout(Column factor) {
    Map<CallKind, Double> shares = new HashMap<>();
    mix.forEach((kind, share) -> shares.merge(kind.without(factor), share, Double::sum));
    return shares;
  }

  GroupSummary with(Improvement found) {
    return new GroupSummary(
        key,
        calls,
        outcomes,
        warmUp,
        latency,
        found,
        phaseMeans,
        nodes,
        jainIndex,
        modes,
        coldShare,
        startedShare,
        coldInNameOnly,
        phaseFailures,
        retried,
        retriedOk,
        throughputPerSecond,
        lagP99Seconds,
        loadAgeSeconds,
        sample,
        observations,
        mix);
  }

  /** Whether calls were handed over so late that their latencies say more of the generator. */
  public boolean generatorFellBehind() {
    return lagP99Seconds > LAG_ALLOWED * latency.median();
  }
}
