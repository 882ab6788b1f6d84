package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

  private static final String FILE =
      """
      name: e
      nodes: [{name: a, host: h, user: u, cpu: 1}]
      functions: [{name: f, image: i, command: [run], model: {exec: 1s}}]
      policy: [round-robin, random]
      warming: cold
      keepAlive: [none, {fixed: {ttl: 12s}}, {fixed: {ttl: 60s}}]
      order: as-written
      """;

  @TempDir private Path folder;

  private String plan(String... settings) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE);
    var console = new StringWriter();
    List<String> words = new ArrayList<>(List.of("plan", file.toString(), "--out", "" + folder));
    Arrays.stream(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
    assertThat(Started.faasbench(console, console, words.toArray(String[]::new))).isZero();
    return console.toString();
  }

  @Test
  void cellsThatDifferOnlyInWhatTheyKeepAreToldApart() throws Exception {
    List<String> titles =
        plan()
            .lines()
            .filter(line -> line.contains("repetition"))
            .filter(line -> line.contains("  f · "))
            .map(line -> line.substring(line.indexOf("  f · ") + 2))
            .toList();
    assertThat(titles)
        .containsExactly(
            "f · round-robin · cold · sequential",
            "f · round-robin · cold · sequential · fixed(reset=true,ttl=12s)",
            "f · round-robin · cold · sequential · fixed(reset=true,ttl=1m)",
            "f · random · cold · sequential",
            "f · random · cold · sequential · fixed(reset=true,ttl=12s)",
            "f · random · cold · sequential · fixed(reset=true,ttl=1m)");
  }

  @Test
  void aPrimaryStatisticThatTooFewCallsCarryIsSaidBefore() throws Exception {
    assertThat(plan("primary=p95", "repetitions=5", "invocations=30", "warmUp={calls: 10}"))
        .contains("\nprimary is p95, which takes 200 independent calls", "a cell measures 100: ");
    assertThat(plan("primary=p95", "repetitions=5", "invocations=40"))
        .doesNotContain("primary is p95");
  }

  /** By plan, by a dry run, and by a run before its first cell. */
  @Test
  void whatCanNotBeShownIsSaidBeforeIt() throws Exception {
    String few = "6 of 6 cells have fewer than 20 calls over all repetitions";
    assertThat(plan("invocations=4"))
        .contains("\neach repetition on real nodes is one block of time", "\n" + few);
    assertThat(plan("repetitions=5")).doesNotContain("block of time", "fewer than 20 calls");
    var console = new StringWriter();
    String[] run = {
      "run",
      folder.resolve("e.yaml").toString(),
      "--out",
      "" + folder,
      "--set",
      "backend=sim",
      "--set",
      "invocations=4"
    };
    List<String> dry = new ArrayList<>(List.of(run));
    dry.add("--dry-run");
    assertThat(Started.faasbench(console, console, dry.toArray(String[]::new))).isZero();
    assertThat(console.toString()).contains("\n" + few).doesNotContain("block of time");
    console = new StringWriter();
    assertThat(Started.faasbench(console, console, run)).isZero();
    assertThat(console.toString()).contains("6 cells, 24 invocations\n" + few);
  }
}
