package io.github.faasbench.cli;

import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.metrics.CsvSink;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.metrics.RunFolder;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.provision.ProcessRunner;
import io.github.faasbench.report.ConsoleTable;
import io.github.faasbench.runner.Answers;
import io.github.faasbench.runner.PlanRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final SummarySink summary = new SummarySink();
  private PrintWriter err;
  private RunLog log;

  @Override
  public Integer call() throws Exception {
    Experiment experiment = file.read();
    Plan plan = Plan.of(experiment);
    err = spec.commandLine().getErr();
    if (dryRun) {
      PlanCommand.print(spec.commandLine().getOut(), plan, csv());
      return ExitCode.DONE;
    }
    try (RunLog runLog = new RunLog(verbose);
        RecordSink csvSink = noCsv ? null : openCsv()) {
      log = runLog;
      say(
          Texts.count(plan.cells().size(), "cell")
              + ", "
              + Texts.count(plan.invocations(), "invocation"));
      plan.notes().forEach(this::say);
      say(Estimate.of(plan, csv()).text());
      var provisioning = new Provisioning(experiment, this::say);
      provisioning.nodesUp();
      provisioning.images();
      try (SshCluster cluster = provisioning.connect(log::line);
          SentImages images = provisioning.sentImages()) {
        ColdCheck.carryOut(plan, cluster);
        return carryOut(plan, cluster, images, provisioning, csvSink);
      }
    }
  }

  private int carryOut(
      Plan plan,
      SshCluster cluster,
      SentImages images,
      Provisioning provisioning,
      RecordSink csvSink)
      throws Exception {
    Experiment experiment = plan.experiment();
    Map<String, NodeFacts> facts = Answers.of(cluster, Node::describe);
    warnOfSharing(facts);
    Optional<RunFolder> folder = Optional.empty();
    if (!noCsv) {
      folder = Optional.of(RunFolder.create(out, experiment.resolved()));
      log.open(folder.get().logFile());
      folder.get().writeEnvironment(Surroundings.of(experiment, facts, Instant.now()));
    }
    String runId = folder.map(RunFolder::id).orElse(RunFolder.idOf(experiment.resolved()));
    var progress =
        new Progress(
            System.err,
            Boolean.getBoolean("faasbench.terminal"),
            quiet || verbose,
            plan.invocations());
    var listener = new LoggedProgress(progress, log);
    cluster.sendImages(images, listener::warning);
    var owned = new OwnedImages(provisioning.state(), experiment.nodes());
    var runner = new PlanRunner(cell -> cluster, plan, Names::policies, owned, listener);
    Interrupts.onFirst(
        () -> {
          System.err.println(
              "\nstopping: ending the calls in flight and cleaning up;"
                  + " Ctrl-C again leaves at once");
          runner.interrupt();
        });
    Optional<RunFolder> kept = folder;
    try {
      runner.run(
          runId,
          engines(facts),
          new BothSinks(csvSink, summary),
          (row, output) -> keepOutput(kept, row, output));
    } finally {
      progress.end();
    }
    return finish(experiment, runId, folder, runner.interrupted());
  }

  private int finish(
      Experiment experiment, String runId, Optional<RunFolder> folder, boolean interrupted)
      throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    var result = summary.summary(experiment.nodes().stream().map(n -> n.name()).toList());
    console.print(ConsoleTable.render(result, 100));
    if (folder.isPresent()) {
      console.println(csv() + " (run " + runId + ")");
      if (!noReport) {
        console.println(
            Reports.write(
                List.of(csv()), out.resolve("report.html"), RunSelection.ofRun(runId), err));
      }
      console.println(folder.get().path() + "/");
    }
    console.flush();
    if (interrupted) {
      err.println("interrupted: the rows up to here are kept, the nodes are clean");
      return ExitCode.INTERRUPTED;
    }
    return result.failed() > 0 ? ExitCode.CALLS_FAILED : ExitCode.DONE;
  }

  private RecordSink openCsv() throws IOException {
    Files.createDirectories(out);
    CsvSink sink = CsvSink.open(csv(), true);
    sink.notices().forEach(this::say);
    return sink;
  }

  private Path csv() {
    return out.resolve("metrics.csv");
  }

  private void keepOutput(Optional<RunFolder> folder, Invocation row, String output) {
    if (folder.isEmpty() || output.isEmpty()) {
      return;
    }
    try {
      log.line("output of a failed call: " + folder.get().saveOutput(row, output));
    } catch (IOException e) {
      log.line("output of a failed call could not be kept: " + e);
    }
  }

  private void warnOfSharing(Map<String, NodeFacts> facts) {
    DoctorCommand.sharing(facts)
        .forEach(
            (engine, nodes) ->
                err.println(
                    "warning: one engine serves "
                        + String.join(", ", nodes)
                        + ": they share images and cores"));
    err.flush();
  }

  private static Map<String, String> engines(Map<String, NodeFacts> facts) {
    Map<String, String> engines = new LinkedHashMap<>();
    facts.forEach((node, fact) -> engines.put(node, fact.engineId()));
    return engines;
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
