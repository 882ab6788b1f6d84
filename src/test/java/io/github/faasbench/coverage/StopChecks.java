package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.IntervalStop;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.metrics.Invocation;
import java.util.List;
import java.util.SplittableRandom;

/** When {@code stop: {halfWidth: 5%, of: mean}} ends a cell, and what it then says. */
record StopChecks(Method method) {

  private static final double HALF_WIDTH = 0.05;
  private static final int LEAST = 20;
  private static final int MOST = 1_000_000;

  private record Stopped(long calls, Interval interval, double mean) {}

  /** Until it is enough, by M/M/1. */
  Row row(int cells, double load, int expected) {
    List<Stopped> stops =
        Counts.trials(
            cells,
            seed -> {
              var queue = new Queues.Lindley(new SplittableRandom(seed), load);
              return method == Method.TOOL ? tool(queue) : broken(queue);
            });
    double[] lengths = stops.stream().mapToDouble(Stopped::calls).sorted().toArray();
    double median = (lengths[(cells - 1) / 2] + lengths[cells / 2]) / 2;
    double truth = Queues.mean(load);
    long near = stops.stream().filter(s -> Math.abs(s.mean() / truth - 1) <= HALF_WIDTH).count();
    long wide =
        stops.stream()
            .filter(s -> !(s.interval().relativeHalfWidth(s.mean()) <= HALF_WIDTH))
            .count();
    Counts counts = Counts.of(stops.stream().map(s -> Result.covers(s.interval(), truth)).toList());
    return new Row(
            String.format("8 stop at 5 %%, M/M/1 %.0f %%", 100 * load),
            counts,
            Bound.cover(0.88, 1))
        .also(
            median >= expected / 2.0 && median <= 2.0 * expected,
            "median length %,.0f calls, asked %,d within a factor 2",
            median,
            expected)
        .note("%d of %d within 5 %% of the truth", near, cells)
        .note("%d of %d wider than 5 %% at the end", wide, cells)
        .note("longest %,.0f, shortest %,.0f", lengths[cells - 1], lengths[0]);
  }

  private static Stopped tool(Queues.Lindley queue) {
    var stop = new IntervalStop(HALF_WIDTH, Statistic.MEAN, LEAST, 1);
    var sink = new SummarySink(GroupKey.CELL);
    Cell cell = Cell.of();
    boolean enough = false;
    for (int i = 1; i <= MOST && !enough; i++) {
      Invocation row = cell.row("f+a+warmed", 1, i, queue.next());
      sink.accept(row);
      enough = stop.enough(row);
    }
    GroupSummary group = sink.summary().groups().get(0);
    return new Stopped(group.calls(), group.interval(Statistic.MEAN), group.latency().mean());
  }

  /** As if no call depended on another. */
  private static Stopped broken(Queues.Lindley queue) {
    double sum = 0;
    double squares = 0;
    int look = LEAST;
    for (int i = 1; ; i++) {
      double latency = queue.next();
      sum += latency;
      squares += latency * latency;
      if (i >= look) {
        look = i + i / 4;
        double mean = sum / i;
        double deviation = Math.sqrt((squares - i * mean * mean) / (i - 1));
        Interval interval = Means.interval(mean, deviation, i);
        if (interval.relativeHalfWidth(mean) <= HALF_WIDTH || i >= MOST) {
          return new Stopped(i, interval, mean);
        }
      }
    }
  }
}
