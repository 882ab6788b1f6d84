package io.github.faasbench.cli;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.metrics.ColumnMap;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.report.figure.Grouping;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The HTML report again, from CSV files. */
@Command(
    name = "report",
    description = "Writes the HTML report from CSVs: the newest run of each experiment.",
    footer = {
      "",
      "Examples:",
      "  faasbench report out/metrics.csv",
      "  faasbench report out/metrics.csv --format md",
      "  faasbench report out/metrics.csv --group-by policy,keep_alive",
      "  faasbench report out/metrics.csv --run all --out all.html",
      "  faasbench report k6.csv --columns latency_s=duration_ms/1000,function=name"
    })
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "CSV", description = "metrics.csv of one or more runs")
  private List<Path> csvs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "the report; its name says the format: .html, .md or .json; `-` is standard output"
              + " (default: report.html beside the first CSV)")
  private Path out;

  @Option(
      names = "--format",
      paramLabel = "html|md|json",
      description =
          "html: the page (default); md: tables and sentences to be pasted into an issue; json: for"
              + " programs, as `faasbench schema summary` says; md and json go to standard output"
              + " unless --out names a file")
  private ReportFormat asked;

  @Option(
      names = "--force",
      description = "replaces a file that is no report of faasbench; an input is never replaced")
  private boolean force;

  /** As they are written. */
  static List<String> formats() {
    return Arrays.stream(ReportFormat.values()).map(Texts::lower).toList();
  }

  @Option(names = "--run", paramLabel = "ID", description = "this run only, or `all`")
  private String run;

  @Option(names = "--experiment", paramLabel = "NAME", description = "this experiment only")
  private String experiment;

  @Option(
      names = "--group-by",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "compares calls by these columns of the CSV, the first two in each figure"
              + " (default: policy,warming of each function)")
  private List<String> groupBy;

  @Option(
      names = "--columns",
      paramLabel = "OURS=THEIRS",
      split = ",",
      description =
          "reads another tool's CSV: which of its columns holds what ours does, such as"
              + " latency_s=duration_ms/1000,function=name")
  private List<String> columns = List.of();

  @Override
  public Integer call() throws Exception {
    boolean piped = out != null && out.toString().equals("-");
    Path file = piped ? null : out;
    if (file != null) {
      ReportTarget.checkInputs(file, csvs);
    }
    ReportFormat format = ReportFormat.of(file, asked);
    if (out == null && format == ReportFormat.HTML) {
      file = csvs.get(0).toAbsolutePath().resolveSibling("report.html");
    }
    if (file != null) {
      ReportTarget.check(file, csvs, force);
    }
    RunSelection selection =
        run == null
            ? RunSelection.newest()
            : run.equals("all") ? RunSelection.all() : RunSelection.ofRun(run);
    if (experiment != null) {
      selection = selection.ofExperiment(experiment);
    }
    Grouping grouping = groupBy == null ? Grouping.CELL : Grouping.of(groupBy);
    Reports reports = new Reports(csvs, ColumnMap.parse(columns), grouping, selection);
    PrintWriter console = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (format == ReportFormat.HTML) {
      // Without thresholds the page's own summaries are enough.
      SummarySink[] cells = {null};
      Reports.Page page =
          reports.page(
              err,
              (runs, designs) -> {
                cells[0] = new SummarySink(GroupKey.CELL, designs);
                return Thresholds.anyOf(csvs, runs) ? cells[0]::accept : row -> {};
              },
              () -> Thresholds.checkRuns(csvs, cells[0].summary()));
      put(page.html(), file, console);
      Thresholds.print(page.checks(), file == null ? err : console);
      return exitCode(page.checks());
    }
    Reports.Summarised summarised =
        reports.summarise(
            err,
            List.of(GroupKey.CELL, groupBy == null ? GroupKey.CELL_OF_MANY : grouping.columns()));
    SummarySink cells = summarised.sinks().get(0);
    SummarySink groups = summarised.sinks().get(1);
    List<String> runs = summarised.runs();
    SummarySink chosen = groupBy == null && !manyFunctions(cells, err) ? cells : groups;
    Summary shown = chosen.summary();
    List<Threshold.Result> results =
        Thresholds.anyOf(csvs, runs)
            ? Thresholds.checkRuns(csvs, chosen == cells ? shown : cells.summary())
            : List.of();
    Summaries summaries = Summaries.beside(csvs, runs, shown, results);
    String text = format == ReportFormat.JSON ? summaries.json() : summaries.markdown();
    put(text, file, console);
    return exitCode(results);
  }

  /**
   * @param file null: standard output
   */
  private static void put(String text, Path file, PrintWriter console) throws RecordsException {
    if (file == null) {
      console.print(text);
    } else {
      ReportTarget.write(file, text, "make room there, or choose another file with --out FILE");
      console.println(file);
    }
    console.flush();
  }

  /** Whether every load has more functions than anybody reads; says so. */
  private static boolean manyFunctions(SummarySink cells, PrintWriter err) {
    Map<GroupKey, Long> functions =
        cells.keys().stream()
            .collect(
                Collectors.groupingBy(key -> key.of(GroupKey.CELL_OF_MANY), Collectors.counting()));
    boolean many = functions.values().stream().allMatch(n -> n > GroupKey.MOST_FUNCTIONS);
    if (many) {
      err.println(
          "all functions together, since every load has more than "
              + GroupKey.MOST_FUNCTIONS
              + "; --group-by function,policy,warming shows each");
    }
    return many;
  }

  private static int exitCode(List<Threshold.Result> results) {
    return results.stream().allMatch(Threshold.Result::passed)
        ? ExitCode.DONE
        : ExitCode.CHECK_MISSED;
  }
}
