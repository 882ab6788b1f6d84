package io.github.faasbench.oracle;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A few calls whose ends are known exactly.
 *
 * @param source where they are known from
 * @param experiment the experiment file without its load; functions stand in the order of their
 *     first calls
 */
record ExactCase(String name, String source, String experiment, List<Call> calls) {

  /** An end is a whole nanosecond, and so is each event before it that it follows from. */
  private static final double SECONDS_PER_EVENT = 2e-9;

  private static final double RELATIVE = 1e-9;

  /** A row has whole microseconds. */
  private static final double ROUNDING = 0.5e-6;

  /**
   * A call.
   *
   * @param arrives in seconds
   * @param ends in seconds; NaN: it is rejected
   * @param mode as in the CSV; empty: any
   */
  record Call(String function, double arrives, double ends, String mode) {}

  ExactCase(String name, String source, String experiment) {
    this(name, source, experiment, List.of());
  }

  /** With so many more calls of that kind. */
  ExactCase with(int count, String function, double arrives, double ends) {
    return with(count, function, arrives, ends, "");
  }

  /** With so many more calls of that kind, in that mode. */
  ExactCase with(int count, String function, double arrives, double ends, String mode) {
    var more = new ArrayList<>(calls);
    for (int i = 0; i < count; i++) {
      more.add(new Call(function, arrives, ends, mode));
    }
    return new ExactCase(name, source, experiment, List.copyOf(more));
  }

  @Override
  public String toString() {
    return name;
  }

  /** What did not come as expected, a line a call. */
  List<String> problems(Simulated simulated) {
    var problems = new ArrayList<String>();
    List<Invocation> rows = run(simulated);
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      Invocation row = rows.get(i);
      double ended = call.arrives + row.latencySeconds();
      boolean right =
          Double.isNaN(call.ends)
              ? row.outcome() == Outcome.REJECTED
              : row.outcome() == Outcome.OK && Math.abs(ended - call.ends) <= allowed(call.ends);
      if (!right || !call.mode.isEmpty() && !call.mode.equals(row.mode())) {
        problems.add(
            String.format(
                Locale.ROOT,
                "call %d: expected %s, seen %.9f %s %s %s",
                i + 1,
                call,
                ended,
                row.mode(),
                row.outcome().text(),
                row.error()));
      }
    }
    return problems;
  }

  private double allowed(double end) {
    return SECONDS_PER_EVENT * calls.size() + RELATIVE * end + ROUNDING;
  }

  /** The rows in the order of the calls. */
  private List<Invocation> run(Simulated simulated) {
    Invocation[] rows = new Invocation[calls.size()];
    try {
      Path trace = Files.createTempFile("oracle", ".csv");
      try {
        Files.write(trace, lines());
        String load = "workload: {trace: {file: " + trace + ", format: simple}}\n";
        simulated.run(experiment + load, new Rows(rows));
      } finally {
        Files.delete(trace);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(rows);
  }

  private List<String> lines() {
    var lines = new ArrayList<>(List.of("function,arrival_s"));
    for (Call call : calls) {
      lines.add(String.format(Locale.ROOT, "%s,%.6f", call.function, call.arrives));
    }
    return lines;
  }

  private record Rows(Invocation[] rows) implements RecordSink {
    @Override
    public void accept(Invocation row) {
      rows[(int) row.invocation() - 1] = row;
    }

    @Override
    public void close() {}
  }
}
