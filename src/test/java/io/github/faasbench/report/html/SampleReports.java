package io.github.faasbench.report.html;

import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RowProblems;
import io.github.faasbench.report.figure.Grouping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reports of the newest runs, made as the command makes them. */
final class SampleReports {

  private SampleReports() {}

  static PageData data(List<Invocation> rows) throws IOException {
    return data(rows, Grouping.CELL);
  }

  static PageData data(List<Invocation> rows, Grouping grouping) throws IOException {
    PageOutline outline = new PageOutline(grouping);
    rows.forEach(outline::accept);
    PageData data = new PageData(outline.plan(RunSelection.newest()));
    rows.forEach(data::accept);
    return data;
  }

  /** From rows alone. */
  static String page(List<Invocation> rows, RowProblems problems) throws IOException {
    return page(data(rows), List.of(), problems);
  }

  /** With what stands beside the CSV. */
  static String page(Path csv) throws IOException {
    return page(data(CsvRecords.read(csv).rows()), List.of(csv), new RowProblems());
  }

  static void write(Path file, List<Invocation> rows) throws IOException {
    PageData data = data(rows);
    Files.writeString(
        file,
        HtmlReport.page(
            data, ReportContext.beside(List.of(), data.plan().choice(), new RowProblems())));
  }

  private static String page(PageData data, List<Path> csvs, RowProblems problems)
      throws IOException {
    return HtmlReport.page(data, ReportContext.beside(csvs, data.plan().choice(), problems));
  }
}
