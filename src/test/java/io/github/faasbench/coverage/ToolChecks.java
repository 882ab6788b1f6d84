package io.github.faasbench.coverage;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.cli.Simulated;
import io.github.faasbench.cli.Started;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** M/M/1 through all of the tool: its simulator, its records, its commands. */
final class ToolChecks {

  private static final String FILE =
      """
      name: mm1
      backend: sim
      nodes: {count: 1, cpu: 1, slots: 1}
      functions: [{name: f, model: {exec: "exponential(mean=100ms)"}}]
      policy: round-robin
      warming: warmed
      busy: wait
      workload: {poisson: {rate: 5/s}}
      invocations: 5000
      """;

  private static final Bound FEW = Bound.atMost(Bound.What.DIFFER, 0.08);
  private static final int REGRESSION = 99;
  private static final int UNDECIDED = 5;

  private ToolChecks() {}

  /**
   * Of the file above.
   *
   * @param pairs of two seeds, in memory
   * @param commands of two seeds, by {@code run} and {@code compare}
   */
  static List<Row> rows(int pairs, int commands) {
    List<Row> rows = new ArrayList<>();
    for (double load : new double[] {0.5, 0.7}) {
      rows.addAll(simulated(pairs, load));
    }
    rows.add(commands(commands, "5/s", 5_000, FEW));
    rows.add(commands(commands, "9/s", 2_000, FEW, Bound.atLeast(Bound.What.REFUSE, 0.9)));
    return rows;
  }

  private static List<Row> simulated(int pairs, double load) {
    List<Result[]> results =
        Counts.trials(
            pairs,
            seed -> {
              List<GroupSummary> old = cells(load, seed);
              Found found = Found.compared(old, cells(load, pairs + seed), Statistic.MEAN);
              return Counts.results(
                  Result.differs(found),
                  Result.slower(found),
                  Result.covers(
                      old.get(0).interval(Statistic.MEAN),
                      QueueChecks.truth(Statistic.MEAN, load)));
            });
    String name = QueueChecks.name("12 our simulator", load, 5_000);
    return List.of(
        new Row(name + ": differ", Counts.of(results, 0), FEW),
        new Row(name + ": exit 99", Counts.of(results, 1), FEW),
        new Row(name + ": mean", Counts.of(results, 2), Bound.cover(0.88, 0.99)));
  }

  private static List<GroupSummary> cells(double load, int seed) {
    var sink = new SummarySink(Cell.FACTORS);
    Simulated.REAL.run(FILE, sink, "seed=" + seed, "workload.poisson.rate=" + 10 * load + "/s");
    return sink.summary().groups();
  }

  private static Row commands(int pairs, String rate, int calls, Bound... bounds) {
    List<Result> results = new ArrayList<>();
    for (int seed = 1; seed <= pairs; seed++) {
      try {
        results.add(compared(rate, calls, seed, pairs + seed));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Row(
        "12 run, run, compare --fail-on-regression 5: mm1.yaml, " + rate,
        Counts.of(results),
        bounds);
  }

  private static Result compared(String rate, int calls, int old, int young) throws IOException {
    Path folder = Files.createTempDirectory("coverage");
    try {
      StringWriter console = new StringWriter();
      String[] csvs = {run(folder, rate, calls, old), run(folder, rate, calls, young)};
      int exit =
          Started.faasbench(
              console, console, "compare", csvs[0], csvs[1], "--fail-on-regression", "5");
      boolean refused = console.toString().contains("calls depend on each other");
      return switch (exit) {
        case 0 -> Result.NO;
        case REGRESSION -> Result.YES;
        // Undecided is also an interval that reaches over the limit.
        case UNDECIDED -> refused ? Result.REFUSED : Result.NO;
        default -> throw new IllegalStateException(exit + ": " + console);
      };
    } finally {
      delete(folder);
    }
  }

  private static String run(Path folder, String rate, int calls, int seed) throws IOException {
    Path file = Files.writeString(folder.resolve("mm1.yaml"), FILE);
    Path out = folder.resolve("out-" + seed);
    StringWriter console = new StringWriter();
    int exit =
        Started.faasbench(
            console,
            console,
            "run",
            file.toString(),
            "-q",
            "--no-report",
            "--out",
            out.toString(),
            "--set",
            "seed=" + seed,
            "--set",
            "invocations=" + calls,
            "--set",
            "workload.poisson.rate=" + rate);
    if (exit != 0) {
      throw new IllegalStateException(exit + ": " + console);
    }
    return out.resolve("metrics.csv").toString();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
