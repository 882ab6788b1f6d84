package io.github.faasbench.cli;

import io.github.faasbench.words.NearestName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a command line that can't be understood: what is wrong, what was meant, where to read on.
 */
final class Misunderstood implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    CommandLine line = mistake.getCommandLine();
    CommandSpec command = line.getCommandSpec();
    PrintWriter err = VisibleWriter.around(line.getErr());
    for (String problem : problems(mistake, command, List.of(arguments))) {
      err.println(command.qualifiedName() + ": " + problem);
    }
    boolean group = !command.subcommands().isEmpty();
    String more = command.qualifiedName().replaceFirst("^faasbench", "faasbench help");
    err.println(
        "`" + more + "` " + (group ? "lists the commands" : "shows its options and examples"));
    err.flush();
    return ExitCode.MISTAKE;
  }

  private static List<String> problems(
      ParameterException mistake, CommandSpec command, List<String> arguments) {
    var typed = new TypedOptions(command, arguments);
    List<String> unknown = typed.unknown();
    boolean wordFirst =
        command.parent() == null
            && !arguments.get(0).startsWith("-")
            && !command.subcommands().containsKey(arguments.get(0));
    if (!wordFirst
        && !unknown.isEmpty()
        && (mistake instanceof UnmatchedArgumentException
            || mistake instanceof MissingParameterException)) {
      return unknown;
    }
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      String word = wordFirst ? arguments.get(0) : unmatched.getUnmatched().get(0);
      return List.of(
          command.subcommands().isEmpty()
              ? tooMany(command, word)
              : new TypedCommand(command, arguments).problem(word));
    }
    if (mistake instanceof MissingParameterException missing) {
      return missing.getMissing().stream().map(arg -> missing(arg, command)).toList();
    }
    if (mistake instanceof OverwrittenOptionException twice) {
      return List.of(name(twice.getOverwritten()) + " is there twice: give it once");
    }
    return List.of(unfit(mistake));
  }

  private static String tooMany(CommandSpec command, String word) {
    String taken =
        command.positionalParameters().stream()
            .map(PositionalParamSpec::paramLabel)
            .collect(Collectors.joining(" "));
    return "'"
        + word
        + "' is one argument too many: it takes "
        + (taken.isEmpty() ? "none" : taken)
        + TypedOptions.meant(command, word, "")
            .map(one -> "; did you mean " + one + "?")
            .orElse("");
  }

  private static String missing(ArgSpec arg, CommandSpec command) {
    if (arg.isOption()) {
      return name(arg) + " takes a value: " + arg.paramLabel();
    }
    String what = String.join(" ", arg.description());
    return arg.paramLabel()
        + " is missing"
        + (what.isEmpty() ? "" : ": " + what)
        + Examples.first(command).map(example -> "; as in `" + example + "`").orElse("");
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }

  /** A value that its option does not take. */
  private static String unfit(ParameterException mistake) {
    ArgSpec arg = mistake.getArgSpec();
    if (arg == null || !arg.type().isEnum()) {
      return String.valueOf(mistake.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
    }
    List<String> allowed = new ArrayList<>();
    Arrays.stream(arg.type().getEnumConstants())
        .forEach(constant -> allowed.add(Texts.lower((Enum<?>) constant)));
    String given = String.valueOf(mistake.getValue());
    return (arg.isOption() ? name(arg) + " " : "")
        + "'"
        + given
        + "' is unknown; allowed: "
        + String.join(", ", allowed)
        + NearestName.asked(given, allowed);
  }
}
