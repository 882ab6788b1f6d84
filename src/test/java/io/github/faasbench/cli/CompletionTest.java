package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script in real shells. */
@Timeout(60)
class CompletionTest {

  @TempDir private Path folder;

  private Path script(String shell) throws IOException {
    var out = new StringWriter();
    int exit = Main.commandLine().setOut(new PrintWriter(out)).execute("completion", shell);
    assertThat(exit).isZero();
    return Files.writeString(folder.resolve("completion"), out.toString());
  }

  private static List<String> output(String... command) throws Exception {
    // Errors go nowhere: outside of a real completion bash complains that it is none.
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text.lines().toList();
  }

  /** What bash would offer for the last word of a line. */
  private List<String> offered(String line) throws Exception {
    // As bash does: = is a word of its own.
    String[] words = line.replace("=", " = ").split(" +", -1);
    String array = "'" + String.join("' '", words) + "'";
    return output(
        "bash",
        "-c",
        ". "
            + script("bash")
            + "; COMP_WORDS=("
            + array
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; COMP_LINE=\""
            + line
            + "\"; COMP_TYPE=9; _faasbench; printf '%s\\n' \"${COMPREPLY[@]}\"");
  }

  /** The function that faasbench's name is bound to is the one that is tried here. */
  @Test
  void itIsBoundToTheName() throws Exception {
    assertThat(output("bash", "-c", ". " + script("bash") + "; complete -p faasbench"))
        .anyMatch(line -> line.contains("-F _faasbench "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "faasbench run e.yaml --set pol | policy= policyJars=",
        "faasbench run e.yaml --set policy=le | least-memory least-used",
        "faasbench run e.yaml --set=policy=robin | ",
        "faasbench run e.yaml --set=policy=ran | random",
        "faasbench run --set a=b --set warming=p | paused pre-warmed",
        "faasbench plan e.yaml --set keepAlive=gr | greedy-dual",
        "faasbench plan e.yaml --set queue.o | queue.order=",
        "faasbench plan e.yaml --set queue.order=s | sjf",
        "faasbench nodes up --set cluster.profile=i | isolated",
        "faasbench run e.yaml --set workload=p | poisson",
        "faasbench run e.yaml --set retryLost= | true false",
        "faasbench report --group-by pol | policy",
        "faasbench report x.csv --group-by policy,wa | policy,warming",
        "faasbench report --columns late | latency_s=",
        "faasbench report --format m | md",
        "faasbench report --format=j | json",
        "faasbench policies least-u | least-used",
        "faasbench policies hybrid | hybrid-histogram",
        "faasbench help comp | compare completion",
        "faasbench help nod | nodes",
        "faasbench report --run a | all",
      })
  void bashKnowsTheValues(String line, String words) throws Exception {
    assertThat(offered(line).stream().map(String::strip).filter(word -> !word.isEmpty()))
        .containsExactlyInAnyOrder(words == null ? new String[0] : words.split(" "));
  }

  @Test
  void bashOffersTheFilesThatACommandReads() throws Exception {
    for (String name : List.of("a.yaml", "b.yml", "c.csv", "d.txt", "e.jar")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("more"));
    String in = folder + "/";
    for (String command : List.of("run", "plan", "doctor", "clean", "nodes up", "run -q")) {
      assertThat(offered("faasbench " + command + " " + in))
          .as(command)
          .containsExactlyInAnyOrder(in + "a.yaml", in + "b.yml", in + "more/");
    }
    assertThat(offered("faasbench report " + in))
        .containsExactlyInAnyOrder(in + "c.csv", in + "more/");
    assertThat(offered("faasbench policies --jar " + in))
        .containsExactlyInAnyOrder(in + "e.jar", in + "more/");
  }

  @ParameterizedTest
  @CsvSource({
    "faasbench ru, run",
    "faasbench no, nodes",
    "faasbench nodes st, status",
    "faasbench run --no-c, --no-csv",
    "faasbench report --exp, --experiment",
    "faasbench completion z, zsh",
    "faasbench schema exp, experiment",
  })
  void bashCompletesAWord(String line, String word) throws Exception {
    assertThat(offered(line)).extracting(String::strip).containsExactly(word);
  }

  @Test
  void bashOffersEveryCommand() throws Exception {
    assertThat(offered("faasbench "))
        .extracting(String::strip)
        .containsAll(
            Main.commandLine().getSubcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .toList());
  }

  /** A zsh on a terminal of its own, with the tabulator key pressed after the line. */
  @ParameterizedTest
  @CsvSource({
    "faasbench nodes st, status",
    "faasbench run --no-c, --no-csv",
    "faasbench completion z, zsh",
    "faasbench run --set policy=ran, policy=random",
    "faasbench report --format j, json",
  })
  void zshCompletesAWord(String line, String word) throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(part -> Files.isExecutable(Path.of(part, "zsh"))),
        "there is no zsh");
    String typed =
        "zmodload zsh/zpty; zpty -b z 'TERM=dumb zsh -f -i';"
            + " zpty -w z 'autoload -U +X compinit; compinit -u -D; . %s; print read''y';"
            + " zpty -r z seen '*ready*'; zpty -w -n z $'%s\t';"
            + " zpty -r -m z seen '*%s *'; print -r -- $seen";
    assertThat(String.join("", output("zsh", "-fc", typed.formatted(script("zsh"), line, word))))
        .contains(line.substring(0, line.lastIndexOf(' ') + 1) + word + " ");
  }
}
