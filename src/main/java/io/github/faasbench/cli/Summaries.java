package io.github.faasbench.cli;

import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.metrics.RunFolder;
import io.github.faasbench.report.JsonSummary;
import io.github.faasbench.report.MarkdownSummary;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A summary with what is known of its runs, for programs and for issues.
 *
 * @param environments of the runs whose folder is there
 */
record Summaries(
    Map<String, Environment> environments, Summary summary, List<Threshold.Result> thresholds) {

  /** Looks for the runs' folders beside the CSVs. */
  static Summaries beside(
      List<Path> csvs, List<String> runs, Summary summary, List<Threshold.Result> thresholds)
      throws RecordsException {
    Map<String, Environment> environments = new LinkedHashMap<>();
    for (String run : runs) {
      for (Path csv : csvs) {
        Optional<RunFolder> folder = RunFolder.beside(csv, run);
        if (folder.isPresent()) {
          folder.get().readEnvironment().ifPresent(found -> environments.putIfAbsent(run, found));
        }
      }
    }
    return new Summaries(environments, summary, thresholds);
  }

  String json() {
    return JsonSummary.of(tool(), environments, summary, thresholds);
  }

  String markdown() {
    return MarkdownSummary.of(tool(), environments, summary, thresholds);
  }

  private static String tool() {
    return new Version().getVersion()[0];
  }
}
