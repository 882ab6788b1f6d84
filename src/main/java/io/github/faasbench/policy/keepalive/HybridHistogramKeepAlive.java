package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The hybrid histogram policy of Azure Functions (Shahrad et al., "Serverless in the Wild", USENIX
 * ATC 2020). Of each function it counts its idle times, from the end of a call to the next arrival,
 * in bins of a minute. Where they are concentrated, a container is unloaded after a call, loaded
 * again a margin before the head of the distribution and kept until a margin after its tail; where
 * the head is the first bin it is not unloaded. Where they are spread evenly, or nothing is known,
 * it is kept for the histogram's whole range. Where most are longer than that range, the next one
 * is forecast: the paper does so by ARIMA, this by a moving average with the paper's margin of 15
 * %. Times count from the end of the last call (DSLab counts the end from the load, and keeps for
 * longer by the head).
 */
public final class HybridHistogramKeepAlive implements KeepAlivePolicy {

  private static final double BIN_NANOS = 60e9;
  private static final double FORECAST_MARGIN = 0.15;
  private static final double NEWEST_WEIGHT = 0.1;

  private final int bins;
  private final double head;
  private final double tail;
  private final double margin;
  private final double evenly;
  private final Map<String, Histogram> functions = new HashMap<>();

  /**
   * @param range idle times beyond it are out of bounds
   * @param head share of the idle times that may be shorter than the window's beginning
   * @param tail share of them that the window's end covers
   * @param margin by how much the window is widened, as a share
   * @param evenly coefficient of variation of the bins' counts below which they say nothing
   */
  public HybridHistogramKeepAlive(
      Duration range, double head, double tail, double margin, double evenly) {
    bins = (int) Math.max(1, range.toMinutes());
    this.head = head;
    this.tail = tail;
    this.margin = margin;
    this.evenly = evenly;
  }

  @Override
  public void arrived(String function, long idleNanos, long nowNanos) {
    if (idleNanos >= 0) {
      functions.computeIfAbsent(function, name -> new Histogram(bins)).add(idleNanos);
    }
  }

  @Override
  public Verdict idle(ContainerView container, long nowNanos) {
    Histogram histogram =
        functions.computeIfAbsent(container.function(), name -> new Histogram(bins));
    boolean loadedAhead = container.uses() == 0;
    if (!loadedAhead) {
      histogram.lastEndNanos = nowNanos;
    }
    return window(histogram).verdict(loadedAhead, histogram.lastEndNanos);
  }

  private IdleWindow window(Histogram seen) {
    if (seen.total > 0 && 2 * seen.outOfBounds >= seen.total) {
      return IdleWindow.between(
          seen.forecastNanos * (1 - FORECAST_MARGIN), seen.forecastNanos * (1 + FORECAST_MARGIN));
    }
    if (!(seen.variation() >= evenly)) { // nor where nothing is known
      return IdleWindow.until(bins * BIN_NANOS);
    }
    double load = seen.binAt(head) * BIN_NANOS * (1 - margin);
    return IdleWindow.between(load, (seen.binAt(tail) + 1) * BIN_NANOS * (1 + margin));
  }

  /** One function's idle times. */
  private static final class Histogram {
    final long[] counts;
    long total;
    long outOfBounds;
    double forecastNanos;
    long lastEndNanos;
    private double squares;

    Histogram(int bins) {
      counts = new long[bins];
    }

    void add(long idleNanos) {
      forecastNanos =
          total == 0 ? idleNanos : forecastNanos + NEWEST_WEIGHT * (idleNanos - forecastNanos);
      total++;
      int bin = (int) Math.min(counts.length, idleNanos / BIN_NANOS);
      if (bin == counts.length) {
        outOfBounds++;
      } else {
        squares += 2.0 * counts[bin] + 1;
        counts[bin]++;
      }
    }

    /** Coefficient of variation of the bins' counts; NaN: there is none. */
    double variation() {
      int n = counts.length;
      double mean = (double) (total - outOfBounds) / n;
      return Math.sqrt(Math.max(0, squares - n * mean * mean) / Math.max(1, n - 1)) / mean;
    }

    /** The first bin up to which at least that share of what is within bounds lies. */
    int binAt(double share) {
      double wanted = share * (total - outOfBounds);
      long sum = 0;
      for (int bin = 0; bin < counts.length; bin++) {
        sum += counts[bin];
        if (sum > 0 && sum >= wanted) {
          return bin;
        }
      }
      return counts.length - 1;
    }
  }
}
