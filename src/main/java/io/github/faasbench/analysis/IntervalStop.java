package io.github.faasbench.analysis;

import io.github.faasbench.analysis.series.CallSeries;
import io.github.faasbench.analysis.series.Observations;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.metrics.CellStop;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a cell when the 95 % interval of the latency of each of its functions is narrow enough, and
 * its calls are worth enough for one: the same interval as in the summary ({@link Observations}). A
 * call that did not end ok counts as infinitely slow, in a mean for nothing. It looks at growing
 * distances, a quarter of the calls so far, since each look is a chance to stop too early.
 */
public final class IntervalStop implements CellStop {

  private static final int GROWTH = 4;

  private final double halfWidth;
  private final Statistic statistic;
  private final long least;
  private final int functions;
  private final Map<String, Calls> calls = new LinkedHashMap<>();

  /** Calls that were under way when it was enough may widen an interval: it was enough then. */
  private boolean satisfied;

  /**
   * A rule for one cell.
   *
   * @param halfWidth half the interval's width as a share of the estimate
   * @param statistic that the interval is of
   * @param least calls of each function before the first look
   * @param functions how many the cell calls
   */
  public IntervalStop(double halfWidth, Statistic statistic, long least, int functions) {
    this.halfWidth = halfWidth;
    this.statistic = statistic;
    this.least = least;
    this.functions = functions;
  }

  /** What is known of one function. */
  private static final class Calls {
    final CallSeries series = new CallSeries();
    long nextLook;
    double reached = Double.NaN;
    String refusal = "";
    boolean enough;
  }

  @Override
  public boolean enough(Invocation row) {
    Calls own = calls.computeIfAbsent(row.function(), name -> new Calls());
    boolean ok = row.outcome() == Outcome.OK;
    double latency = ok ? row.latencySeconds() : Double.POSITIVE_INFINITY;
    if (!Double.isNaN(latency)) {
      own.series.add(row.invocation(), latency, GroupTally.startedContainer(row.mode()));
    }
    if (!satisfied && own.series.calls() >= Math.max(least, own.nextLook)) {
      own.nextLook = own.series.calls() + Math.max(1, own.series.calls() / GROWTH);
      look(own);
    }
    satisfied |= calls.size() == functions && calls.values().stream().allMatch(c -> c.enough);
    return satisfied;
  }

  private void look(Calls own) {
    var part = new Observations.Part("", own.series);
    var alone = new Observations.Repetition("", 1, List.of(part));
    // Within a repetition nothing tells a block of time from another, whatever the nodes are.
    var all = new Observations(List.of(alone), true, own.series.calls());
    double value = all.value(statistic);
    own.refusal = all.refusal();
    own.reached =
        Double.isInfinite(value)
            ? Double.POSITIVE_INFINITY
            : all.interval(statistic).relativeHalfWidth(value);
    own.enough = own.reached <= halfWidth;
  }

  /** Whether every function's interval became narrow enough. */
  public boolean satisfied() {
    return satisfied;
  }

  /** The widest of them at the last look, as a share; NaN: there is none. */
  public double widest() {
    double widest = 0;
    for (Calls own : calls.values()) {
      widest = Double.isNaN(own.reached) ? Double.NaN : Math.max(widest, own.reached);
      if (Double.isNaN(widest)) {
        return widest;
      }
    }
    return calls.size() < functions ? Double.NaN : widest;
  }

  /** Why there is no interval at the last look; empty: there is one, or too few calls. */
  public String refusal() {
    return calls.values().stream()
        .map(own -> own.refusal)
        .filter(why -> !why.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** The most calls that a function made. */
  public long calls() {
    return calls.values().stream().mapToLong(own -> own.series.calls()).max().orElse(0);
  }
}
