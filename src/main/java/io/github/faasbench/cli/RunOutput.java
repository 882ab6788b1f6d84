package io.github.faasbench.cli;

import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.metrics.ColumnMap;
import io.github.faasbench.metrics.ContainersSink;
import io.github.faasbench.metrics.CsvSink;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.PredictionsSink;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.metrics.RunFolder;
import io.github.faasbench.report.figure.Grouping;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The files that a run writes: CSV, the run's folder, the report; or none of them. */
final class RunOutput implements AutoCloseable {

  private final Path out;
  private final Optional<CsvSink> csv;
  private Optional<RunFolder> folder = Optional.empty();
  private final List<RecordSink> companions = new ArrayList<>();

  private final boolean flushEachRow;

  private RunOutput(Path out, Optional<CsvSink> csv, boolean flushEachRow) {
    this.out = out;
    this.csv = csv;
    this.flushEachRow = flushEachRow;
  }

  /** Writes nothing. */
  static RunOutput none(Path out) {
    return new RunOutput(out, Optional.empty(), false);
  }

  /**
   * Opens the CSV, so that a folder that can't be written stops the run before it begins.
   *
   * @param flushEachRow or in blocks and at each cell's end
   * @param notices told what had to be put right
   */
  static RunOutput open(Path out, boolean flushEachRow, Consumer<String> notices)
      throws IOException {
    Files.createDirectories(out);
    CsvSink csv = CsvSink.open(csv(out), flushEachRow);
    csv.notices().forEach(notices);
    return new RunOutput(out, Optional.of(csv), flushEachRow);
  }

  static Path csv(Path out) {
    return out.resolve("metrics.csv");
  }

  /** Makes the run's folder; answers the run's id. */
  String begin(String resolvedExperiment, Environment environment, RunLog log) throws IOException {
    if (csv.isEmpty()) {
      return RunFolder.idOf(resolvedExperiment);
    }
    RunFolder made = RunFolder.create(out, resolvedExperiment);
    log.open(made.logFile());
    made.writeEnvironment(environment);
    folder = Optional.of(made);
    companions.addAll(List.of(new PredictionsSink(made), new ContainersSink(made, flushEachRow)));
    return made.id();
  }

  /** Writes the environment again, with what became known since. */
  void environment(Environment environment) throws IOException {
    if (folder.isPresent()) {
      folder.get().writeEnvironment(environment);
    }
  }

  /** Where records go once the run has begun, and to the summary besides. */
  RecordSink with(RecordSink summary) {
    return csv.isEmpty() ? summary : new Sinks(List.of(csv.get(), summary), companions);
  }

  /** Keeps what a failed call printed. */
  void keep(Invocation row, String output, RunLog log) {
    if (folder.isEmpty() || output.isEmpty()) {
      return;
    }
    try {
      log.line("output of a failed call: " + folder.get().saveOutput(row, output));
    } catch (IOException e) {
      log.line("output of a failed call could not be kept: " + e);
    }
  }

  /** Keeps the summary for other programs. */
  void keep(Summary summary, List<Threshold.Result> checks) throws IOException {
    if (folder.isPresent()) {
      List<String> run = List.of(folder.get().id());
      Files.writeString(
          folder.get().path().resolve("summary.json"),
          Summaries.beside(List.of(csv(out)), run, summary, checks).json());
    }
  }

  /** Writes the report where it is wanted, and says which files there are. */
  void end(boolean report, List<Threshold.Result> checks, PrintWriter console, PrintWriter err)
      throws IOException {
    if (folder.isEmpty()) {
      return;
    }
    Path rows = csv(out);
    String run = folder.get().id();
    console.println(rows + " (run " + run + ")");
    if (report) {
      Path html = out.resolve("report.html");
      new Reports(List.of(rows), ColumnMap.NONE, Grouping.CELL, RunSelection.ofRun(run))
          .write(html, err, runs -> row -> {}, () -> checks);
      console.println(html);
    }
    console.println(folder.get().path() + "/");
  }

  @Override
  public void close() throws IOException {
    for (RecordSink companion : companions) {
      companion.close();
    }
    if (csv.isPresent()) {
      csv.get().close();
    }
  }
}
