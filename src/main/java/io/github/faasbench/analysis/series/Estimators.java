package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.series.Observations.Repetition;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.analysis.statistics.Resamples;
import io.github.faasbench.random.Stream;
import java.util.Map;

/** How far the figures of a group may be off, by each kind of unit. */
final class Estimators {

  /** Up to so many independent calls are drawn anew; of more the normal law is near enough. */
  private static final int DRAWN = Resamples.DRAWN;

  private final Observations of;
  private Map<Statistic, Interval> drawn = Map.of();

  Estimators(Observations of) {
    this.of = of;
  }

  /** A statistic with the errors that units of this kind give it. */
  Estimate of(Statistic statistic, Unit by) {
    double value = of.value(statistic);
    if (of.whole().ok() == 0) {
      return Estimate.unknown(value, "no call ended ok");
    }
    if (statistic.kind() == Statistic.Kind.SPREAD && of.whole().ok() < 3) {
      // Two are equally far from their median, as if that were certain.
      return Estimate.unknown(value, "needs 3 calls that ended ok");
    }
    double p = statistic.p();
    if (p > 0.5 && of.worth().independent() * (1 - p) < Observations.LEAST_BEYOND) {
      return Estimate.unknown(value, "too few calls beyond " + statistic.text());
    }
    return switch (by) {
      case CALL -> ofCalls(statistic, value);
      case BATCH -> ofBatches(statistic, value);
      case REPETITION -> ofRepetitions(statistic, value);
    };
  }

  private Estimate ofRepetitions(Statistic statistic, double value) {
    double[] logs = Units.logs(of.wholes(), statistic);
    return Estimate.symmetric(
        value, Units.error(logs), logs.length - 1.0, "Student's t over repetitions");
  }

  private Estimate ofBatches(Statistic statistic, double value) {
    if (of.batches().size() < 2) {
      return Estimate.unknown(value, "needs 2 calls");
    }
    double error = Units.error(Units.influences(of.batches(), statistic, value, of.whole()));
    double freedom = of.batches().size() - 1.0;
    String method = "Student's t over " + of.batches().size() + " batches";
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
        new Interval(of.whole().quantile(p - half), of.whole().quantile(p + half), method);
    return Estimate.of(value, interval, freedom);
  }

  private Estimate ofCalls(Statistic statistic, double value) {
    long calls = of.whole().calls();
    if (of.whole().ok() < 2) {
      return Estimate.unknown(value, "needs 2 calls that ended ok");
    }
    double freedom = calls - 1.0;
    if (statistic.kind() == Statistic.Kind.QUANTILE) {
      double p = statistic.p();
      if (p == 0.5) {
        return calls <= DRAWN && of.whole().latencies() instanceof SortedLatencies
            ? Estimate.of(value, drawn(statistic), freedom)
            : ofShares(p, value, Math.sqrt(0.25 / calls), freedom, "order statistics");
      }
      return Estimate.of(value, orderStatistics(p, calls), freedom);
    }
    if (statistic.kind() == Statistic.Kind.MEAN
        && calls <= DRAWN
        && of.whole().latencies() instanceof SortedLatencies) {
      return Estimate.of(value, drawn(statistic), freedom);
    }
    double error = relativeDeviation(statistic, value) / Math.sqrt(of.whole().ok());
    return Estimate.symmetric(value, error, of.whole().ok() - 1.0, "Student's t over calls");
  }

  private double relativeDeviation(Statistic statistic, double value) {
    if (of.whole().latencies() instanceof SortedLatencies few) {
      return Means.standardDeviation(Units.influences(few.values(), statistic, value, of.whole()));
    }
    return folded(statistic) / value;
  }

  /** Of series that are not kept call by call. */
  private double folded(Statistic statistic) {
    double squares = 0;
    long freedom = 0;
    for (Repetition repetition : of.parts()) {
      CallSeries series = repetition.parts().get(0).calls();
      long ok = series.calls() - series.failed();
      squares += series.variance() * (ok - 1);
      freedom += ok - 1;
    }
    double variance = squares / freedom;
    double spread = of.value(Statistic.SPREAD);
    // The variance of a distance from the median is what is left of the second moment.
    double shift = of.value(Statistic.MEAN) - of.whole().latencies().quantile(0, 0.5);
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
        of.whole().quantile(ranks[0] / last),
        of.whole().quantile(ranks[1] / last),
        "order statistics");
  }

  /** Of mean or median; one drawing tells both. */
  private Interval drawn(Statistic statistic) {
    if (drawn.isEmpty()) {
      Resamples resamples = Resamples.of(of.latencies(), new Stream(of.seed()));
      drawn = Map.of(Statistic.MEAN, resamples.mean(), Statistic.MEDIAN, resamples.median());
    }
    return drawn.get(statistic);
  }
}
