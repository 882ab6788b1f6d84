package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.statistics.Autocorrelation;
import io.github.faasbench.analysis.statistics.Autocorrelation.Portmanteau;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.ManySamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
  public static final double LEAST_BEYOND = 10;

  static final double DEPENDENCE_LEVEL = 0.01;
  private static final int BATCHES = 20;
  private static final double LAG1_ALLOWED = 0.2;
  private static final double NORMAL_95 = 1.6448536269514722;

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

  private record Asked(Statistic statistic, Unit by) {}

  private final Map<Asked, Estimate> estimates = new HashMap<>();
  private final Estimators estimators = new Estimators(this);
  private Batch whole;
  private List<Batch> wholes;
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

  /** The numbers of the repetitions. */
  Set<Integer> numbers() {
    return repetitions.stream().map(Repetition::number).collect(Collectors.toSet());
  }

  /** These repetitions of it. */
  Observations only(Set<Integer> some) {
    return new Observations(
        repetitions.stream().filter(one -> some.contains(one.number())).toList(), simulated, seed);
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
      whole = Batch.of(wholes());
    }
    return whole;
  }

  /** All calls of each repetition. */
  List<Batch> wholes() {
    if (wholes == null) {
      wholes = repetitions.stream().map(Repetition::whole).toList();
    }
    return wholes;
  }

  /** What intervals rest on. */
  public Unit unit() {
    if (repetitions.size() >= REPETITIONS) {
      return Unit.REPETITION;
    }
    // Cells of one load that are taken together share its service times.
    return single() && !worth().dependent() ? Unit.CALL : Unit.BATCH;
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
    return Units.beside(
        repetition.parts().stream().map(part -> part.calls().batches(each())).toList());
  }

  private int each() {
    return (BATCHES + repetitions.size() - 1) / Math.max(1, repetitions.size());
  }

  /**
   * Whether latency grows from batch to batch: Kendall's tau of their means and their order within
   * each repetition, from -1 to 1; 1: every batch is slower than all before it.
   */
  double growth() {
    double up = 0;
    double pairs = 0;
    for (Repetition repetition : repetitions) {
      double[] means = batchesOf(repetition).stream().mapToDouble(Batch::mean).toArray();
      for (int i = 0; i < means.length; i++) {
        for (int j = i + 1; j < means.length; j++) {
          up += Double.isNaN(means[j] - means[i]) ? 0 : Math.signum(means[j] - means[i]);
          pairs++;
        }
      }
    }
    return pairs == 0 ? 0 : up / pairs;
  }

  /** Whether each call is kept. */
  boolean exact() {
    return repetitions.stream()
        .flatMap(one -> one.parts().stream())
        .allMatch(part -> part.calls().exact());
  }

  /** Whether numbers cut each series into batches of about as many calls. */
  boolean evenlyNumbered() {
    return repetitions.stream()
        .flatMap(one -> one.parts().stream())
        .allMatch(part -> part.calls().evenlyNumbered(each()));
  }

  /** Whether each repetition is of one cell. */
  public boolean single() {
    return repetitions.stream().allMatch(one -> one.parts().size() == 1);
  }

  /** Whether the other one's repetitions are of the same runs. */
  public boolean ofTheSameRunsAs(Observations other) {
    return runs().equals(other.runs());
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
    List<double[]> samples = new ArrayList<>();
    for (Repetition repetition : repetitions) {
      samples.add(
          unit() == Unit.CALL && exact()
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
    return estimate(statistic, unit());
  }

  Estimate estimate(Statistic statistic, Unit by) {
    return estimates.computeIfAbsent(
        new Asked(statistic, by), asked -> estimators.of(statistic, by));
  }

  /** The latencies of all calls, where each is kept and a repetition has one series. */
  double[] latencies() {
    return repetitions.stream()
        .flatMapToDouble(one -> Arrays.stream(one.parts().get(0).calls().latencies()))
        .toArray();
  }

  long seed() {
    return seed;
  }
}
