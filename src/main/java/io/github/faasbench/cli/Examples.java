package io.github.faasbench.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The examples at the end of a command's help: each a line that begins with the tool's name; behind
 * three blanks it may say what it is for.
 */
final class Examples {

  private static final String BEGIN = "  faasbench";

  private Examples() {}

  static List<String> of(CommandSpec command) {
    return Arrays.stream(command.usageMessage().footer())
        .filter(line -> line.startsWith(BEGIN))
        .map(line -> line.strip().replaceFirst(" {3}.*", ""))
        .map(line -> line.replace("%%", "%"))
        .toList();
  }

  static Optional<String> first(CommandSpec command) {
    return of(command).stream().findFirst();
  }
}
