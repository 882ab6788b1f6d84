package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.faasbench.Hostile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Experiment files that mean harm or nothing, from the file to the report, as a user starts it. */
@Timeout(600)
class HostileInputsTest {

  static final String STEERING = "[\\p{Cc}&&[^\\n\\t]]|\\p{Cf}|\\p{Zl}|\\p{Zp}|\\p{Cs}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SANE =
      """
      name: NAME
      description: DESCRIPTION
      backend: sim
      seed: 1
      nodes:
        - {name: NODE, cpu: 1, memory: 512MiB}
      functions:
        - {name: FUNCTION, image: IMAGE, command: [WORD, WORD], model: {exec: EXEC}}
      policy: POLICY
      warming: [cold, WARMING]
      workload: sequential
      invocations: COUNT
      """;

  @TempDir private Path folder;

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text); // as YAML reads it too
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Names within the rules that mean something to somebody all the same. */
  private static String name(Hostile hostile) {
    return hostile.random().nextInt(6) == 0
        ? quoted(hostile.text())
        : hostile.oneOf(
            "f",
            "-v",
            "--help",
            "..",
            ".",
            ".hidden",
            "con",
            "NUL",
            "1e5",
            "null",
            "true",
            "0x1f",
            "007",
            "1_0",
            "-",
            "_",
            "a..b",
            "x".repeat(5_000),
            "1.",
            ".5");
  }

  private static String file(Hostile hostile) {
    String text =
        SANE.replaceFirst("COUNT", hostile.oneOf("1", "2", "2", "2", "1e3", "-1"))
            .replaceFirst(
                "EXEC", hostile.oneOf("10ms", "10ms", "10ms", ".5s", "exponential(mean=1s)"))
            .replaceFirst("POLICY", hostile.oneOf("round-robin", "random", "least-used"))
            .replaceFirst("WARMING", hostile.oneOf("warmed", "pre-warmed", "warmed"))
            .replaceFirst("NAME", safe(name(hostile)))
            .replaceFirst("NODE", safe(name(hostile)))
            .replaceFirst("FUNCTION", safe(name(hostile)))
            .replaceFirst("IMAGE", safe(hostile.oneOf("busybox", "a/b:c", quoted(hostile.text()))))
            .replaceFirst("DESCRIPTION", safe(quoted(hostile.text())));
    while (text.contains("WORD")) {
      text = text.replaceFirst("WORD", safe(quoted(hostile.text())));
    }
    int at = hostile.random().nextInt(text.length());
    return switch (hostile.random().nextInt(8)) {
      case 0 -> text.substring(0, at) + hostile.text() + text.substring(at);
      case 1 -> text + quoted(hostile.text()) + ": " + quoted(hostile.text()) + "\n";
      case 2 -> text.substring(0, at);
      default -> text;
    };
  }

  private static String safe(String replacement) {
    return java.util.regex.Matcher.quoteReplacement(replacement);
  }

  private Set<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(path -> folder.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void aRunOfAHostileFileEndsWellOrNamesTheMistakeAndTouchesNothingElse() {
    int[] done = {0};
    Hostile.each(
        "experiment files",
        300,
        hostile -> {
          Path file = folder.resolve("e.yaml");
          Files.write(file, file(hostile).getBytes(StandardCharsets.UTF_8));
          Path out = folder.resolve("out");
          StringWriter said = new StringWriter();
          int exitCode =
              Started.faasbench(
                  said, said, "run", file.toString(), "-q", "--no-report", "--out", out.toString());
          assertThat(said.toString())
              .doesNotContainPattern(STEERING)
              .doesNotContain("\tat ", "Exception")
              .hasSizeLessThan(300_000);
          assertThat(exitCode).isIn(ExitCode.DONE, ExitCode.MISTAKE);
          assertThat(files())
              .allMatch(path -> path.isEmpty() || path.matches("(?s)e\\.yaml|out(/.*)?"));
          done[0] += exitCode == ExitCode.DONE ? 1 : 0;
          if (exitCode == ExitCode.DONE) {
            checkFolder(out);
          }
          remove(out);
        });
    assertThat(done[0]).as("files that ran").isGreaterThan(Hostile.count(300) / 20);
    assertThat(Path.of("pwned")).doesNotExist();
  }

  /** The log's lines are ours; what is resolved reads as what was meant. */
  private static void checkFolder(Path out) throws Exception {
    try (Stream<Path> runs = Files.list(out)) {
      for (Path run : runs.filter(Files::isDirectory).toList()) {
        assertThat(Files.readAllLines(run.resolve("run.log")))
            .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z .*|  .*"))
            .noneMatch(line -> line.matches("(?s).*(" + STEERING + ").*"));
        StringWriter said = new StringWriter();
        String again = run.resolve("experiment.yaml").toString();
        assertThat(Started.faasbench(said, said, "plan", again)).as(said::toString).isZero();
        String first = Files.readString(Path.of(again));
        assertThat(first).startsWith("name: ");
      }
    }
  }

  private static void remove(Path out) throws Exception {
    if (Files.exists(out)) {
      try (Stream<Path> all = Files.walk(out)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void hostileArgumentsAreToldBackWithoutSteeringTheTerminal() {
    Hostile.each(
        "command lines",
        300,
        hostile -> {
          StringWriter said = new StringWriter();
          List<String> commands = List.of("run", "plan", "report", "compare", "policies", "doctor");
          String command = hostile.oneOf(commands.toArray(String[]::new));
          String[] arguments = {
            command,
            hostile.oneOf("--set", "--out", "--nonsense", hostile.text()),
            hostile.text().replace("\0", ""),
            folder.resolve("none.yaml").toString()
          };
          int exitCode = Started.faasbench(said, said, arguments);
          assertThat(said.toString())
              .doesNotContainPattern(STEERING)
              .doesNotContain("\tat ", "please report it");
          assertThat(exitCode).isIn(ExitCode.DONE, ExitCode.MISTAKE);
        });
  }
}
