package io.github.faasbench.cli;

import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.report.HtmlReport;
import io.github.faasbench.report.ReportContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Writes an HTML report from CSV files; apart, so that other commands load none of its classes. */
final class Reports {

  private Reports() {}

  /** Lines that can't be used are told one by one up to this number. */
  private static final int PROBLEMS_SHOWN = 10;

  /**
   * Writes the report of the selected runs; answers their rows.
   *
   * @param err told of lines of the CSVs that can't be used
   */
  static List<Invocation> write(List<Path> csvs, Path html, RunSelection selection, PrintWriter err)
      throws IOException {
    CsvRecords read = CsvRecords.read(csvs.toArray(Path[]::new));
    read.problems().stream().limit(PROBLEMS_SHOWN).forEach(err::println);
    if (read.problems().size() > PROBLEMS_SHOWN) {
      err.println("and " + (read.problems().size() - PROBLEMS_SHOWN) + " more such lines");
    }
    err.flush();
    RunSelection.Selected selected = selection.select(read.rows());
    List<Invocation> rows = selected.rows();
    HtmlReport.write(
        html, rows, ReportContext.beside(csvs, rows, selected.runsLeftOut(), read.problems()));
    return rows;
  }
}
