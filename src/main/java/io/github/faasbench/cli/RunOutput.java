package io.github.faasbench.cli;

import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.metrics.AttemptsSink;
import io.github.faasbench.metrics.CellKey;
import io.github.faasbench.metrics.ColumnMap;
import io.github.faasbench.metrics.CompanionSink;
import io.github.faasbench.metrics.ContainersSink;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.CsvSink;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.EventsSink;
import io.github.faasbench.metrics.FolderLock;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Journal;
import io.github.faasbench.metrics.OlderCsv;
import io.github.faasbench.metrics.PredictionsSink;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.metrics.RunFolder;
import io.github.faasbench.metrics.UnfinishedCell;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.report.figure.Grouping;
import io.github.faasbench.runner.CellJournal;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The files that a run writes: CSV, the run's folder, the report; or none of them. */
final class RunOutput implements AutoCloseable {

  private final Path out;
  private final boolean flushEachRow;
  private final Optional<Resumption> resumed;
  private final List<CompanionSink> companions = new ArrayList<>();
  private Optional<CsvSink> csv = Optional.empty();
  private Optional<RunFolder> folder = Optional.empty();
  private Optional<RunJournal> journal = Optional.empty();

  private RunOutput(Path out, boolean flushEachRow, Optional<Resumption> resumed) {
    this.out = out;
    this.flushEachRow = flushEachRow;
    this.resumed = resumed;
  }

  /** Writes nothing. */
  static RunOutput none(Path out) {
    return new RunOutput(out, false, Optional.empty());
  }

  /**
   * Opens the CSV, so that a folder that can't be written stops the run before it begins. Of a run
   * that goes on, what was measured of the unfinished cell is put aside. A CSV with the columns of
   * an older version is moved aside.
   *
   * @param flushEachRow or in blocks and at each cell's end
   * @param resume the plan whose run is to go on; empty: a run of its own
   * @param notices told what had to be put right
   * @param warnings told of what older versions left, and what becomes of it
   */
  static RunOutput open(
      Path out,
      boolean flushEachRow,
      Optional<Plan> resume,
      Consumer<String> notices,
      Consumer<String> warnings)
      throws IOException, CliException {
    FolderLock lock = FolderLock.acquire(out);
    try {
      OlderCsv.moveAside(csv(out)).ifPresent(older -> warnings.accept(older.notice(csv(out))));
      Optional<Resumption> found =
          resume.isPresent() ? Resumption.find(out, resume.get(), warnings) : Optional.empty();
      var output = new RunOutput(out, flushEachRow, found);
      if (found.isPresent() && !found.get().journal().finished()) {
        output.putAside(found.get(), notices);
      }
      CsvSink csv = CsvSink.open(csv(out), flushEachRow, lock);
      csv.notices().forEach(notices);
      output.csv = Optional.of(csv);
      return output;
    } catch (IOException | CliException e) {
      lock.close();
      throw e;
    }
  }

  /** The page that a run ends with. */
  static Path page(Path out) {
    return out.resolve("report.html");
  }

  static Path csv(Path out) {
    return out.resolve("metrics.csv");
  }

  private void putAside(Resumption run, Consumer<String> notices) throws IOException {
    take(run.folder());
    UnfinishedCell.putAside(
            run.folder(),
            run.journal(),
            csv(out),
            companions.stream().map(CompanionSink::file).toList())
        .forEach(notices);
  }

  private void take(RunFolder run) {
    folder = Optional.of(run);
    companions.add(new PredictionsSink(run));
    companions.add(new ContainersSink(run, flushEachRow));
    companions.add(new AttemptsSink(run, flushEachRow));
    companions.add(new EventsSink(run));
  }

  /** The run that goes on, or is done already; empty: a new one. */
  Optional<Resumption> resumed() {
    return resumed;
  }

  /** Makes the run's folder where it is new; answers the run's id. */
  String begin(Plan plan, RunLog log) throws IOException {
    Experiment experiment = plan.experiment();
    if (csv.isEmpty()) {
      return RunFolder.idOf(experiment.resolved());
    }
    if (folder.isEmpty()) {
      take(
          RunFolder.create(out, experiment.resolved(), PlanIdentity.cells(plan), Version.number()));
    }
    RunFolder run = folder.get();
    log.open(run.logFile());
    Journal opened = Journal.open(run.journalFile());
    if (resumed.isPresent()) {
      opened.resumed(Instant.now().toString(), Version.number());
    }
    journal =
        Optional.of(
            new RunJournal(
                opened, done(), csv.get(), companions.stream().map(CompanionSink::file).toList()));
    return run.id();
  }

  /** Takes rows that were written. */
  interface Earlier {
    void accept(Invocation row) throws IOException;
  }

  /** Hands on the rows of the run that are in the CSV by now. */
  void readAgain(Earlier to) throws IOException {
    if (csv.isEmpty() || folder.isEmpty()) {
      return;
    }
    String run = folder.get().id();
    csv.get().cellEnded();
    try {
      CsvRecords.stream(
          csv(out),
          row -> {
            if (row.run().equals(run)) {
              try {
                to.accept(row);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          },
          problem -> {});
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The cells that were done before the run goes on. */
  Set<CellKey> done() {
    return resumed.map(earlier -> earlier.journal().ended().keySet()).orElse(Set.of());
  }

  /** Where the run says how far it has come. */
  CellJournal journal() {
    return journal.isPresent() ? journal.get() : CellJournal.NONE;
  }

  /** What the run ran on when it began; empty: that is not known, or it begins now. */
  Optional<Environment> environment() throws IOException {
    return resumed.isPresent() ? folder.get().readEnvironment() : Optional.empty();
  }

  /** Keeps what the run runs on, in the place of what was kept before. */
  void environment(Environment environment) throws IOException {
    if (folder.isPresent()) {
      folder.get().writeEnvironment(environment);
    }
  }

  /** Hands on what the run had measured before it goes on. */
  void replay(RecordSink sink) throws IOException {
    if (resumed.isEmpty()) {
      return;
    }
    EarlierRows.of(csv(out), folder.get(), resumed.get().journal(), sink);
  }

  /** Where records go once the run has begun, and to the summary besides. */
  RecordSink with(RecordSink summary) {
    return csv.isEmpty() ? summary : new Sinks(List.of(csv.get(), summary), companions());
  }

  private List<RecordSink> companions() {
    return List.copyOf(companions);
  }

  /** Keeps what a failed call printed. */
  void keep(Invocation row, String output, RunLog log) {
    if (folder.isEmpty() || output.isEmpty()) {
      return;
    }
    try {
      log.line("output of a failed call: " + folder.get().saveOutput(row, output));
    } catch (IOException e) {
      log.line("output of a failed call could not be kept: " + FileErrors.withFile(e));
    }
  }

  /** Keeps the summary for other programs. */
  void keep(Summary summary, List<Threshold.Result> checks) throws IOException {
    if (folder.isPresent()) {
      List<String> run = List.of(folder.get().id());
      OwnFiles.replace(
          folder.get().path().resolve("summary.json"),
          Summaries.beside(List.of(csv(out)), run, summary, checks).json());
    }
  }

  /** Writes the report where it is wanted, and says which files there are. */
  void end(boolean report, List<Threshold.Result> checks, PrintWriter console, PrintWriter err)
      throws IOException, ExperimentException {
    if (folder.isEmpty()) {
      return;
    }
    Path rows = csv(out);
    String run = folder.get().id();
    console.println(rows + " (run " + run + ")");
    if (report) {
      Path html = page(out);
      Reports.Page made =
          new Reports(List.of(rows), ColumnMap.NONE, Grouping.CELL, RunSelection.ofRun(run))
              .page(err, (runs, designs) -> row -> {}, () -> checks);
      ReportTarget.write(html, made.html(), "make room and --resume");
      console.println(html);
    }
    console.println(folder.get().path() + "/");
  }

  /** Nothing of the run is left to do. */
  void finished() throws IOException {
    if (journal.isPresent()) {
      journal.get().journal().finished();
    }
  }

  /** Whether the run, once it has begun, can go on after a stop. */
  boolean canResume() {
    return journal.isPresent();
  }

  @Override
  public void close() throws IOException {
    try (Closeables all = new Closeables()) {
      csv.ifPresent(sink -> all.add(sink::close)); // last: it holds the folder's lock
      journal.ifPresent(kept -> all.add(kept.journal()::close));
      companions.forEach(sink -> all.add(sink::close));
    }
  }
}
