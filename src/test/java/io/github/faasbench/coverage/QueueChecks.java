package io.github.faasbench.coverage;

import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Intervals and verdicts of M/M/1: calls that depend on each other. */
record QueueChecks(Method method) {

  private static final List<Statistic> STATISTICS =
      List.of(Statistic.MEAN, Statistic.MEDIAN, Statistic.P95);
  private static final Bound COVERS = Bound.cover(0.88, 0.99);

  static double truth(Statistic statistic, double load) {
    double mean = Queues.mean(load);
    return statistic.kind() == Statistic.Kind.MEAN ? mean : -Math.log(1 - statistic.p()) * mean;
  }

  static String name(String what, double load, int calls) {
    return String.format(Locale.ROOT, "%s, M/M/1 %.0f %%, %,d calls", what, 100 * load, calls);
  }

  /** By cell: whether the intervals of mean, median and p95 cover. */
  private List<Result[]> cells(int cells, double load, int calls) {
    return Counts.trials(
        cells,
        seed -> {
          Cell cell = Cell.of(Queues.mm1(new SplittableRandom(seed), calls, load));
          List<Interval> intervals = method.intervals(cell, STATISTICS);
          Result[] results = new Result[STATISTICS.size()];
          for (int i = 0; i < results.length; i++) {
            results[i] = Result.covers(intervals.get(i), truth(STATISTICS.get(i), load));
          }
          return results;
        });
  }

  /** Long enough: intervals cover. */
  List<Row> longOnes(int cells, double load, int calls) {
    List<Result[]> results = cells(cells, load, calls);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < STATISTICS.size(); i++) {
      Statistic one = STATISTICS.get(i);
      Bound refuses = Bound.atMost(Bound.What.REFUSE, one.equals(Statistic.P95) ? 0.25 : 0.15);
      String what = "1 interval of " + one.text();
      rows.add(new Row(name(what, load, calls), Counts.of(results, i), COVERS, refuses));
    }
    return rows;
  }

  /** Of any length: hardly an interval misses. */
  List<Row> anyLength(int cells, double load, int calls) {
    List<Result[]> results = cells(cells, load, calls);
    List<Row> rows = new ArrayList<>();
    Bound misses = Bound.atMost(Bound.What.MISS, 0.12);
    for (int i = 0; i < 2; i++) {
      Counts counts = Counts.of(results, i);
      String name = name("2 interval of " + STATISTICS.get(i).text(), load, calls);
      boolean hopeless = load == 0.9 && calls == 2_000;
      rows.add(
          hopeless
              ? new Row(name, counts, misses, Bound.atLeast(Bound.What.REFUSE, 0.9))
              : new Row(name, counts, misses));
    }
    return rows;
  }

  /** The same law under two seeds. */
  List<Row> pairs(int pairs, double load, int calls, int repetitions) {
    List<Result[]> results =
        Counts.trials(
            pairs,
            seed -> {
              var random = new SplittableRandom(seed);
              Cell old = cell(random, load, calls, repetitions);
              Cell young = cell(random, load, calls, repetitions);
              Found found = method.compared(old, young, List.of(Statistic.MEAN)).get(0);
              return Counts.results(Result.differs(found), Result.slower(found));
            });
    String name = name("3 two seeds, " + repetitions + " x", load, calls);
    Bound few = Bound.atMost(Bound.What.DIFFER, 0.08);
    Row differ = new Row(name + ": differ", Counts.of(results, 0), few);
    if (method != Method.TOOL) {
      // Most of the differences that long runs then show are below the limit.
      return List.of(differ);
    }
    return List.of(differ, new Row(name + ": exit 99", Counts.of(results, 1), few));
  }

  private static Cell cell(SplittableRandom random, double load, int calls, int repetitions) {
    double[][] all = new double[repetitions][];
    for (int i = 0; i < repetitions; i++) {
      all[i] = Queues.mm1(random, calls, load);
    }
    return Cell.of(all);
  }
}
