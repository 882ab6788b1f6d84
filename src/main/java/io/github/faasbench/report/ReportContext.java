package io.github.faasbench.report;

import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.metrics.RowProblem;
import io.github.faasbench.metrics.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a report says beyond its rows.
 *
 * @param runsLeftOut runs of the CSV that are not shown
 * @param notes for the reader, one sentence each
 */
public record ReportContext(List<RunContext> runs, int runsLeftOut, List<String> notes) {

  public ReportContext {
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  /**
   * Looks up the run folders beside the CSV files. What is not there or damaged is left out; the
   * report then says so.
   *
   * @param rows the records to be shown
   * @param problems lines that could not be read
   */
  public static ReportContext beside(
      List<Path> csvs, List<Invocation> rows, int runsLeftOut, List<RowProblem> problems) {
    List<String> notes = new ArrayList<>();
    if (!problems.isEmpty()) {
      notes.add(
          problems.size()
              + " line(s) of the CSV could not be used; the first: "
              + problems.get(0)
              + ".");
    }
    List<RunContext> runs = new ArrayList<>();
    for (String run : rows.stream().map(Invocation::run).distinct().toList()) {
      runs.add(
          csvs.stream()
              .flatMap(csv -> RunFolder.beside(csv, run).stream())
              .findFirst()
              .map(folder -> read(folder, notes))
              .orElse(new RunContext(run, Optional.empty(), Optional.empty())));
    }
    return new ReportContext(runs, runsLeftOut, notes);
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
        file = Optional.of(Files.readString(folder.experimentFile()));
      } catch (IOException e) {
        notes.add(folder.experimentFile() + ": cannot be read (" + e.getMessage() + ").");
      }
    }
    return new RunContext(folder.id(), environment, file);
  }
}
