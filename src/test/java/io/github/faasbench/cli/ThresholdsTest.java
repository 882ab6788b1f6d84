package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thresholds at the end of a run, and again by report from what the run left. */
class ThresholdsTest {

  /** A call takes 1 s, a cold one 2 s more; one client, so that every figure is known. */
  private static final String FILE =
      """
      name: checked
      backend: sim
      nodes: {count: 2, cpu: 1, slots: 1, whenFull: reject}
      functions: [{name: f, model: {exec: 1s, pull: 2s}}]
      policy: [round-robin, least-used]
      warming: [cold, warmed]
      warmReplicas: all
      invocations: 10
      thresholds:
      """;

  @TempDir private Path folder;
  private StringWriter console = new StringWriter();

  private int faasbench(String... arguments) {
    console = new StringWriter();
    return Started.faasbench(console, console, arguments);
  }

  /** Exit code of a run and, which must be the same, of the report on it. */
  private int check(List<String> thresholds, String... more) throws Exception {
    String text = FILE + "  - " + String.join("\n  - ", thresholds) + "\n";
    Path out = Files.createTempDirectory(folder, "out");
    String[] run = Started.run(folder, text, out);
    String[] all = Stream.of(run, more).flatMap(Arrays::stream).toArray(String[]::new);
    int exit = faasbench(all);
    String told = lines();
    int again = faasbench("report", out.resolve("metrics.csv").toString());
    assertThat(lines()).isEqualTo(told);
    assertThat(again == 0).isEqualTo(exit == 0);
    return exit;
  }

  /** What the page says of them, a line a row. */
  private static String thresholdsOf(Path html) throws Exception {
    String page = Files.readString(html);
    String section = page.substring(page.indexOf("<section id=\"thresholds\""));
    return section
        .substring(0, section.indexOf("</section>"))
        .replace("</tr>\n", "\n")
        .replaceAll("</t[hd]>", " | ")
        .replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
  }

  /** The lines about thresholds. */
  private String lines() {
    List<String> all = console.toString().lines().toList();
    int start = all.indexOf("thresholds:");
    return start < 0
        ? ""
        : String.join(
            "\n",
            all.subList(start + 1, all.size()).stream()
                .takeWhile(line -> line.startsWith("  "))
                .map(String::strip)
                .toList());
  }

  @Test
  void whatHoldsIsShownWithItsValueAndPasses() throws Exception {
    assertThat(
            check(
                List.of(
                    "latency.p95 < 4s",
                    "failed <= 0%",
                    "{check: latency.max < 1100ms, where: {warming: warmed}}",
                    "{check: cold_share >= 100%, where: {warming: cold, policy: [least-used]}}",
                    "pull.mean > 1s",
                    "calls >= 10")))
        .isEqualTo(ExitCode.CHECK_MISSED); // pull.mean: the warmed cells pull nothing
    assertThat(lines())
        .isEqualTo(
            """
            pass  latency.p95 < 4s: at most 3.000 s, in f · least-used · cold · sequential · none
            pass  failed <= 0%: at most 0.00 %, in f · least-used · cold · sequential · none
            pass  latency.max < 1100ms where warming warmed: at most 1.000 s, in f · least-used · warmed · sequential · none
            pass  cold_share >= 100% where policy least-used, warming cold: 100.00 %, in f · least-used · cold · sequential · none
            FAIL  pull.mean > 1s: at least 0.000 ms, in f · least-used · warmed · sequential · none; 2 of 4 cells fail
            pass  calls >= 10: at least 10, in f · least-used · cold · sequential · none""");
  }

  @Test
  void thePageHasATableOfThem() throws Exception {
    check(
        List.of(
            "{check: latency.max < 1100ms, where: {warming: warmed}}",
            "pull.mean > 1s",
            "{check: calls > 1, where: {policy: round-robin}}"));
    try (var runs = Files.list(folder)) {
      Path out = runs.filter(Files::isDirectory).findFirst().orElseThrow();
      assertThat(thresholdsOf(out.resolve("report.html")))
          .isEqualToNormalizingWhitespace(
              """
              Thresholds: 2 of 3 hold
              Each with the value farthest to the wrong side
              | threshold | where | seen in | value | cells | failing |
              pass | latency.max < 1100ms | warming warmed | f · least-used · warmed · sequential · none | 1.000 s | 2 | 0 |
              FAIL | pull.mean > 1s | all cells | f · least-used · warmed · sequential · none | 0.000 ms | 4 | 2 |
              pass | calls > 1 | policy round-robin | f · round-robin · cold · sequential · none | 10 | 2 | 0 |
              """);
    }
  }

  @Test
  void whereAllHoldTheExitCodeIsZero() throws Exception {
    assertThat(check(List.of("latency.p95 < 4s", "latency.mean > 900ms"))).isZero();
    assertThat(lines()).contains("pass  latency.mean > 900ms: at least 1.000 s");
  }

  @Test
  void theLimitItselfIsAllowedOnlyWhereItIsWrittenSo() throws Exception {
    String warmed = "{check: %s, where: {warming: warmed}}";
    assertThat(check(List.of(warmed.formatted("latency.max <= 1s")))).isZero();
    assertThat(check(List.of(warmed.formatted("latency.max < 1s"))))
        .isEqualTo(ExitCode.CHECK_MISSED);
    assertThat(lines()).startsWith("FAIL  latency.max < 1s where warming warmed: at most 1.000 s");
  }

  @Test
  void noDataIsAnErrorAndNoPass() throws Exception {
    assertThat(
            check(
                List.of("{check: latency.p95 < 4s, where: {warming: warmed}}"),
                "--set",
                "functions.0.model.exec=10s",
                "--set",
                "timeout=1s"))
        .isEqualTo(ExitCode.CALLS_FAILED);
    assertThat(lines())
        .isEqualTo(
            "ERROR  latency.p95 < 4s where warming warmed: no data in f · least-used · warmed ·"
                + " sequential · none");
  }

  /** Failed calls keep their own exit code: what was measured then says less than it should. */
  @Test
  void failedCallsAreNotHiddenByAThreshold() throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE + "  - failed < 1%\n");
    String out = folder.resolve("out").toString();
    String[] crowd = {"--set", "workload={closed: {clients: 8}}"};
    assertThat(faasbench("run", file.toString(), "-q", "--out", out, crowd[0], crowd[1]))
        .isEqualTo(ExitCode.CALLS_FAILED);
    assertThat(lines()).startsWith("FAIL  failed < 1%: at most ");
    assertThat(faasbench("report", out + "/metrics.csv")).isEqualTo(ExitCode.CHECK_MISSED);
  }

  @Test
  void anUnknownMetricStopsTheRunBeforeItBegins() throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE + "  - latency.p100 < 1s\n");
    Path out = folder.resolve("out");
    assertThat(faasbench("run", file.toString(), "--out", out.toString()))
        .isEqualTo(ExitCode.MISTAKE);
    assertThat(console.toString())
        .startsWith(file + ":10:5: thresholds.0: unknown metric 'latency.p100'; allowed: ")
        .endsWith("did you mean latency.p95?\n");
    assertThat(out).doesNotExist();
  }
}
