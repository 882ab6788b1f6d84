package io.github.faasbench.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All rows of the table by the numbers of their checks.
 *
 * @param method by which intervals and verdicts are made
 * @param scale how many of the trials of the full form are carried out
 */
record Checks(Method method, double scale) {

  private static final double[] LOADS = {0.5, 0.7, 0.9};

  /** Hands over the rows of a check, as they are done. */
  interface Check {
    void rows(Consumer<Row> rows);
  }

  /** Those that the method has to do with. */
  Map<String, Check> all() {
    Map<String, Check> all = new LinkedHashMap<>();
    if (method != Method.SEEDS) {
      all.put("1", this::longOnes);
      all.put("2", this::anyLength);
      all.put("3", this::pairs);
    }
    if (method != Method.INDEPENDENCE) {
      all.put("4", this::independent);
    }
    if (method != Method.SEEDS) {
      all.put("5", this::pages);
    }
    if (method == Method.TOOL) {
      all.put("6", this::repetitions);
      all.put("7", this::blocks);
    }
    if (method != Method.SEEDS) {
      all.put("8", this::stops);
    }
    if (method == Method.TOOL) {
      all.put("9", this::policies);
      all.put("10", rows -> PairChecks.power(n(100), 5_000).forEach(rows));
      all.put("11", this::tails);
      all.put("12", rows -> ToolChecks.rows(n(200), n(30)).forEach(rows));
    }
    return all;
  }

  /** The rows of one of them. */
  List<Row> rows(String number) {
    List<Row> rows = new ArrayList<>();
    all().get(number).rows(rows::add);
    return rows;
  }

  private int n(int full) {
    return Math.max(2, (int) Math.round(scale * full));
  }

  private void longOnes(Consumer<Row> rows) {
    for (double load : LOADS) {
      int calls = load == 0.9 ? 100_000 : 20_000;
      new QueueChecks(method).longOnes(n(300), load, calls).forEach(rows);
    }
  }

  private void anyLength(Consumer<Row> rows) {
    for (double load : LOADS) {
      for (int calls : new int[] {500, 2_000, 5_000, 20_000}) {
        new QueueChecks(method).anyLength(n(300), load, calls).forEach(rows);
      }
    }
  }

  private void pairs(Consumer<Row> rows) {
    for (int repetitions : new int[] {1, 5}) {
      for (double load : LOADS) {
        for (int calls : new int[] {1_000, 5_000, 20_000}) {
          new QueueChecks(method).pairs(n(200), load, calls, repetitions).forEach(rows);
        }
      }
    }
  }

  private void independent(Consumer<Row> rows) {
    for (Law law : Law.values()) {
      for (int calls : new int[] {20, 50, 100, 500, 1_000, 5_000}) {
        if (method == Method.TOOL || calls > OldResamples.DRAWN && law != Law.HEAVY) {
          new IndependentChecks(method).rows(n(2_000), law, calls).forEach(rows);
        }
      }
    }
  }

  private void pages(Consumer<Row> rows) {
    var pages = new Pages(method);
    if (method == Method.TOOL) {
      rows.accept(
          pages.row(
              n(200),
              "log-normal, 100 calls",
              random -> new double[][] {Law.LOG_NORMAL.calls(random, 100)}));
    }
    rows.accept(
        pages.row(
            n(200),
            "M/M/1 70 %, 5,000 calls",
            random -> new double[][] {Queues.mm1(random, 5_000, 0.7)}));
  }

  private void repetitions(Consumer<Row> rows) {
    for (int repetitions : new int[] {2, 3, 5, 10}) {
      rows.accept(BlockChecks.few(n(2_000), repetitions));
    }
  }

  private void blocks(Consumer<Row> rows) {
    BlockChecks.five(n(2_000), 2).forEach(rows);
    BlockChecks.five(n(2_000), 1).forEach(rows);
  }

  private void stops(Consumer<Row> rows) {
    rows.accept(new StopChecks(method).row(n(200), 0.5, 17_000));
    rows.accept(new StopChecks(method).row(n(200), 0.7, 58_000));
  }

  private void policies(Consumer<Row> rows) {
    rows.accept(PairChecks.policies(n(40)));
    rows.accept(PairChecks.twoNames(n(200)));
  }

  private void tails(Consumer<Row> rows) {
    for (int calls : new int[] {200, 999, 1_000, 5_000}) {
      rows.accept(TailChecks.independent(n(300), 0.99, calls));
    }
    for (int calls : new int[] {9_999, 10_000, 50_000}) {
      rows.accept(TailChecks.independent(n(300), 0.999, calls));
    }
    for (double load : LOADS) {
      rows.accept(TailChecks.queue(n(300), 0.99, load, 20_000));
      rows.accept(TailChecks.queue(n(300), 0.999, load, 100_000));
    }
  }
}
