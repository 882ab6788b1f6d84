package io.github.faasbench.cli;

import io.github.faasbench.words.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A word where a command was expected, and what was meant by it. */
final class TypedCommand {

  private final CommandSpec group;
  private final List<String> words;

  /**
   * @param group the command whose subcommand was expected
   * @param words all that was typed
   */
  TypedCommand(CommandSpec group, List<String> words) {
    this.group = group;
    this.words = words;
  }

  String problem(String word) {
    return "'"
        + word
        + "' is no command"
        + meant(word).map(line -> "; did you mean `" + line + "`?").orElseGet(this::choice);
  }

  private String choice() {
    return group.parent() == null
        ? ""
        : "; choose one of "
            + CommandTree.below(group).stream()
                .map(CommandSpec::name)
                .collect(Collectors.joining(", "));
  }

  /** The whole line, to be typed instead. */
  private Optional<String> meant(String word) {
    if (group.parent() != null && word.equals("help")) {
      return Optional.of("faasbench help " + group.name());
    }
    if (word.equals("version")) {
      return Optional.of("faasbench --version");
    }
    if (group.parent() == null && isExperiment(word)) {
      return Optional.of(line(word, "run " + CommandText.quoted(word)));
    }
    if (group.parent() == null && word.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return Optional.of(line(word, "report " + CommandText.quoted(word)));
    }
    Map<String, CommandSpec> commands = CommandTree.named(group);
    return NearestName.of(word, commands.keySet())
        .map(name -> commands.get(name).qualifiedName())
        .map(name -> line(word, name.substring(group.qualifiedName().length() + 1)));
  }

  /** What was typed, with another text in the place of the word. */
  private String line(String word, String text) {
    List<String> line = new ArrayList<>(List.of("faasbench"));
    boolean replaced = false;
    for (String each : words) {
      boolean here = !replaced && each.equals(word);
      line.add(here ? text : CommandText.quoted(each));
      replaced |= here;
    }
    return String.join(" ", line);
  }

  /** Whether a word is the name of an experiment file, by its ending. */
  static boolean isExperiment(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml");
  }
}
