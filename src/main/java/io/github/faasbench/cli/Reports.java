package io.github.faasbench.cli;

import io.github.faasbench.analysis.Designs;
import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.ColumnMap;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLives;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RowProblems;
import io.github.faasbench.metrics.RunFolder;
import io.github.faasbench.report.figure.Grouping;
import io.github.faasbench.report.html.HtmlReport;
import io.github.faasbench.report.html.PageData;
import io.github.faasbench.report.html.PageOutline;
import io.github.faasbench.report.html.PagePlan;
import io.github.faasbench.report.html.ReportContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes reports of CSV files; apart, so that other commands load none of its classes. The files are
 * read twice and no row is kept: first to choose runs and sections, then for what these show.
 */
record Reports(List<Path> csvs, ColumnMap columns, Grouping grouping, RunSelection selection) {

  /** Knows who else takes the rows of the selected runs. */
  interface Besides<E extends Exception> {
    Consumer<Invocation> of(List<String> runs, Designs designs) throws IOException, E;
  }

  /** Checks the thresholds, once all rows came. */
  interface Checks<E extends Exception> {
    List<Threshold.Result> results() throws IOException, E;
  }

  /**
   * A page.
   *
   * @param checks what became of the thresholds of its runs
   */
  record Page(String html, List<Threshold.Result> checks) {}

  /**
   * The page of the selected runs.
   *
   * @param err told of lines of the CSVs that can't be used
   */
  <E extends Exception> Page page(PrintWriter err, Besides<E> besides, Checks<E> checks)
      throws IOException, ExperimentException, E {
    PageOutline outline = new PageOutline(grouping);
    RowProblems problems = read(outline::accept, err);
    PagePlan plan = outline.plan(selection);
    Designs designs = designs(plan.choice());
    PageData data = new PageData(plan, designs);
    Consumer<Invocation> also = besides.of(plan.choice().runs(), designs);
    Consumer<Invocation> rows =
        row -> {
          if (plan.choice().holds(row)) {
            data.accept(row);
            also.accept(row);
          }
        };
    RowProblems lost = lives(plan.choice().runs(), data::ended);
    for (Path csv : csvs) {
      CsvRecords.stream(csv, columns, rows, problem -> {});
    }
    Texts.tell(lost, err);
    ReportContext context = ReportContext.beside(csvs, plan.choice(), problems);
    List<Threshold.Result> results = checks.results();
    return new Page(HtmlReport.page(data, context.with(results)), results);
  }

  /** Of the chosen runs; those whose warm-up is found in their calls have been read for it. */
  private Designs designs(RunSelection.Choice choice) throws IOException, ExperimentException {
    Designs designs = StudyDesigns.beside(csvs, choice.runs());
    if (designs.cuts().needed()) {
      for (Path csv : csvs) {
        CsvRecords.stream(csv, columns, designs.cuts()::accept, problem -> {});
      }
    }
    return designs;
  }

  /**
   * What was summarised.
   *
   * @param runs the ids of the selected runs
   * @param sinks by the columns that were asked for, in their order
   */
  record Summarised(List<String> runs, List<SummarySink> sinks) {}

  /** Summarises the selected runs by each of these groupings. */
  Summarised summarise(PrintWriter err, List<List<Column>> groupings)
      throws IOException, ExperimentException {
    var seen = new RunSelection.Seen();
    read(seen::accept, err);
    RunSelection.Choice choice = selection.choose(seen);
    Designs designs = designs(choice);
    List<SummarySink> sinks =
        groupings.stream().map(columns -> new SummarySink(columns, designs)).toList();
    RowProblems lost = lives(choice.runs(), life -> sinks.forEach(sink -> sink.ended(life)));
    Texts.tell(lost, err);
    for (Path csv : csvs) {
      CsvRecords.stream(
          csv,
          columns,
          row -> {
            if (choice.holds(row)) {
              sinks.forEach(sink -> sink.accept(row));
            }
          },
          problem -> {});
    }
    return new Summarised(choice.runs(), sinks);
  }

  /** Reads what became of the runs' waiting containers, where it stands beside the CSVs. */
  private RowProblems lives(List<String> runs, Consumer<ContainerLife> to) throws IOException {
    RowProblems problems = new RowProblems();
    for (String run : runs) {
      for (Path csv : csvs) {
        Optional<Path> file = RunFolder.beside(csv, run).map(RunFolder::containersFile);
        if (file.isPresent() && Files.exists(file.get())) {
          ContainerLives.stream(file.get(), to, problems);
          break; // a run has one folder, whichever CSV it is beside
        }
      }
    }
    return problems;
  }

  private RowProblems read(Consumer<Invocation> rows, PrintWriter err) throws IOException {
    RowProblems problems = new RowProblems();
    for (Path csv : csvs) {
      CsvRecords.stream(csv, columns, rows, problems);
    }
    Texts.tell(problems, err);
    return problems;
  }
}
