package io.github.faasbench.cli;

import io.github.faasbench.analysis.Designs;
import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.metrics.CellKey;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.Environment.CellLoad;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.policy.catalog.PolicyFailure;
import io.github.faasbench.policy.catalog.PolicyJars;
import io.github.faasbench.report.ConsoleTable;
import io.github.faasbench.runner.NodeTrouble;
import io.github.faasbench.runner.PlanRunner;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** One run of an experiment, from its first cell, or where it had stopped, to its report. */
final class ExperimentRun {

  /**
   * What the user sees of it.
   *
   * @param quiet without progress
   * @param report whether a report is written
   * @param resume the command to go on after a stop
   */
  record Shown(
      PrintWriter console, PrintWriter err, boolean quiet, boolean report, String resume) {}

  private final Plan plan;
  private final Experiment experiment;
  private final List<Cell> cells;
  private final Histories histories;
  private final RunOutput output;
  private final RunLog log;
  private final Shown shown;
  private final Stops stops;
  private final Designs designs;
  private final SummarySink summary;

  /** Thresholds are checked by function, as report checks them. */
  private final SummarySink byFunction;

  /**
   * A run.
   *
   * @param cells those that are not done
   */
  ExperimentRun(
      Plan plan, List<Cell> cells, Histories histories, RunOutput output, RunLog log, Shown shown) {
    this.plan = plan;
    this.experiment = plan.experiment();
    this.cells = cells;
    this.histories = histories;
    this.output = output;
    this.log = log;
    this.shown = shown;
    stops = new Stops(experiment);
    boolean many =
        plan.cells().stream().allMatch(cell -> cell.functions().size() > GroupKey.MOST_FUNCTIONS);
    designs = Designs.all(StudyDesigns.of(experiment));
    summary = new SummarySink(many ? GroupKey.CELL_OF_MANY : GroupKey.CELL, designs);
    byFunction =
        many && !experiment.thresholds().isEmpty()
            ? new SummarySink(GroupKey.CELL, designs)
            : summary;
  }

  /** Answers the exit code. */
  int carryOut(Callable<BackEnd> nodes) throws Exception {
    if (cells.isEmpty()) {
      output.begin(plan, log);
      replay();
      return finish(output.environment(), false);
    }
    try (BackEnd backEnd = nodes.call()) {
      return carryOut(backEnd);
    }
  }

  private int carryOut(BackEnd backEnd) throws Exception {
    String runId = output.begin(plan, log);
    Environment environment = environment(backEnd.environment(Instant.now()));
    output.environment(environment);
    replay();
    ShownProgress progress = progress();
    var host = new HostWatch(Path.of("/proc"), environment.cellLoads());
    var listener = new LoggedProgress(progress, log, host, () -> keepLoads(environment, host));
    PolicyJars jars = Names.jars(experiment);
    var runner =
        new PlanRunner(
            backEnd.clusters(listener),
            plan,
            cell -> Names.policies(cell, experiment.queueOrder(), histories, jars),
            backEnd.ownership(),
            listener,
            stops::of);
    var stage = new CellsStage(experiment, runner, backEnd, howToGoOn());
    Ending.OF_PROCESS.enter(stage);
    PolicyFailure failure = null;
    NodeTrouble trouble = null;
    try {
      runner.run(
          runId,
          backEnd.engines(),
          output.with(asTheyCome()),
          (row, printed) -> output.keep(row, printed, log),
          output.journal());
    } catch (PolicyFailure e) {
      failure = e;
    } catch (NodeTrouble e) {
      if (!runner.interrupted()) {
        throw e;
      }
      trouble = e;
    } finally {
      listener.end();
    }
    boolean cut = runner.interrupted() || failure != null;
    int exitCode = finish(Optional.of(withLoads(environment, host)), cut);
    if (trouble != null) {
      shown.err.println(trouble.getMessage());
    }
    if (failure != null) {
      shown.err.println(failure.getMessage());
      shown.err.println(
          "the run ended there, the rows up to it are kept; the stack trace is in "
              + Failures.keep(failure));
      return ExitCode.MISTAKE;
    }
    return runner.interrupted() ? interrupted(stage.left()) : exitCode;
  }

  private RecordSink summaries() {
    return byFunction == summary ? summary : new Sinks(List.of(summary, byFunction));
  }

  /** What rows are handed to as they come: no warm-up is found before a repetition is whole. */
  private RecordSink asTheyCome() {
    return designs.cuts().needed() ? new Sinks(List.of(), List.of(summaries())) : summaries();
  }

  /** What was measured before this run went on counts as if it had been measured now. */
  private void replay() throws IOException {
    Set<CellKey> done = output.done();
    List<Cell> before =
        plan.cells().stream().filter(cell -> done.contains(RunJournal.key(cell))).toList();
    RecordSink decided = stops.replay(before);
    output.replay(new Sinks(List.of(asTheyCome(), decided)));
  }

  /** What the run began with stays; of cells that begin again, how busy the host was goes. */
  private Environment environment(Environment now) throws IOException {
    Optional<Environment> before = output.environment();
    if (before.isEmpty()) {
      return now;
    }
    Environment both = before.get().resumedWith(now);
    List<String> changed = both.resumes().get(both.resumes().size() - 1).changed();
    changed.forEach(line -> warn("not as when the run began: " + line));
    List<CellLoad> loads = new ArrayList<>(both.cellLoads());
    Set<CellKey> done = output.done();
    loads.removeIf(load -> !done.contains(new CellKey(load.cell(), load.repetition())));
    return both.withCellLoads(loads);
  }

  private void warn(String line) {
    log.line("warning: " + line);
    shown.err.println("warning: " + line);
    shown.err.flush();
  }

  /** Virtual time does not depend on how busy this machine is. */
  private Environment withLoads(Environment environment, HostWatch host) {
    return experiment.simulated() ? environment : environment.withCellLoads(host.loads());
  }

  private void keepLoads(Environment environment, HostWatch host) {
    if (experiment.simulated()) {
      return;
    }
    try {
      output.environment(withLoads(environment, host));
    } catch (IOException e) {
      log.line("how busy the host was could not be kept: " + FileErrors.withFile(e));
    }
  }

  private ShownProgress progress() {
    boolean terminal = Screen.hasTerminal();
    long calls = cells.stream().mapToLong(Cell::invocations).sum();
    return experiment.simulated()
        ? new SimProgress(System.err, terminal, shown.quiet, calls)
        : new Progress(System.err, terminal, shown.quiet, calls);
  }

  /**
   * Shows what came of it.
   *
   * @param cut whether cells are missing
   */
  private int finish(Optional<Environment> environment, boolean cut)
      throws IOException, ExperimentException {
    if (cut && summary.keys().isEmpty()) {
      return ExitCode.DONE; // nothing was measured
    }
    Ending.OF_PROCESS.enter(new SummaryStage(Ending.OF_PROCESS.signal().isPresent(), howToGoOn()));
    PrintWriter console = shown.console;
    if (experiment.simulated()) {
      console.println(
          "simulated on "
              + Texts.count(experiment.nodes().size(), "node")
              + ": all times are virtual\n");
    }
    if (designs.cuts().needed()) {
      output.readAgain(designs.cuts()::accept);
      RecordSink rows = summaries();
      output.readAgain(rows::accept);
    }
    List<String> nodes = experiment.nodes().stream().map(NodeSpec::name).toList();
    var result = summary.summary(nodes);
    console.print(
        ConsoleTable.render(result, environment.stream().toList(), Screen.outputColumns()));
    stops.lines().forEach(console::println);
    List<Threshold.Result> checks =
        cut || experiment.thresholds().isEmpty()
            ? List.of()
            : Thresholds.check(
                experiment.thresholds(),
                byFunction == summary ? result : byFunction.summary(nodes));
    if (!checks.isEmpty()) {
      console.println();
    }
    boolean met = Thresholds.print(checks, console);
    output.keep(result, checks);
    output.end(shown.report, checks, console, shown.err);
    console.flush();
    if (!cut) {
      output.finished();
    }
    if (result.failed() > 0) {
      return ExitCode.CALLS_FAILED;
    }
    return met ? ExitCode.DONE : ExitCode.CHECK_MISSED;
  }

  private int interrupted(List<String> left) {
    shown.err.println(
        "interrupted: the rows up to here are kept"
            + (left.isEmpty() ? experiment.simulated() ? "" : ", the nodes are clean" : "; left:"));
    left.forEach(line -> shown.err.println("  " + line));
    howToGoOn().forEach(shown.err::println);
    return ExitCode.INTERRUPTED;
  }

  /** A line, where the run can go on. */
  List<String> howToGoOn() {
    return output.canResume() ? List.of("to go on with it: " + shown.resume) : List.of();
  }
}
