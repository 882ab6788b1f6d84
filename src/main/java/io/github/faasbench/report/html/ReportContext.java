package io.github.faasbench.report.html;

import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.metrics.RowProblems;
import io.github.faasbench.metrics.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a report says beyond its rows.
 *
 * @param runsLeftOut runs of the CSV that are not shown
 * @param files that were read
 * @param notes for the reader, one sentence each
 * @param thresholds what became of them
 */
public record ReportContext(
    List<RunContext> runs,
    int runsLeftOut,
    List<CsvFile> files,
    List<String> notes,
    List<Threshold.Result> thresholds) {

  public ReportContext {
    runs = List.copyOf(runs);
    files = List.copyOf(files);
    notes = List.copyOf(notes);
    thresholds = List.copyOf(thresholds);
  }

  /** What the runs ran on, of those that tell. */
  public List<Environment> environments() {
    return runs.stream().flatMap(run -> run.environment().stream()).toList();
  }

  /**
   * Looks up the run folders beside the CSV files. What is not there or damaged is left out; the
   * report then says so.
   *
   * @param choice the runs to be shown
   * @param problems lines that could not be read
   * @throws RecordsException a CSV can't be read
   */
  public static ReportContext beside(
      List<Path> csvs, RunSelection.Choice choice, RowProblems problems) throws RecordsException {
    List<String> notes = new ArrayList<>();
    if (problems.count() > 0) {
      notes.add(
          problems.count()
              + " line(s) of the CSV could not be used, or not wholly; the first: "
              + problems.first().get(0)
              + ".");
    }
    List<RunContext> runs = new ArrayList<>();
    for (String run : choice.runs()) {
      runs.add(
          csvs.stream()
              .flatMap(csv -> RunFolder.beside(csv, run).stream())
              .findFirst()
              .map(folder -> read(folder, notes))
              .orElse(RunContext.unknown(run)));
    }
    List<CsvFile> files = new ArrayList<>();
    for (Path csv : csvs) {
      files.add(CsvFile.of(csv));
    }
    return new ReportContext(runs, choice.runsLeftOut(), files, notes, List.of());
  }

  /** The same with what became of the thresholds. */
  public ReportContext with(List<Threshold.Result> checked) {
    return new ReportContext(runs, runsLeftOut, files, notes, checked);
  }

  RunContext run(String id) {
    return runs.stream()
        .filter(run -> run.run().equals(id))
        .findFirst()
        .orElse(RunContext.unknown(id));
  }

  private static RunContext read(RunFolder folder, List<String> notes) {
    Optional<Environment> environment = Optional.empty();
    try {
      environment = folder.readEnvironment();
    } catch (RecordsException e) {
      notes.add(e.getMessage() + ".");
    }
    Optional<String> file = Optional.empty();
    if (Files.exists(folder.experimentFile())) {
      try {
        file = Optional.of(folder.readExperiment());
      } catch (RecordsException e) {
        notes.add(e.getMessage() + ".");
      }
    }
    return new RunContext(folder.id(), environment, file);
  }
}
