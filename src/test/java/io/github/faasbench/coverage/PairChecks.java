package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.cli.Simulated;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Policies that meet the same load. */
final class PairChecks {

  private static final List<Statistic> MEAN = List.of(Statistic.MEAN);
  private static final int SERVERS = 4;
  private static final double LOAD = 0.7;

  private static final String POLICIES =
      """
      name: pair
      backend: sim
      nodes: {count: 4, cpu: 1, slots: 1}
      functions: [{name: f, model: {exec: "exponential(mean=1s)"}}]
      policy: [join-shortest-queue, {power-of-d: {d: 2}}]
      warming: pre-warmed
      warmReplicas: all
      workload: {poisson: {rate: 3.2/s}}
      invocations: 2000
      repetitions: 10
      """;

  private PairChecks() {}

  /** Two policies that differ by a seventh, in our own simulator. */
  static Row policies(int runs) {
    List<Comparison> all =
        Counts.trials(
            runs,
            seed -> {
              SummarySink sink = new SummarySink(GroupKey.CELL);
              Simulated.REAL.run(POLICIES, sink, "seed=" + seed);
              List<GroupSummary> groups = sink.summary().groups();
              return Found.page(groups, Statistic.MEAN).get(0).primary().get(0);
            });
    double ratio = all.stream().mapToDouble(one -> one.ratio().value()).average().orElse(0);
    Comparison first = all.get(0);
    return new Row(
            "9 power of 2 by join-shortest-queue: as narrow as 1.10-1.20",
            Counts.of(
                all.stream()
                    .map(
                        one ->
                            one.ratio().paired()
                                ? Result.of(
                                    one.shown()
                                        && one.ratio().interval().high()
                                                / one.ratio().interval().low()
                                            <= 1.20 / 1.10)
                                : Result.REFUSED)
                    .toList()),
            Bound.atLeast(Bound.What.FOUND, 0.95))
        .note(
            "mean ratio %.3f; seed 1: %.3f (%.3f to %.3f)",
            ratio,
            first.ratio().value(),
            first.ratio().interval().low(),
            first.ratio().interval().high());
  }

  /** One policy under two names: the same calls, whatever they are. */
  static Row twoNames(int runs) {
    List<Result> results =
        Counts.trials(
            runs,
            seed -> {
              double[] calls = Queues.mm1(new SplittableRandom(seed), 2_000, 0.9);
              Cell cell = Cell.of(calls);
              List<GroupSummary> groups =
                  Cell.groups(GroupKey.CELL, cell.policy("a"), cell.policy("b"));
              Comparison one = Found.page(groups, Statistic.MEAN).get(0).primary().get(0);
              return Result.of(!one.ratio().same());
            });
    return new Row(
        "9 the same policy under two names: not exactly 1",
        Counts.of(results),
        Bound.atMost(Bound.What.FOUND, 0));
  }

  /** Services that take so much longer that the mean latency is 3 % higher. */
  static List<Row> power(int runs, int calls) {
    double factor = Queues.factor(SERVERS, LOAD, 1.03);
    List<Result[]> results =
        Counts.trials(
            runs,
            seed -> {
              var random = new SplittableRandom(seed);
              double[][] first = new double[5][];
              double[][] second = new double[5][];
              for (int i = 0; i < first.length; i++) {
                double[] arrivals = Queues.arrivals(random, calls, SERVERS, LOAD);
                double[] services = Queues.services(random, calls);
                first[i] = Queues.servers(SERVERS, arrivals, services, 1);
                second[i] = Queues.servers(SERVERS, arrivals, services, factor);
              }
              Cell a = Cell.of(first);
              Cell b = Cell.of(second);
              return Counts.results(
                  Result.differs(Method.TOOL.reported(a, b, MEAN).get(0)),
                  Result.differs(Method.TOOL.compared(a, b, MEAN).get(0)));
            });
    String name = String.format(Locale.ROOT, "10 3 %% slower, M/M/4, 5 x %,d calls: ", calls);
    return List.of(
        new Row(name + "in pairs", Counts.of(results, 0), Bound.atLeast(Bound.What.FOUND, 0.9))
            .note("services take %.4f times as long", factor),
        new Row(name + "not in pairs", Counts.of(results, 1)));
  }
}
