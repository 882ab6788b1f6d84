package io.github.faasbench.cli;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.policy.catalog.PolicyFailure;
import io.github.faasbench.policy.catalog.PolicyJars;
import io.github.faasbench.provision.ProcessRunner;
import io.github.faasbench.report.ConsoleTable;
import io.github.faasbench.runner.PlanRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Carries out an experiment: nodes, images, cells, CSV, summary, report. */
@Command(name = "run", description = "Runs an experiment: writes its CSV rows and its report.")
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
    Experiment experiment = file.read();
    Plan plan = Plan.of(experiment);
    err = spec.commandLine().getErr();
    if (dryRun) {
      PlanCommand.print(spec.commandLine().getOut(), plan, RunOutput.csv(out));
      return ExitCode.DONE;
    }
    boolean simulated = experiment.simulated();
    Histories histories = Histories.read(experiment);
    try (RunLog runLog = new RunLog(verbose);
        RunOutput output =
            noCsv ? RunOutput.none(out) : RunOutput.open(out, !simulated, this::say)) {
      log = runLog;
      say(
          Texts.count(plan.cells().size(), "cell")
              + ", "
              + Texts.count(plan.invocations(), "invocation"));
      plan.notes().forEach(this::say);
      experiment.events().forEach(event -> say("in every cell " + event));
      say(Estimate.of(plan, RunOutput.csv(out)).text());
      try (BackEnd backEnd =
          simulated ? new SimBackEnd(experiment) : new SshBackEnd(plan, this::say, log::line)) {
        return carryOut(plan, backEnd, output, histories);
      }
    }
  }

  private int carryOut(Plan plan, BackEnd backEnd, RunOutput output, Histories histories)
      throws Exception {
    Experiment experiment = plan.experiment();
    Environment environment = backEnd.environment(Instant.now());
    String runId = output.begin(experiment.resolved(), environment, log);
    ShownProgress progress = progress(plan);
    var host = new HostWatch(Path.of("/proc"));
    var listener = new LoggedProgress(progress, log, host);
    var stops = new Stops(experiment);
    PolicyJars jars = Names.jars(experiment);
    var runner =
        new PlanRunner(
            backEnd.clusters(listener),
            plan,
            cell -> Names.policies(cell, experiment.queueOrder(), histories, jars),
            backEnd.ownership(),
            listener,
            stops::of);
    Interrupts.onFirst(
        () -> {
          System.err.println(
              "\nstopping: ending the calls in flight and cleaning up;"
                  + " Ctrl-C again leaves at once");
          runner.interrupt();
        });
    boolean many =
        plan.cells().stream().allMatch(cell -> cell.functions().size() > GroupKey.MOST_FUNCTIONS);
    var summary = new SummarySink(many ? GroupKey.CELL_OF_MANY : GroupKey.CELL);
    // Thresholds are checked by function, as report checks them.
    var cells = many && !experiment.thresholds().isEmpty() ? new SummarySink() : summary;
    RecordSink both = cells == summary ? summary : new Sinks(List.of(summary, cells));
    PolicyFailure failure = null;
    try {
      runner.run(
          runId,
          backEnd.engines(),
          output.with(both),
          (row, printed) -> output.keep(row, printed, log));
    } catch (PolicyFailure e) {
      failure = e;
    } finally {
      progress.end();
      // Virtual time does not depend on how busy this machine is.
      if (!experiment.simulated()) {
        environment = environment.withCellLoads(host.loads());
        output.environment(environment);
      }
    }
    boolean cut = runner.interrupted() || failure != null;
    int exitCode = finish(experiment, environment, stops, summary, cells, output, cut);
    if (failure != null) {
      err.println(failure.getMessage());
      err.println(
          "the run ended there, the rows up to it are kept; the stack trace is in "
              + Failures.keep(failure));
      return ExitCode.MISTAKE;
    }
    return runner.interrupted() ? interrupted(experiment) : exitCode;
  }

  private int interrupted(Experiment experiment) {
    err.println(
        experiment.simulated()
            ? "interrupted: the rows up to here are kept"
            : "interrupted: the rows up to here are kept, the nodes are clean");
    return ExitCode.INTERRUPTED;
  }

  private ShownProgress progress(Plan plan) {
    boolean terminal = Screen.hasTerminal();
    boolean silent = quiet || verbose;
    return plan.experiment().simulated()
        ? new SimProgress(System.err, terminal, silent, plan.invocations())
        : new Progress(System.err, terminal, silent, plan.invocations());
  }

  private int finish(
      Experiment experiment,
      Environment environment,
      Stops stops,
      SummarySink summary,
      SummarySink cells,
      RunOutput output,
      boolean cut)
      throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    if (experiment.simulated()) {
      console.println(
          "simulated on "
              + Texts.count(experiment.nodes().size(), "node")
              + ": all times are virtual\n");
    }
    List<String> nodes = experiment.nodes().stream().map(NodeSpec::name).toList();
    var result = summary.summary(nodes);
    console.print(ConsoleTable.render(result, List.of(environment), Screen.tableColumns()));
    stops.lines().forEach(console::println);
    List<Threshold.Result> checks =
        cut || experiment.thresholds().isEmpty()
            ? List.of()
            : Thresholds.check(
                experiment.thresholds(), cells == summary ? result : cells.summary(nodes));
    if (!checks.isEmpty()) {
      console.println();
    }
    boolean met = Thresholds.print(checks, console);
    output.keep(result, checks);
    output.end(!noReport, checks, console, err);
    console.flush();
    if (result.failed() > 0) {
      return ExitCode.CALLS_FAILED;
    }
    return met ? ExitCode.DONE : ExitCode.CHECK_MISSED;
  }

  private void say(String line) {
    if (log != null) {
      log.line(line);
    }
    if (!quiet && !verbose && !line.startsWith(ProcessRunner.DETAIL)) {
      err.println(line);
      err.flush();
    }
  }
}
