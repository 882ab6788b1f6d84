package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/** High percentiles have intervals only where enough independent calls lie beyond them. */
final class TailChecks {

  private static final double BEYOND = 10;

  private TailChecks() {}

  /** Of calls by an exponential law, which don't depend on each other. */
  static Row independent(int cells, double p, int calls) {
    return row(
        cells,
        p,
        String.format(Locale.ROOT, "independent, n %,d", calls),
        random -> Law.EXPONENTIAL.calls(random, calls),
        -Math.log(1 - p));
  }

  static Row queue(int cells, double p, double load, int calls) {
    Statistic statistic = Statistic.quantile(p);
    return row(
        cells,
        p,
        String.format(Locale.ROOT, "M/M/1 %.0f %%, n %,d", 100 * load, calls),
        random -> Queues.mm1(random, calls, load),
        QueueChecks.truth(statistic, load));
  }

  private static Row row(
      int cells, double p, String what, Function<SplittableRandom, double[]> calls, double truth) {
    Statistic statistic = Statistic.quantile(p);
    List<Result[]> results =
        Counts.trials(
            cells,
            seed -> {
              double[] all = calls.apply(new SplittableRandom(seed));
              GroupSummary group = Cell.of(all).group();
              Interval interval = group.interval(statistic);
              double beyond = group.observations().worth().independent() * (1 - p);
              return Counts.results(
                  interval.known() ? Result.of(beyond < BEYOND - 1e-9) : Result.REFUSED,
                  Result.covers(interval, truth));
            });
    Counts covers = Counts.of(results, 1);
    return new Row(
            "11 " + statistic.text() + " of too few, " + what,
            Counts.of(results, 0),
            Bound.atMost(Bound.What.FOUND, 0))
        .note("%d of %d intervals cover", covers.yes(), covers.answered());
  }
}
