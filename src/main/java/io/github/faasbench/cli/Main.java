package io.github.faasbench.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
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
      "5:a check could not be decided; the message says what to measure",
      "99:a threshold or regression check missed",
      "129, 130, 143:ended by SIGHUP, SIGINT (Ctrl-C) or SIGTERM; partial results are kept"
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
      CompletionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  faasbench run experiments/quickstart.yaml    simulated, ends in seconds",
      "  faasbench plan experiments/scenario1.yaml    what a run on real nodes would do",
      "  faasbench report out/metrics.csv             the page again, from its CSV",
      "  faasbench help run                           options and examples of a command"
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      System.out.println(new Version().getVersion()[0]); // picocli's start-up would be half of it
      return;
    }
    Optional<String> lost = Letters.lost(args);
    if (lost.isPresent()) {
      System.err.println(VisibleWriter.visible(lost.get()));
      System.exit(ExitCode.MISTAKE);
    }
    Ending.OF_PROCESS.watch(Thread.currentThread());
    JarProcess.arm(args);
    Ending.OF_PROCESS.leave(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(new Misunderstood())
        .setExecutionStrategy(Main::execute)
        .setColorScheme(Help.defaultColorScheme(Screen.colours() ? Help.Ansi.AUTO : Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Help is picocli's own text, in its colours; a command's output may show what others wrote. */
  private static int execute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    if (parsed.hasSubcommand()) {
      CommandLine line = parsed.commandSpec().commandLine();
      line.setOut(VisibleWriter.around(line.getOut())).setErr(VisibleWriter.around(line.getErr()));
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) { // picocli lets them through to the virtual machine
      throw new CommandLine.ExecutionException(
          parsed.commandSpec().commandLine(), String.valueOf(e), new Broken(e));
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
