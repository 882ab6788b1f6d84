package io.github.faasbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.SampleRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the report in a real Chromium that has no network at all. Needs {@code chromium} and {@code
 * unshare} (root); without them it fails.
 */
@Tag("browser")
class ReportInBrowserTest {

  @TempDir Path folder;

  @Test
  void everyFigureIsDrawnWithItsTitleAndNoNetwork() throws Exception {
    List<Invocation> rows = new ArrayList<>(SampleScenarios.scenario1(100));
    rows.addAll(SampleScenarios.scenario2(100));
    String dom = domOf(rows);
    assertThat(texts(dom, "gtitle"))
        .hasSize(12)
        .containsOnly(
            "Mean latency by warming type",
            "Mean latency by policy",
            "Distribution of latency by warming type",
            "Distribution of latency by policy",
            "Invocations per node");
    assertThat(texts(dom, "xtitle")).hasSize(12).contains("warming type", "policy", "node");
    assertThat(texts(dom, "ytitle")).hasSize(12).contains("latency (s)", "invocations");
    assertThat(dom.contains(">This browser cannot draw"))
        .as("an error instead of a figure")
        .isFalse();
  }

  @Test
  void aHostileNameIsShownAndNotRun() throws Exception {
    String evil = "</script><script>document.title='owned'</script>\\'+(document.title='owned')+'";
    List<Invocation> rows =
        List.of(
            SampleRows.row().function(evil).policy(evil).build(),
            SampleRows.row().function(evil).policy("b").build());
    String dom = domOf(rows);
    assertThat(dom.contains("<title>faasbench: scenario1</title>")).as("title unchanged").isTrue();
    assertThat(texts(dom, "gtitle")).hasSize(3);
  }

  private String domOf(List<Invocation> rows) throws IOException, InterruptedException {
    Path file = folder.resolve("report.html");
    HtmlReport.write(file, rows, ReportContext.beside(List.of(), rows, 0, List.of()));
    Path dom = folder.resolve("dom.html");
    Path errors = folder.resolve("chromium.log");
    Process chromium =
        new ProcessBuilder(
                "unshare",
                "-n",
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
                "--virtual-time-budget=10000",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = chromium.waitFor(2, TimeUnit.MINUTES);
    chromium.destroyForcibly();
    assertThat(ended).as("chromium ended within two minutes").isTrue();
    assertThat(chromium.exitValue())
        .as("unshare and chromium (apt-get install chromium), as root: " + Files.readString(errors))
        .isZero();
    return Files.readString(dom, StandardCharsets.UTF_8);
  }

  /** The texts that plotly drew into elements of that class. */
  private static List<String> texts(String dom, String cssClass) {
    return Pattern.compile("<text class=\"" + cssClass + "\"[^>]*>([^<]*)<")
        .matcher(dom)
        .results()
        .map(text -> text.group(1))
        .toList();
  }
}
