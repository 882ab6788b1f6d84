package io.github.faasbench.cli;

import io.github.faasbench.experiment.ExperimentReader;
import io.github.faasbench.words.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that somebody typed for a command, and what those were meant to be that it lacks. */
final class TypedOptions {

  private static final String SET = "--set";

  private final CommandSpec command;
  private final List<String> words;

  /**
   * @param words all that was typed, the command's name among them
   */
  TypedOptions(CommandSpec command, List<String> words) {
    this.command = command;
    this.words = words;
  }

  /** One sentence for each option that the command does not have. */
  List<String> unknown() {
    List<String> problems = new ArrayList<>();
    int begin = 0;
    for (CommandSpec each = command; each.parent() != null; each = each.parent()) {
      begin = Math.max(begin, words.indexOf(each.name()) + 1);
    }
    for (int i = begin; i < words.size() && !words.get(i).equals("--"); i++) {
      String word = words.get(i);
      if (command.parent() == null && command.subcommands().containsKey(word)) {
        break; // what stands behind is that command's
      }
      if (word.length() < 2 || word.charAt(0) != '-') {
        continue;
      }
      String name = word.replaceFirst("=.*", "");
      OptionSpec option = command.findOption(name);
      if (option == null && !isCluster(word)) {
        problems.add(
            problem(name, word.contains("=") ? word.substring(name.length() + 1) : next(i)));
      } else if (option != null && option.arity().min() > 0 && !word.contains("=")) {
        i++; // its value
      }
    }
    return problems;
  }

  /** Such as {@code -qv}. */
  private boolean isCluster(String word) {
    return !word.startsWith("--")
        && word.chars().skip(1).allMatch(c -> command.findOption((char) c) != null);
  }

  /** The word behind, if it may be a value. */
  private String next(int index) {
    String word = index + 1 < words.size() ? words.get(index + 1) : "-";
    return word.startsWith("-") || TypedCommand.isExperiment(word) ? "" : word;
  }

  private String problem(String option, String value) {
    String none = "there is no option " + option;
    Optional<String> meant = meant(command, option.replaceFirst("^-+", ""), value);
    if (command.parent() == null) {
      return none
          + " before the command"
          + CommandTree.owner(command, option)
              .map(owner -> "; did you mean `" + owner + " … " + option + "`?")
              .or(
                  () ->
                      meant
                          .filter(text -> text.startsWith(SET))
                          .map(text -> "; did you mean `faasbench run FILE " + text + "`?"))
              .orElse("");
    }
    return none
        + meant
            .map(text -> "; did you mean " + text + "?")
            .or(
                () ->
                    CommandTree.owner(command.root(), option)
                        .map(owner -> "; `" + owner + "` has it"))
            .orElse("");
  }

  /**
   * What a name was meant to be: an option of the command, or a key of the file under {@code
   * --set}.
   *
   * @param name without dashes
   * @param value what stood behind it; empty: nothing
   */
  static Optional<String> meant(CommandSpec command, String name, String value) {
    Map<String, String> options = new LinkedHashMap<>();
    command.options().stream()
        .map(OptionSpec::longestName)
        .forEach(option -> options.put(option.replaceFirst("^-+", ""), option));
    List<String> names = new ArrayList<>(options.keySet());
    boolean sets = command.findOption(SET) != null || command.parent() == null;
    if (sets) {
      names.addAll(ExperimentReader.KEYS);
    }
    String[] parts = name.split("=", 2);
    String[] path = parts[0].split("\\.", 2);
    String given = parts.length > 1 ? parts[1] : value;
    return path[0].isEmpty()
        ? Optional.empty()
        : NearestName.of(path[0], names)
            .map(
                near ->
                    options.containsKey(near)
                        ? options.get(near)
                        : setting(path.length > 1 ? near + "." + path[1] : near, given));
  }

  private static String setting(String key, String value) {
    boolean several = value.contains(",") && !value.matches(".*[\\[({].*");
    String yaml = value.isEmpty() ? "VALUE" : several ? "[" + value + "]" : value;
    return SET + " " + CommandText.quoted(key + "=" + yaml);
  }
}
