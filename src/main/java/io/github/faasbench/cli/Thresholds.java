package io.github.faasbench.cli;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Measure;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.experiment.ExperimentReader;
import io.github.faasbench.experiment.ThresholdSpec;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.ThresholdLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks an experiment's thresholds against what its cells showed. */
final class Thresholds {

  /** Selectors of the file to the columns of the CSV. */
  private static final Map<String, Column> COLUMNS =
      Map.of(
          "function", Column.FUNCTION,
          "policy", Column.POLICY,
          "warming", Column.WARMING,
          "workload", Column.WORKLOAD,
          "keepAlive", Column.KEEP_ALIVE);

  private Thresholds() {}

  /** Against a summary by cell and function. */
  static List<Threshold.Result> check(List<ThresholdSpec> specs, Summary cells) {
    return specs.stream().map(spec -> threshold(spec).check(cells)).toList();
  }

  /** Those that each run's folder beside the CSVs holds, against the run's cells. */
  static List<Threshold.Result> checkRuns(List<Path> csvs, Summary cells)
      throws ExperimentException, IOException {
    List<Threshold.Result> results = new ArrayList<>();
    var reader = new ExperimentReader(Names.vocabulary());
    Map<String, List<GroupSummary>> byRun =
        cells.groups().stream()
            .collect(
                Collectors.groupingBy(
                    group -> group.key().get(Column.RUN), LinkedHashMap::new, Collectors.toList()));
    for (String run : byRun.keySet()) {
      List<ThresholdSpec> specs = beside(csvs, run, reader);
      results.addAll(check(specs, cells.only(byRun.get(run))));
    }
    return results;
  }

  /** Whether a run's folder beside the CSVs holds any. */
  static boolean anyOf(List<Path> csvs, List<String> runs) throws ExperimentException, IOException {
    var reader = new ExperimentReader(Names.vocabulary());
    for (String run : runs) {
      if (!beside(csvs, run, reader).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Those of a run's resolved file. */
  static List<ThresholdSpec> of(Path resolved) throws ExperimentException, IOException {
    return new ExperimentReader(Names.vocabulary()).thresholds(resolved);
  }

  private static List<ThresholdSpec> beside(List<Path> csvs, String run, ExperimentReader reader)
      throws ExperimentException, IOException {
    Optional<Path> file = StudyDesigns.resolvedFile(csvs, run);
    return file.isEmpty() ? List.of() : reader.thresholds(file.get());
  }

  /** One line each; answers whether all hold. */
  static boolean print(List<Threshold.Result> results, PrintWriter out) {
    if (!results.isEmpty()) {
      out.println("thresholds:");
      results.stream()
          .flatMap(result -> ThresholdLines.wrapped(result, Screen.outputColumns()).stream())
          .forEach(out::println);
      out.println();
    }
    return results.stream().allMatch(Threshold.Result::passed);
  }

  private static Threshold threshold(ThresholdSpec spec) {
    Map<Column, List<String>> where = new EnumMap<>(Column.class);
    spec.where().forEach((selector, values) -> where.put(COLUMNS.get(selector), values));
    return new Threshold(
        spec.check(),
        Measure.named(spec.measure()).orElseThrow(),
        spec.upper(),
        spec.inclusive(),
        spec.limit(),
        where);
  }
}
