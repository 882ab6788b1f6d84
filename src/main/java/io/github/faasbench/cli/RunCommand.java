package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.WarmUpSpec;
import io.github.faasbench.metrics.CellKey;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.provision.ProcessRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Carries out an experiment: nodes, images, cells, CSV, summary, report. */
@Command(
    name = "run",
    description = "Runs an experiment: writes its CSV rows and its report.",
    footer = {
      "",
      "Examples:",
      "  faasbench run experiments/quickstart.yaml",
      "  faasbench run experiments/quickstart.yaml --set invocations=20",
      "  faasbench run e.yaml --set 'policy=[round-robin, least-used]' --out out/trial",
      "  faasbench run e.yaml --dry-run",
      "  faasbench run e.yaml --resume"
    })
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private FileOptions file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out",
      description = "where metrics.csv, report.html and the run's folder go (default: out)")
  private Path out;

  @Option(names = "--dry-run", description = "prints the plan and stops; touches nothing")
  private boolean dryRun;

  @Option(
      names = "--resume",
      description = {
        "goes on with the newest unfinished run of this file and these overrides in DIR:",
        "finished cells stay as they are, the unfinished one begins again, and the rows that it"
            + " had go to partial-CELL.csv in the run's folder; a run that is finished is left"
            + " alone, and where there is none a new one begins"
      })
  private boolean resume;

  @Option(names = "--no-csv", description = "writes no file, only the summary; implies no report")
  private boolean noCsv;

  @Option(names = "--no-report", description = "writes no report.html")
  private boolean noReport;

  @Option(
      names = {"-q", "--quiet"},
      description = "shows only warnings and the summary")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "shows the log")
  private boolean verbose;

  private PrintWriter err;
  private RunLog log;

  @Override
  public Integer call() throws Exception {
    if (resume && noCsv) {
      throw CliException.mistake(
          "--resume goes on with the rows of a CSV, and with --no-csv there are none: leave one of"
              + " them out");
    }
    Experiment experiment = file.read();
    if (noCsv && experiment.warmUp().kind() == WarmUpSpec.Kind.MSER) {
      throw CliException.mistake(
          "warmUp: mser is found in the rows of the CSV, and with --no-csv there are none: leave"
              + " --no-csv out, or write warmUp: {calls: N} or {duration: 60s}");
    }
    Plan plan = Plan.of(experiment);
    err = spec.commandLine().getErr();
    if (dryRun) {
      PlanCommand.print(spec.commandLine().getOut(), plan, RunOutput.csv(out), file::with);
      return ExitCode.DONE;
    }
    if (!noCsv && !noReport) {
      ReportTarget.checkOfRun(RunOutput.page(out));
    }
    Histories histories = Histories.read(experiment);
    try (RunLog runLog = new RunLog(verbose);
        RunOutput output = open(plan)) {
      log = runLog;
      if (output.resumed().isPresent() && output.resumed().get().journal().finished()) {
        sayFinished(output.resumed().get());
        return ExitCode.DONE;
      }
      List<Cell> cells = cellsToRun(plan, output);
      announce(plan, cells, output);
      var run = new ExperimentRun(plan, cells, histories, output, log, shown());
      try {
        return run.carryOut(() -> backEnd(plan));
      } catch (Exception e) {
        throw stopped(e, run);
      } catch (Error e) {
        throw stopped(new Broken(e), run);
      }
    }
  }

  /** Tells with the failure how the run goes on, where it can. */
  private static Exception stopped(Exception failure, ExperimentRun run) {
    List<String> advice = run.howToGoOn();
    return advice.isEmpty() ? failure : new StoppedRun(failure, advice.get(0));
  }

  private RunOutput open(Plan plan) throws IOException, CliException {
    return noCsv
        ? RunOutput.none(out)
        : RunOutput.open(
            out,
            !plan.experiment().simulated(),
            resume ? Optional.of(plan) : Optional.empty(),
            this::say,
            this::warn);
  }

  private BackEnd backEnd(Plan plan) throws Exception {
    return plan.experiment().simulated()
        ? new SimBackEnd(plan.experiment())
        : new SshBackEnd(plan, this::say, log::line);
  }

  private static List<Cell> cellsToRun(Plan plan, RunOutput output) {
    Set<CellKey> done = output.done();
    return plan.cells().stream().filter(cell -> !done.contains(RunJournal.key(cell))).toList();
  }

  private void announce(Plan plan, List<Cell> cells, RunOutput output) {
    say(
        Texts.count(plan.cells().size(), "cell")
            + ", "
            + Texts.count(plan.invocations(), "invocation"));
    plan.notes().forEach(this::say);
    plan.experiment().events().forEach(event -> say("in every cell " + event));
    if (output.resumed().isPresent()) {
      int done = plan.cells().size() - cells.size();
      say(
          "going on with run "
              + output.resumed().get().folder().id()
              + ": "
              + (done == 1 ? "1 cell is" : done + " cells are")
              + " done");
    } else if (resume) {
      say("nothing to resume in " + out + ": a new run begins");
    }
    if (!cells.isEmpty()) {
      var earlier = Estimate.Earlier.of(RunOutput.csv(out));
      say(earlier.estimate(plan, cells).text());
      String shorter = output.resumed().isPresent() ? "" : Shortening.of(plan, earlier, file::with);
      if (!shorter.isEmpty()) {
        say(shorter);
      }
    }
  }

  private void sayFinished(Resumption run) {
    err.println(
        "run "
            + run.folder().id()
            + " is finished: nothing to resume ("
            + RunOutput.csv(out)
            + " has its rows; to run it once more, leave --resume out)");
  }

  private ExperimentRun.Shown shown() {
    return new ExperimentRun.Shown(
        spec.commandLine().getOut(),
        err,
        quiet || verbose,
        !noReport,
        CommandText.toResume(spec.commandLine().getParent().getParseResult().originalArgs()));
  }

  /** Also of a quiet run. */
  private void warn(String line) {
    err.println("warning: " + line);
    err.flush();
  }

  private void say(String line) {
    if (log != null) {
      log.line(line);
    }
    boolean inLog = log != null && verbose;
    if (!quiet && !inLog && !line.startsWith(ProcessRunner.DETAIL)) {
      err.println(line);
      err.flush();
    }
  }
}
