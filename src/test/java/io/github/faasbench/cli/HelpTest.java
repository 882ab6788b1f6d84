package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {

  private static final CommandSpec ROOT = Main.commandLine().getCommandSpec();

  private static String shown(String line) {
    var out = new StringWriter();
    var err = new StringWriter();
    assertThat(Started.faasbench(out, err, line.split(" "))).isZero();
    assertThat(err.toString()).isEmpty();
    return out.toString();
  }

  /** All commands without the tool's name in front; the tool itself: empty. */
  static Stream<String> commands() {
    return Stream.concat(
        Stream.of(""),
        CommandTree.below(ROOT).stream()
            .map(command -> command.qualifiedName().replaceFirst("faasbench ", "")));
  }

  @Test
  void thereAreCommands() {
    assertThat(commands()).contains("", "run", "nodes up", "help").hasSizeGreaterThan(12);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsExamplesWithinEightyColumns(String command) {
    String help = shown((command + " --help").strip());
    assertThat(help).contains("\nExamples:\n  ");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    if (!command.equals("help")) {
      assertThat(shown(("help " + command).strip())).isEqualTo(help);
    }
  }

  /** An example that does not work is worse than none. */
  @ParameterizedTest
  @MethodSource("commands")
  void examplesAreUnderstood(String command) {
    var line = Main.commandLine();
    var group = line;
    for (String word : command.isEmpty() ? new String[0] : command.split(" ")) {
      group = group.getSubcommands().get(word);
    }
    List<String> examples = new ArrayList<>(Examples.of(group.getCommandSpec()));
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      String[] words =
          Arrays.stream(example.replaceFirst(" > .*", "").split(" (?=(?:[^']*'[^']*')*[^']*$)"))
              .skip(1)
              .map(word -> word.replace("'", ""))
              .toArray(String[]::new);
      assertThat(Main.commandLine().parseArgs(words).unmatched()).as(example).isEmpty();
      assertThat(example).startsWith(("faasbench " + command).strip());
    }
  }
}
