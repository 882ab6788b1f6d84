package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import java.util.List;
import java.util.SplittableRandom;

/** Repetitions on real nodes: blocks of time whose level differs. */
final class BlockChecks {

  private static final int CALLS = 20;

  /** Of a call, as a share of its block's level. */
  private static final double NOISE = 0.2;

  private BlockChecks() {}

  private static Cell blocks(SplittableRandom random, int count, double mean, double deviation) {
    double[][] calls = new double[count][CALLS];
    for (double[] block : calls) {
      double level = Law.logNormal(random, mean, deviation);
      for (int i = 0; i < CALLS; i++) {
        block[i] = Law.logNormal(random, level, NOISE);
      }
    }
    return Cell.of(calls).onRealNodes();
  }

  /** What is called a 95 % interval of few repetitions that differ by 30 %. */
  static Row few(int cells, int repetitions) {
    List<Result> results =
        Counts.trials(
            cells,
            seed -> {
              Cell cell = blocks(new SplittableRandom(seed), repetitions, 1, 0.3);
              GroupSummary group = cell.group();
              Interval interval = group.interval(Statistic.MEAN);
              return group.observations().withinBlocks()
                  ? Result.REFUSED
                  : Result.covers(interval, 1);
            });
    return new Row(
        "6 " + repetitions + " repetitions that differ by 30 %: called 95 %",
        Counts.of(results),
        Bound.cover(0.93, 0.97));
  }

  /** Five blocks a side, in one run or in two. */
  static List<Row> five(int pairs, double factor) {
    List<Statistic> mean = List.of(Statistic.MEAN);
    List<Result[]> results =
        Counts.trials(
            pairs,
            seed -> {
              var random = new SplittableRandom(seed);
              Cell first = blocks(random, 5, 1, 0.1);
              Cell second = blocks(random, 5, factor, 0.1);
              return Counts.results(
                  Result.differs(Method.TOOL.reported(first, second, mean).get(0)),
                  Result.differs(Method.TOOL.compared(first, second, mean).get(0)));
            });
    String name = "7 5 blocks a side, noise 10 %, " + (factor == 1 ? "no difference" : "twice");
    Bound bound =
        factor == 1 ? Bound.atMost(Bound.What.DIFFER, 0.08) : Bound.atLeast(Bound.What.FOUND, 1);
    return List.of(
        new Row(name + ": by report", Counts.of(results, 0), bound),
        new Row(name + ": by compare", Counts.of(results, 1), bound));
  }
}
