package io.github.faasbench.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands and what is below them. */
final class CommandTree {

  private CommandTree() {}

  /** Below a command, at any depth, the nearest first; in the order in which help lists them. */
  static List<CommandSpec> below(CommandSpec command) {
    List<CommandSpec> children = children(command);
    return Stream.concat(
            children.stream(), children.stream().flatMap(child -> below(child).stream()))
        .toList();
  }

  /** Right below it. */
  static List<CommandSpec> children(CommandSpec command) {
    Collection<CommandLine> lines = new LinkedHashSet<>(command.subcommands().values());
    return lines.stream().map(CommandLine::getCommandSpec).toList();
  }

  /** By name, the nearest first. */
  static Map<String, CommandSpec> named(CommandSpec command) {
    Map<String, CommandSpec> named = new LinkedHashMap<>();
    below(command).forEach(each -> named.putIfAbsent(each.name(), each));
    return named;
  }

  /** The first command that has an option, as it is called. */
  static Optional<String> owner(CommandSpec root, String option) {
    return below(root).stream()
        .filter(each -> each.findOption(option) != null)
        .map(CommandSpec::qualifiedName)
        .findFirst();
  }
}
