package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.List;

/**
 * A cell whose calls are known, and what the tool makes of their rows.
 *
 * @param simulated whether its rows say so; else repetitions are blocks of time
 * @param calls latencies in order of arrival, repetition by repetition
 */
record Cell(String function, String policy, String warming, boolean simulated, double[][] calls) {

  /** What {@code compare} groups rows by. */
  static final List<Column> FACTORS =
      GroupKey.CELL.stream()
          .filter(column -> column != Column.EXPERIMENT && column != Column.RUN)
          .toList();

  private static final long GAP = 100_000_000;

  static Cell of(double[]... calls) {
    return new Cell("f", "a", "warmed", true, calls);
  }

  Cell policy(String name) {
    return new Cell(function, name, warming, simulated, calls);
  }

  Cell warming(String type) {
    return new Cell(function, policy, type, simulated, calls);
  }

  Cell function(String name) {
    return new Cell(name, policy, warming, simulated, calls);
  }

  Cell onRealNodes() {
    return new Cell(function, policy, warming, false, calls);
  }

  /** Its rows as {@code run} hands them over. */
  void feed(SummarySink sink) {
    String cell = String.join("+", function, policy, warming);
    for (int repetition = 1; repetition <= calls.length; repetition++) {
      double[] latencies = calls[repetition - 1];
      for (int i = 0; i < latencies.length; i++) {
        sink.accept(row(cell, repetition, i + 1, latencies[i]));
      }
    }
  }

  /** A row of a call that only ran. */
  Invocation row(String cell, int repetition, int number, double latency) {
    return new Invocation(
        "coverage",
        "0123456789ab",
        cell,
        repetition,
        number,
        function,
        function,
        policy,
        warming,
        "none",
        "poisson",
        simulated ? "sim" : "ssh",
        "warmed",
        "node-1",
        1,
        Outcome.OK,
        0,
        "",
        number * GAP,
        latency,
        0,
        0,
        0,
        Double.NaN,
        Double.NaN,
        latency,
        0,
        -1,
        -1,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        -1);
  }

  /** What {@code report} knows of it, alone. */
  GroupSummary group() {
    return groups(GroupKey.CELL, this).get(0);
  }

  /** The groups of a run of these cells, in reading order. */
  static List<GroupSummary> groups(List<Column> columns, Cell... cells) {
    SummarySink sink = new SummarySink(columns);
    for (Cell cell : cells) {
      cell.feed(sink);
    }
    return sink.summary().groups();
  }
}
