package io.github.faasbench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line's entry. */
@Command(
    name = "faasbench",
    description = "Compares FaaS scheduling policies and warming strategies on Docker nodes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a bug in faasbench; the stack trace is kept in the log",
      "2:a mistake in the file or the arguments",
      "3:a node, SSH or Docker could not be reached",
      "4:done, but invocations failed; their rows say why",
      "99:a threshold or regression check missed",
      "130:interrupted; partial results are kept"
    },
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      CleanCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      NodesCommand.class,
      DoctorCommand.class,
      PoliciesCommand.class,
      SchemaCommand.class,
      CompletionCommand.class
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      System.out.println(new Version().getVersion()[0]); // picocli's start-up would be half of it
      return;
    }
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
