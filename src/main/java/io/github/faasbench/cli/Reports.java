package io.github.faasbench.cli;

import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.report.HtmlReport;
import io.github.faasbench.report.ReportContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes an HTML report from CSV files; apart, so that other commands load none of its classes. */
final class Reports {

  private Reports() {}

  /** The report of one run; answers the path it wrote. */
  static Path write(Path csv, Path html, String run) throws IOException {
    return write(List.of(csv), html, RunSelection.ofRun(run));
  }

  /** The report of the selected runs; answers the path it wrote. */
  static Path write(List<Path> csvs, Path html, RunSelection selection) throws IOException {
    CsvRecords read = CsvRecords.read(csvs.toArray(Path[]::new));
    RunSelection.Selected selected = selection.select(read.rows());
    List<Invocation> rows = selected.rows();
    HtmlReport.write(
        html, rows, ReportContext.beside(csvs, rows, selected.runsLeftOut(), read.problems()));
    return html;
  }
}
