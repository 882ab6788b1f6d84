package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Calls that don't depend on each other: intervals cover, and are no wider than they were. */
record IndependentChecks(Method method) {

  private static final List<Statistic> STATISTICS = List.of(Statistic.MEAN, Statistic.MEDIAN);
  private static final List<String> KINDS = List.of("interval", "ratio by report", "by compare");

  /** Widths of the old method are of the first cells only: it draws 2,000 times. */
  private static final int OLD = 200;

  /** From so many calls on coverage is judged. */
  private static final int JUDGED = 50;

  /** Intervals in the order of kinds, each of mean and median; and the old method's. */
  private record Trial(Result[] results, double[] widths, double[] old) {}

  /** Rows of one law and one length. */
  List<Row> rows(int cells, Law law, int calls) {
    List<Trial> trials = Counts.trials(cells, seed -> trial(seed, law, calls));
    List<Result[]> results = trials.stream().map(Trial::results).toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2 * KINDS.size(); i++) {
      // Only ratios are drawn from seeds that may be equal; small samples by place, not by rank.
      if (method == Method.SEEDS && (i < 2 || calls <= OldResamples.DRAWN)) {
        continue;
      }
      int at = i;
      String name =
          String.format(
              Locale.ROOT,
              "4 %s, n %,d: %s of %s",
              law.text(),
              calls,
              KINDS.get(i / 2),
              STATISTICS.get(i % 2).text());
      Counts counts = Counts.of(results, i);
      boolean judged = law != Law.HEAVY && calls >= JUDGED;
      Bound refuses = Bound.atMost(Bound.What.REFUSE, 0.02);
      Row row =
          judged
              ? new Row(name, counts, Bound.cover(0.93, 0.97), refuses)
              : new Row(name, counts, refuses);
      var both =
          new Widths(
              trials.stream()
                  .filter(one -> one.old != null)
                  .map(one -> new double[] {one.widths[at], one.old[at]})
                  .toList());
      rows.add(
          judged && method == Method.TOOL
              ? row.also(both.alike(), "mean width %.3f of 0.1's", both.ratio())
              : row.note("mean width %.3f of 0.1's", both.ratio()));
    }
    return rows;
  }

  private Trial trial(int seed, Law law, int calls) {
    var random = new SplittableRandom(seed);
    // What the tool draws comes of the groups' names: other ones in each trial.
    Cell a = Cell.of(law.calls(random, calls)).function("f" + seed);
    Cell b = Cell.of(law.calls(random, calls)).function("f" + seed);
    Cell c = Cell.of(law.calls(random, calls)).function("f" + seed);
    List<GroupSummary> groups = Cell.groups(GroupKey.CELL, a.policy("a"), b.policy("b"));
    List<Interval> intervals = STATISTICS.stream().map(groups.get(0)::interval).toList();
    List<Found> reported =
        STATISTICS.stream().map(one -> method.reported(groups, a, b, one)).toList();
    List<Found> compared = method.compared(a, c, STATISTICS);
    Result[] results = new Result[2 * KINDS.size()];
    double[] widths = new double[results.length];
    double[] truth = {law.mean(), law.median()};
    for (int i = 0; i < 2; i++) {
      results[i] = Result.covers(intervals.get(i), truth[i]);
      results[2 + i] = Result.covers(reported.get(i), 1);
      results[4 + i] = Result.covers(compared.get(i), 1);
      widths[i] = width(intervals.get(i));
      widths[2 + i] = width(reported.get(i).interval());
      widths[4 + i] = width(compared.get(i).interval());
    }
    return new Trial(results, widths, seed <= OLD ? old(seed, a, b, c) : null);
  }

  private static double[] old(int seed, Cell a, Cell b, Cell c) {
    OldResamples ofA = OldResamples.of(a.calls(), Stream.of(seed, 1));
    OldResamples ofB = OldResamples.of(b.calls(), Stream.of(seed, 2));
    OldResamples ofC = OldResamples.of(c.calls(), Stream.of(seed, 3));
    return new double[] {
      width(ofA.mean()),
      width(ofA.median()),
      width(ofA.means(ofB, (x, y) -> y / x)),
      width(ofA.medians(ofB, (x, y) -> y / x)),
      width(ofA.means(ofC, (x, y) -> y / x)),
      width(ofA.medians(ofC, (x, y) -> y / x))
    };
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }
}
