package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.statistics.Autocorrelation;
import io.github.faasbench.analysis.statistics.Autocorrelation.Portmanteau;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.ManySamples;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.analysis.statistics.Resamples;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A group's calls, repetition by repetition: which units they are made of, what they are worth, and
 * intervals from them (docs/statistics.md). Nothing is reckoned before it is asked for.
 */
public final class Observations {

  /** So many repetitions are units themselves. */
  public static final int REPETITIONS = 5;

  /** Dependent calls that are worth fewer independent ones carry no interval. */
  public static final double LEAST_WORTH = 80;

  /** The share of calls beyond a quantile that an interval needs, in independent calls. */
  static final double LEAST_BEYOND = 10;

  static final double DEPENDENCE_LEVEL = 0.01;
  private static final int BATCHES = 20;
  private static final double LAG1_ALLOWED = 0.2;
  private static final double NORMAL_95 = 1.6448536269514722;

  /** Up to so many independent calls are drawn anew; of more the normal law is near enough. */
  private static final int DRAWN = Resamples.DRAWN;

  /**
   * A series and what its load was.
   *
   * @param load the same for series that meet the same arrivals
   */
  public record Part(String load, CallSeries calls) {}

  /**
   * A repetition of a run: what ran in it, of this group.
   *
   * @param parts one series a cell, in the same order in each repetition
   */
  public record Repetition(String run, int number, List<Part> parts) {

    long calls() {
      return parts.stream().mapToLong(part -> part.calls().calls()).sum();
    }

    Batch whole() {
      return Batch.of(parts.stream().map(part -> part.calls().whole()).toList());
    }
  }

  private final List<Repetition> repetitions;
  private final boolean simulated;
  private final long seed;
  private final Map<Statistic, Estimate> estimates = new HashMap<>();
  private Map<Statistic, Interval> drawn = Map.of();
  private Batch whole;
  private Worth worth;
  private String refusal;
  private List<Batch> batches;

  /**
   * What came of a group.
   *
   * @param simulated whether repetitions are independent draws of one law; on real nodes they are
   *     blocks of time
   * @param seed of what is drawn
   */
  public Observations(List<Repetition> repetitions, boolean simulated, long seed) {
    this.repetitions = repetitions.stream().filter(one -> one.calls() > 0).toList();
    this.simulated = simulated;
    this.seed = seed;
  }

  public int repetitions() {
    return repetitions.size();
  }

  /** The runs that the repetitions are of, in their order. */
  public List<String> runs() {
    return repetitions.stream().map(Repetition::run).distinct().toList();
  }

  /** Whether the machine's state is the same for all calls of a repetition, and not told apart. */
  public boolean simulated() {
    return simulated;
  }

  /** Whether intervals speak of these blocks of time only, and not of the system. */
  public boolean withinBlocks() {
    return !simulated && repetitions.size() < REPETITIONS;
  }

  List<Repetition> parts() {
    return repetitions;
  }

  Batch whole() {
    if (whole == null) {
      whole = Batch.of(repetitions.stream().map(Repetition::whole).toList());
    }
    return whole;
  }

  /** What intervals rest on. */
  public Unit unit() {
    if (repetitions.size() >= REPETITIONS) {
      return Unit.REPETITION;
    }
    // Cells of one load that are taken together share its service times.
    boolean single = repetitions.stream().allMatch(one -> one.parts().size() == 1);
    return single && !worth().dependent() ? Unit.CALL : Unit.BATCH;
  }

  /** How many units there are. */
  public long units() {
    return switch (unit()) {
      case CALL -> whole().calls();
      case BATCH -> batches().size();
      case REPETITION -> repetitions.size();
    };
  }

  /** What the calls are worth. */
  public Worth worth() {
    if (worth == null) {
      Portmanteau all = Portmanteau.NONE;
      double independent = 0;
      long calls = 0;
      for (Repetition repetition : repetitions) {
        for (Part part : repetition.parts()) {
          all = all.plus(part.calls().portmanteau());
          calls += part.calls().calls();
        }
      }
      boolean dependent = all.p() < DEPENDENCE_LEVEL;
      for (Repetition repetition : repetitions) {
        for (Part part : repetition.parts()) {
          double inflation = dependent ? Math.max(1, part.calls().inflation()) : 1;
          independent += part.calls().calls() / inflation;
        }
      }
      worth = new Worth(calls, dependent, independent, lag1(), batches().size());
    }
    return worth;
  }

  /** The batches of all repetitions, in order; about 20 in all. */
  List<Batch> batches() {
    if (batches == null) {
      batches = repetitions.stream().flatMap(one -> batchesOf(one).stream()).toList();
    }
    return batches;
  }

  private List<Batch> batchesOf(Repetition repetition) {
    int each = (BATCHES + repetitions.size() - 1) / repetitions.size();
    return Units.beside(
        repetition.parts().stream().map(part -> part.calls().batches(each)).toList());
  }

  private double lag1() {
    if (batches().size() < 3 || whole().ok() == 0) {
      return Double.NaN;
    }
    return Autocorrelation.lag1(
        Units.influences(batches(), Statistic.MEAN, value(Statistic.MEAN), whole()));
  }

  /** Whether batches still depend on those before them, so that they are no units. */
  static boolean depend(double lag1, int batches) {
    // Independent ones have a mean lag-1 of -1/b, with this standard deviation.
    double deviation = (batches - 2.0) / (batches * Math.sqrt(batches - 1.0));
    double corrected = lag1 + 1.0 / batches;
    return corrected > Math.max(LAG1_ALLOWED, NORMAL_95 * deviation);
  }

  /** Why there is no interval and no verdict; empty: there is. */
  public String refusal() {
    if (refusal == null) {
      refusal = Refusals.of(this);
    }
    return refusal;
  }

  /** Whether the repetitions, fewer than are units, differ by more than their calls explain. */
  boolean repetitionsDiffer() {
    if (repetitions.size() < 2 || repetitions.size() >= REPETITIONS) {
      return false;
    }
    boolean exact =
        repetitions.stream().allMatch(r -> r.parts().stream().allMatch(p -> p.calls().exact()));
    List<double[]> samples = new ArrayList<>();
    for (Repetition repetition : repetitions) {
      samples.add(
          unit() == Unit.CALL && exact
              ? repetition.parts().get(0).calls().latencies()
              : batchesOf(repetition).stream()
                  .mapToDouble(Batch::mean)
                  .filter(mean -> !Double.isNaN(mean))
                  .toArray());
    }
    return ManySamples.kruskalWallis(samples).p() < DEPENDENCE_LEVEL;
  }

  /** How many calls MSER-5 would leave out at the beginning of a repetition of a cell, at most. */
  public long mserCut() {
    return repetitions.stream()
        .flatMap(one -> one.parts().stream())
        .mapToLong(part -> part.calls().mserCut())
        .max()
        .orElse(0);
  }

  /** The statistic over all calls, in seconds. */
  public double value(Statistic statistic) {
    return switch (statistic.kind()) {
      case MEAN -> whole().mean();
      case SPREAD -> whole().spread();
      case QUANTILE -> whole().quantile(statistic.p());
    };
  }

  /** The 95 % interval of a statistic, of the system or within these blocks. */
  public Interval interval(Statistic statistic) {
    return refusal().isEmpty() ? estimate(statistic).interval() : Interval.unknown(refusal());
  }

  Estimate estimate(Statistic statistic) {
    return estimates.computeIfAbsent(statistic, s -> estimate(s, unit()));
  }

  Estimate estimate(Statistic statistic, Unit by) {
    double value = value(statistic);
    if (whole().ok() == 0) {
      return Estimate.unknown(value, "no call ended ok");
    }
    if (statistic.kind() == Statistic.Kind.SPREAD && whole().ok() < 3) {
      // Two are equally far from their median, as if that were certain.
      return Estimate.unknown(value, "needs 3 calls that ended ok");
    }
    double p = statistic.p();
    if (p > 0.5 && worth().independent() * (1 - p) < LEAST_BEYOND) {
      return Estimate.unknown(value, "too few calls beyond " + statistic.text());
    }
    return switch (by) {
      case CALL -> ofCalls(statistic, value);
      case BATCH -> ofBatches(statistic, value);
      case REPETITION -> ofRepetitions(statistic, value);
    };
  }

  private Estimate ofRepetitions(Statistic statistic, double value) {
    double[] logs = Units.logs(repetitions.stream().map(Repetition::whole).toList(), statistic);
    return Estimate.symmetric(
        value, Units.error(logs), logs.length - 1.0, "Student's t over repetitions");
  }

  private Estimate ofBatches(Statistic statistic, double value) {
    if (batches().size() < 2) {
      return Estimate.unknown(value, "needs 2 calls");
    }
    double error = Units.error(Units.influences(batches(), statistic, value, whole()));
    double freedom = batches().size() - 1.0;
    String method = "Student's t over " + batches().size() + " batches";
    return statistic.kind() == Statistic.Kind.QUANTILE
        ? ofShares(statistic.p(), value, error, freedom, method)
        : Estimate.symmetric(value, error, freedom, method);
  }

  /** A quantile's interval is that of the share of calls up to it, read off the calls. */
  private Estimate ofShares(double p, double value, double error, double freedom, String method) {
    double half = Means.t(freedom) * error;
    if (p - half < 0 || p + half > 1) {
      return Estimate.unknown(value, method + ": too few calls");
    }
    Interval interval =
        new Interval(whole().quantile(p - half), whole().quantile(p + half), method);
    return Estimate.of(value, interval, freedom);
  }

  private Estimate ofCalls(Statistic statistic, double value) {
    long calls = whole().calls();
    if (whole().ok() < 2) {
      return Estimate.unknown(value, "needs 2 calls that ended ok");
    }
    double freedom = calls - 1.0;
    if (statistic.kind() == Statistic.Kind.QUANTILE) {
      double p = statistic.p();
      if (p == 0.5) {
        return calls <= DRAWN && whole().latencies() instanceof SortedLatencies
            ? Estimate.of(value, drawn(statistic), freedom)
            : ofShares(p, value, Math.sqrt(0.25 / calls), freedom, "order statistics");
      }
      return Estimate.of(value, orderStatistics(p, calls), freedom);
    }
    if (statistic.kind() == Statistic.Kind.MEAN
        && calls <= DRAWN
        && whole().latencies() instanceof SortedLatencies) {
      return Estimate.of(value, drawn(statistic), freedom);
    }
    double error = relativeDeviation(statistic, value) / Math.sqrt(whole().ok());
    return Estimate.symmetric(value, error, whole().ok() - 1.0, "Student's t over calls");
  }

  private double relativeDeviation(Statistic statistic, double value) {
    if (whole().latencies() instanceof SortedLatencies few) {
      return Means.standardDeviation(Units.influences(few.values(), statistic, value, whole()));
    }
    return folded(statistic) / value;
  }

  /** Of series that are not kept call by call. */
  private double folded(Statistic statistic) {
    double squares = 0;
    long freedom = 0;
    for (Repetition repetition : repetitions) {
      CallSeries series = repetition.parts().get(0).calls();
      long ok = series.calls() - series.failed();
      squares += series.variance() * (ok - 1);
      freedom += ok - 1;
    }
    double variance = squares / freedom;
    double spread = value(Statistic.SPREAD);
    // The variance of a distance from the median is what is left of the second moment.
    double shift = value(Statistic.MEAN) - whole().latencies().quantile(0, 0.5);
    return statistic.kind() == Statistic.Kind.MEAN
        ? Math.sqrt(variance)
        : Math.sqrt(Math.max(0, variance + shift * shift - spread * spread));
  }

  /** For any continuous law (Le Boudec 2010, section 2.2). */
  private Interval orderStatistics(double p, long calls) {
    long[] ranks = Quantiles.intervalRanks(calls, p);
    if (ranks[0] < 0 || ranks[1] >= calls) {
      return Interval.unknown("order statistics: too few calls");
    }
    double last = calls - 1.0;
    return new Interval(
        whole().quantile(ranks[0] / last), whole().quantile(ranks[1] / last), "order statistics");
  }

  /** Of mean or median; one drawing tells both. */
  private Interval drawn(Statistic statistic) {
    if (drawn.isEmpty()) {
      Resamples resamples = resamples();
      drawn = Map.of(Statistic.MEAN, resamples.mean(), Statistic.MEDIAN, resamples.median());
    }
    return drawn.get(statistic);
  }

  private Resamples resamples() {
    double[] all =
        repetitions.stream()
            .flatMapToDouble(one -> Arrays.stream(one.parts().get(0).calls().latencies()))
            .toArray();
    return Resamples.of(all, new Stream(seed));
  }
}
