package io.github.faasbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command that was given, as text that a shell reads back as the same words. */
final class CommandText {

  /** How the launcher was called; without it the tool is named alone. */
  private static final String PROGRAM = System.getProperty("faasbench.program", "faasbench");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final String RESUME = "--resume";

  private CommandText() {}

  /**
   * The same command, to go on with its run.
   *
   * @param arguments all of them, the command's name first
   */
  static String toResume(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(PROGRAM));
    words.addAll(arguments);
    if (!arguments.contains(RESUME)) {
      words.add(RESUME);
    }
    return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
  }

  /** The tool with those words. */
  static String of(String... words) {
    return Stream.concat(Stream.of(PROGRAM), Stream.of(words))
        .map(CommandText::quoted)
        .collect(Collectors.joining(" "));
  }

  /** A word as a shell reads it back. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
