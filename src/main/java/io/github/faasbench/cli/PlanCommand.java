package io.github.faasbench.cli;

import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a run would do, and touches nothing. */
@Command(
    name = "plan",
    description = "Shows the cells of an experiment, their order and counts; touches nothing.",
    footer = {
      "",
      "Examples:",
      "  faasbench plan experiments/scenario1.yaml",
      "  faasbench plan experiments/scenario1.yaml --set repetitions=1"
    })
final class PlanCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private FileOptions file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out",
      description = "folder whose metrics.csv the time is estimated from (default: out)")
  private Path out;

  @Override
  public Integer call() throws Exception {
    print(
        spec.commandLine().getOut(), Plan.of(file.read()), out.resolve("metrics.csv"), file::with);
    return ExitCode.DONE;
  }

  /**
   * @param csv of earlier runs
   * @param file what the plan was made from
   */
  static void print(PrintWriter out, Plan plan, Path csv, Shortening.Source file) {
    out.printf(
        "%s: %s, %s, seed %d, %s%n",
        plan.experiment().name(),
        Texts.count(plan.cells().size(), "cell"),
        Texts.count(plan.invocations(), "invocation"),
        plan.experiment().seed(),
        Texts.count(plan.experiment().nodes().size(), "node"));
    plan.notes().forEach(out::println);
    int number = 0;
    int digits = Integer.toString(plan.experiment().repetitions()).length();
    for (Cell cell : plan.cells()) {
      out.printf(
          "%4d  %s  repetition %" + digits + "d  %6d x  %s%n",
          ++number,
          cell.id(),
          cell.repetition(),
          cell.invocations(),
          cell.title());
    }
    var earlier = Estimate.Earlier.of(csv);
    out.println(earlier.estimate(plan, plan.cells()).text());
    String shorter = Shortening.of(plan, earlier, file);
    if (!shorter.isEmpty()) {
      out.println(shorter);
    }
  }
}
