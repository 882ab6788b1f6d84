package io.github.faasbench.cli;

import io.github.faasbench.analysis.Design;
import io.github.faasbench.analysis.Designs;
import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.experiment.ResolvedSettings;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.RowProblems;
import io.github.faasbench.metrics.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One side of a comparison: the newest run of one experiment in a CSV.
 *
 * @param run its id
 * @param cells by factors
 * @param design what the run's file fixed before there were data
 * @param settings of the resolved file beside the CSV; empty: there is none
 */
record ComparedRun(
    Path csv,
    String experiment,
    String run,
    Set<String> backends,
    Summary cells,
    Design design,
    Map<String, String> settings) {

  static final List<Column> FACTORS =
      List.of(Column.FUNCTION, Column.POLICY, Column.WARMING, Column.WORKLOAD, Column.KEEP_ALIVE);

  /**
   * Reads the file twice and keeps no row.
   *
   * @param experiment null: the only one there is
   */
  static ComparedRun read(Path csv, String experiment, PrintWriter err)
      throws IOException, ExperimentException, CliException {
    RowProblems problems = new RowProblems();
    var seen = new RunSelection.Seen();
    CsvRecords.stream(csv, seen::accept, problems);
    Texts.tell(problems, err);
    RunSelection newest = RunSelection.newest();
    RunSelection.Choice choice =
        (experiment == null ? newest : newest.ofExperiment(experiment)).choose(seen);
    String run = choice.runs().get(0);
    Designs designs = StudyDesigns.beside(List.of(csv), List.of(run));
    if (designs.cuts().needed()) {
      CsvRecords.stream(csv, designs.cuts()::accept, problem -> {});
    }
    var sink = new SummarySink(FACTORS, designs);
    Set<String> experiments = new TreeSet<>();
    Set<String> backends = new TreeSet<>();
    CsvRecords.stream(
        csv,
        row -> {
          if (choice.holds(row)) {
            experiments.add(row.experiment());
            backends.add(row.backend());
            sink.accept(row);
          }
        },
        problem -> {});
    if (experiments.size() > 1) {
      throw CliException.mistake(
          csv
              + " holds several experiments; choose one by --experiment: "
              + String.join(", ", experiments));
    }
    return new ComparedRun(
        csv,
        experiments.iterator().next(),
        run,
        backends,
        sink.summary(),
        designs.of(run),
        settings(csv, run));
  }

  private static Map<String, String> settings(Path csv, String run)
      throws IOException, ExperimentException {
    Optional<Path> file =
        RunFolder.beside(csv, run).map(RunFolder::experimentFile).filter(Files::exists);
    return file.isEmpty() ? Map.of() : ResolvedSettings.read(file.get());
  }

  /** Whether both made the same calls: then units of both can be compared in pairs. */
  boolean sameLoadsAs(ComparedRun other) {
    return !design.seed().isEmpty()
        && design.seed().equals(other.design.seed())
        && backends.equals(other.backends);
  }

  /** The values of a factor, in order. */
  Set<String> values(Column factor) {
    return cells.groups().stream()
        .map(group -> group.key().get(factor))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<GroupKey> keys() {
    return cells.groups().stream().map(GroupSummary::key).collect(Collectors.toSet());
  }
}
