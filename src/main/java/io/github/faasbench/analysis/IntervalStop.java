package io.github.faasbench.analysis;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.metrics.CellStop;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ends a cell when the 95 % interval of the latency of each of its functions is narrow enough: of
 * the median by order statistics, of the mean by Student's t. A call that did not end ok counts as
 * infinitely slow, in a mean for nothing. It looks at growing distances, a twentieth of the calls
 * so far, since each look is a chance to stop too early.
 */
public final class IntervalStop implements CellStop {

  private final double halfWidth;
  private final boolean median;
  private final long least;
  private final int functions;
  private final Map<String, Calls> calls = new LinkedHashMap<>();

  /** Calls that were under way when it was enough may widen an interval: it was enough then. */
  private boolean satisfied;

  /**
   * A rule for one cell.
   *
   * @param halfWidth half the interval's width as a share of the estimate
   * @param median whether the interval is of the median; else of the mean
   * @param least calls of each function before the first look
   * @param functions how many the cell calls
   */
  public IntervalStop(double halfWidth, boolean median, long least, int functions) {
    this.halfWidth = halfWidth;
    this.median = median;
    this.least = least;
    this.functions = functions;
  }

  /** What is known of one function. */
  private static final class Calls {
    double[] seconds = new double[64];
    int count;
    long nextLook;
    double reached = Double.NaN;
    boolean enough;

    void add(double latency) {
      if (count == seconds.length) {
        seconds = Arrays.copyOf(seconds, 2 * count);
      }
      seconds[count++] = latency;
    }
  }

  @Override
  public boolean enough(Invocation row) {
    Calls own = calls.computeIfAbsent(row.function(), name -> new Calls());
    own.add(row.outcome() == Outcome.OK ? row.latencySeconds() : Double.POSITIVE_INFINITY);
    if (!satisfied && own.count >= Math.max(least, own.nextLook)) {
      own.nextLook = own.count + Math.max(1, own.count / 20);
      own.reached = reached(Arrays.copyOf(own.seconds, own.count));
      own.enough = own.reached <= halfWidth;
    }
    satisfied |= calls.size() == functions && calls.values().stream().allMatch(c -> c.enough);
    return satisfied;
  }

  private double reached(double[] values) {
    double[] sorted = Quantiles.sorted(values);
    if (median) {
      return Quantiles.medianInterval(sorted).relativeHalfWidth(Quantiles.linear(sorted, 0.5));
    }
    double[] finite = Arrays.stream(sorted).filter(Double::isFinite).toArray();
    double mean = Means.of(finite);
    Interval interval = Means.interval(mean, Means.standardDeviation(finite), finite.length);
    return interval.relativeHalfWidth(mean);
  }

  /** Whether every function's interval became narrow enough. */
  public boolean satisfied() {
    return satisfied;
  }

  /** The widest of them at the last look, as a share; NaN: there is none yet. */
  public double widest() {
    return calls.size() < functions
        ? Double.NaN
        : calls.values().stream().mapToDouble(own -> own.reached).max().orElse(Double.NaN);
  }

  /** The most calls that a function made. */
  public int calls() {
    return calls.values().stream().mapToInt(own -> own.count).max().orElse(0);
  }
}
