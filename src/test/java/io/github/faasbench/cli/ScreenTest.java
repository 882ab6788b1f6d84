package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenTest {

  private static final String LONG = "a-function-whose-name-is-longer-than-any-terminal-".repeat(3);

  @TempDir private Path folder;

  @Test
  void whatGoesToNoTerminalHasAllTheRoomItNeeds() {
    assertThat(Screen.outputColumns(null, null)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Screen.outputColumns("40", null)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Screen.outputColumns("40", "120")).isEqualTo(40);
    assertThat(Screen.outputColumns(null, "120")).isEqualTo(120);
    assertThat(Screen.outputColumns("5", "")).isEqualTo(80);
  }

  @Test
  void coloursAreLeftOutWhereTheyAreNotWanted() {
    assertThat(Screen.colours(null, "xterm")).isTrue();
    assertThat(Screen.colours("", "xterm")).isTrue();
    assertThat(Screen.colours("1", "xterm")).isFalse();
    assertThat(Screen.colours(null, "dumb")).isFalse();
  }

  /** Run, and the comparison of two runs: names whole, figures below their titles. */
  @Test
  void pipedTablesAreNeverCut() throws Exception {
    String text =
        """
        name: e
        backend: sim
        nodes: {count: 4, cpu: 1}
        functions: [{name: %s, model: {exec: 1s}}]
        policy: [round-robin, "power-of-d(d=2)"]
        warming: [cold, pre-warmed]
        keepAlive: [none, {fixed: {ttl: 12345s}}]
        invocations: 6
        """
            .formatted(LONG);
    var console = new StringWriter();
    var err = new StringWriter();
    String[] run = Started.run(folder, text, folder.resolve("out"));
    assertThat(Started.faasbench(console, err, run)).as(err.toString()).isZero();
    String shown = console.toString();
    assertThat(shown).contains(LONG, "power-of-d(d=2)", "ttl=12345s");
    assertThat(shown).doesNotContain("…", "\r", "\u001b", "\t");
    var titles = shown.lines().filter(line -> line.contains(" failed ")).findFirst().orElseThrow();
    int column = titles.indexOf(" failed ") + " failed".length();
    List<String> rows =
        shown.lines().filter(line -> line.startsWith("  round-robin ")).limit(4).toList();
    assertThat(rows)
        .hasSize(4)
        .allSatisfy(line -> assertThat(line.substring(column - 2, column + 1)).isEqualTo(" 0 "));
    var compared = new StringWriter();
    String csv = folder.resolve("out/metrics.csv").toString();
    assertThat(Files.exists(Path.of(csv))).isTrue();
    Started.faasbench(compared, err, "compare", csv, csv);
    assertThat(compared.toString()).doesNotContain("\r", "\u001b");
    assertThat(compared.toString().lines().filter(line -> line.startsWith(LONG + "  "))).hasSize(8);
  }
}
