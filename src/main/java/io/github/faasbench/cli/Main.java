package io.github.faasbench.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IParameterExceptionHandler;
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
    Optional<String> lost = Letters.lost(args);
    if (lost.isPresent()) {
      System.err.println(VisibleWriter.visible(lost.get()));
      System.exit(ExitCode.MISTAKE);
    }
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(new Failures())
            .setExecutionStrategy(Main::execute)
            .setCaseInsensitiveEnumValuesAllowed(true);
    IParameterExceptionHandler told = line.getParameterExceptionHandler();
    return line.setParameterExceptionHandler(
        (mistake, arguments) -> {
          CommandLine command = mistake.getCommandLine();
          command.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
          command.setErr(VisibleWriter.around(command.getErr()));
          return told.handleParseException(mistake, arguments);
        });
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
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
