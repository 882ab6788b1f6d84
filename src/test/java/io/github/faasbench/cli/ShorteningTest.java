package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of how it could be shorter. */
class ShorteningTest {

  private static final String FILE =
      """
      name: e
      nodes: [{name: a, host: h, user: u}]
      functions: [{name: f, image: i, command: [run]}]
      policy: round-robin
      warming: cold
      """;

  @TempDir private Path folder;

  private String hint(String... settings) throws Exception {
    List<String> words = new ArrayList<>();
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    return hint(words);
  }

  private String hint(List<String> settings) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE);
    var console = new StringWriter();
    List<String> words = new ArrayList<>(List.of("plan", file.toString(), "--out", "" + folder));
    words.addAll(settings);
    assertThat(Started.faasbench(console, console, words.toArray(String[]::new)))
        .as(console.toString())
        .isZero();
    return console
        .toString()
        .lines()
        .filter(line -> line.startsWith("to shorten it"))
        .findFirst()
        .orElse("");
  }

  @Test
  void aShortPlanGetsNone() throws Exception {
    assertThat(hint("invocations=3")).isEmpty();
    assertThat(hint("backend=sim", "nodes={count: 1, cpu: 1}", "functions.0.model={exec: 1s}"))
        .isEmpty();
  }

  @Test
  void namesOnlyWhatTheFileHas() throws Exception {
    assertThat(hint("invocations=100"))
        .isEqualTo("to shorten it to about 2 min: --set invocations=10");
    assertThat(hint("invocations=4", "repetitions=5"))
        .isEqualTo("to shorten it to about 52 s: --set repetitions=1");
    assertThat(hint("invocations=5", "warming=[cold, pre-warmed, warmed]"))
        .isEqualTo("to shorten it: fewer values of warming");
    assertThat(hint("workload={poisson: {rate: 5/s}}", "duration=20m"))
        .isEqualTo("to shorten it to about 2 min: --set duration=120s");
    assertThat(hint("stop={halfWidth: 5%, max: 500}"))
        .isEqualTo("to shorten it to about 10 min: --set stop.max=50");
  }

  /** A warm-up must not eat all calls, nor an event find none. */
  @Test
  void isTakenByTheFile() throws Exception {
    assertThat(hint("invocations=100", "warmUp={calls: 30}")).contains("--set invocations=37");
    assertThat(hint("invocations=100", "events=[{atInvocation: 90, drain: a}]")).isEmpty();
  }

  @Test
  void leadsToAPlanOfThatTime() throws Exception {
    String hint = hint("invocations=200", "repetitions=3");
    Matcher set = Pattern.compile("--set (\\S+)").matcher(hint);
    List<String> settings = new ArrayList<>(List.of("--set", "invocations=200"));
    while (set.find()) {
      settings.addAll(List.of("--set", set.group(1)));
    }
    assertThat(settings).hasSize(6);
    assertThat(hint(settings)).doesNotContain("repetitions");
  }
}
