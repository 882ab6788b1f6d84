package io.github.faasbench.report.html;

import static io.github.faasbench.metrics.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.metrics.CsvSink;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.metrics.RowProblem;
import io.github.faasbench.metrics.RowProblems;
import io.github.faasbench.metrics.RunFolder;
import io.github.faasbench.report.figure.Grouping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  private static final int MEGABYTE = 1_000_000;

  @TempDir Path out;

  @Test
  void scenario1HasItsThreeFiguresForEachFunction() throws IOException {
    assertThat(titles(page(SampleScenarios.scenario1(10))))
        .containsExactly(
            "Mean latency by warming type",
            "Distribution of latency by warming type",
            "Invocations per node",
            "Mean latency by warming type",
            "Distribution of latency by warming type",
            "Invocations per node");
  }

  @Test
  void scenario2ComparesPolicies() throws IOException {
    assertThat(titles(page(SampleScenarios.scenario2(10))))
        .startsWith(
            "Mean latency by policy", "Distribution of latency by policy", "Invocations per node")
        .hasSize(6);
  }

  @Test
  void whereBothFactorsVaryEachIsTheAxisOnce() throws IOException {
    assertThat(titles(page(SampleScenarios.matrix(10))))
        .containsExactly(
            "Mean latency by warming type",
            "Distribution of latency by warming type",
            "Mean latency by policy",
            "Distribution of latency by policy",
            "Invocations per node");
  }

  /** One policy and one warming type: what differs is how long containers are kept. */
  @Test
  void cellsThatDifferInKeepAliveAreComparedByIt() throws IOException {
    List<Invocation> rows = new ArrayList<>();
    for (String keepAlive : List.of("none", "lru", "fixed(ttl=10m)")) {
      for (int i = 1; i <= 10; i++) {
        rows.add(row().cell(keepAlive).keepAlive(keepAlive).invocation(i).latency(i).build());
      }
    }
    assertThat(titles(page(rows)))
        .containsExactly(
            "Mean latency by keep alive",
            "Distribution of latency by keep alive",
            "Invocations per node");
    rows.addAll(SampleScenarios.matrix(10));
    assertThat(titles(page(rows))).contains("Mean latency by policy").hasSizeGreaterThan(5);
  }

  @Test
  void theTablesHoldTheNumbersOfTheFigures() throws IOException {
    String page =
        page(
            List.of(
                row().latency(6.542).build(),
                row().warming("pre-warmed").latency(5.4022).node("n2").build()));
    assertThat(page)
        .contains("y: [6.542, 5.4022]")
        .contains("<td>6.542</td>")
        .contains("<td>17.4 %</td>")
        .contains("<th scope=\"col\">n2</th>");
  }

  @Test
  void nothingInThePageCanAskANetwork() throws IOException {
    String page = page(SampleScenarios.scenario1(10));
    String own = page.replaceAll("id=\"plotly-gz\">[^<]*", "");
    assertThat(own)
        .contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .doesNotContainPattern("(?i)\\b(src|srcset|action|data|poster)\\s*=\\s*[\"'a-z]")
        .doesNotContainPattern("(?i)href\\s*=\\s*(?!\"#)")
        .doesNotContainPattern("(?i)<(link|iframe|object|embed|img|base)\\b")
        .doesNotContainPattern("(?i)url\\(|@import|fetch\\(|XMLHttpRequest|import\\(")
        .doesNotContain("http:", "https:");
    assertThat(page.indexOf("Content-Security-Policy")).isLessThan(page.indexOf("<script"));
  }

  @Test
  void plotlyIsCarriedWholeWithItsLicence() throws IOException {
    String page = page(SampleScenarios.scenario1(1));
    MatchResult packed =
        Pattern.compile("id=\"plotly-gz\">([^<]*)<").matcher(page).results().findFirst().get();
    byte[] gzip = Base64.getDecoder().decode(packed.group(1));
    byte[] library = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    assertThat(library.length).isGreaterThan(10 * MEGABYTE);
    assertThat(page).contains("The MIT License (MIT)").contains("Plotly, Inc");
  }

  @Test
  void aReportOfTenThousandRowsStaysBelowFourMegabytes() throws IOException {
    Path file = out.resolve("report.html");
    List<Invocation> rows = SampleScenarios.scenario1(1667);
    assertThat(rows).hasSizeGreaterThan(10_000);
    SampleReports.write(file, rows);
    assertThat(Files.size(file)).isLessThan(4 * MEGABYTE);
  }

  @Test
  void ofManyFunctionsTheMostCalledHaveFiguresAndTheNextAreLines() throws IOException {
    List<Invocation> rows = new ArrayList<>();
    for (int function = 1; function <= 300; function++) {
      for (int call = 0; call < 1 + (function > 288 ? 2 : function > 188 ? 1 : 0); call++) {
        rows.add(row().function("f" + function).invocation(call).cell("all").build());
      }
    }
    String page = page(rows);
    assertThat(Pattern.compile("<h2>(f\\d+|all functions together)</h2>").matcher(page).results())
        .hasSize(13)
        .first()
        .extracting(heading -> heading.group(1))
        .isEqualTo("all functions together");
    assertThat(page)
        .contains("<h2>f289</h2>", "<h2>f300</h2>")
        .contains("<th scope=\"row\" class=\"name\">f189</th>")
        .contains("188 more are not listed")
        .contains(rows.size() + " calls, 0 failed");
    assertThat(page.length()).isLessThan(5 * MEGABYTE);
  }

  @Test
  void otherColumnsCanBeCompared() throws IOException {
    List<Invocation> rows = SampleScenarios.matrix(20);
    PageData data = SampleReports.data(rows, Grouping.of(List.of("node", "policy", "warming")));
    ReportContext context =
        ReportContext.beside(List.of(), data.plan().choice(), new RowProblems());
    String page = HtmlReport.page(data, context);
    assertThat(page)
        .contains("<h2>Calls by node and policy</h2>")
        .contains("warming pre-warmed")
        .doesNotContain("Calls in flight");
    assertThat(titles(page)).contains("Mean latency by node", "Mean latency by policy");
    assertThatThrownBy(() -> Grouping.of(List.of("latency_s")))
        .isInstanceOf(RecordsException.class)
        .hasMessageStartingWith("--group-by: `latency_s` is no column to group by; choose of");
  }

  @Test
  void onlyTheScriptsOfThePageMayRun() throws IOException {
    String page = page(SampleScenarios.scenario1(5));
    String policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"")
            .matcher(page)
            .results()
            .findFirst()
            .get()
            .group(1);
    assertThat(policy)
        .contains("script-src 'sha256-")
        .doesNotContainPattern("script-src[^;]*unsafe");
    List<String> scripts =
        Pattern.compile("(?s)<script>(.*?)</script>")
            .matcher(page)
            .results()
            .map(script -> script.group(1))
            .toList();
    assertThat(scripts).hasSize(2);
    for (String script : scripts) {
      byte[] hash = CsvFile.newDigest().digest(script.getBytes(StandardCharsets.UTF_8));
      assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
  }

  @Test
  void theFileThatWasReadIsNamedWithItsHash() throws IOException {
    Path csv = out.resolve("metrics.csv");
    try (CsvSink sink = CsvSink.open(csv, true)) {
      sink.accept(row().build());
    }
    byte[] hash = CsvFile.newDigest().digest(Files.readAllBytes(csv));
    assertThat(SampleReports.page(csv))
        .contains("metrics.csv")
        .contains(HexFormat.of().formatHex(hash));
  }

  @Test
  void namesCannotBecomeMarkupOrScript() throws IOException {
    String evil = "</script><img src=x onerror=alert(1)>\\' + alert(2) + '\"&lt;b`";
    List<Invocation> rows =
        List.of(
            row().experiment(evil).run(evil).function(evil).policy(evil).node(evil).build(),
            row().experiment(evil).run(evil).function(evil).policy(evil + "2").build(),
            row().experiment(evil).run(evil).function(evil).outcome(Outcome.FAILED, evil).build());
    String page = page(rows);
    assertThat(page).doesNotContain("<img").doesNotContain("</script><");
    assertThat(count(page, "<script")).isEqualTo(count(page, "</script>"));
    assertThat(figureScripts(page)).allSatisfy(s -> assertThat(s).doesNotContain("<", "\\'"));
    assertThat(figureScripts(page)).noneMatch(script -> script.contains("' + alert(2)"));
  }

  @Test
  void notesTellWhatAReaderMustKnow() throws IOException {
    List<Invocation> rows =
        List.of(
            row().layersPresent(2).build(),
            row().outcome(Outcome.TIMEOUT, "no answer within 5m").build());
    RowProblems problems = new RowProblems();
    problems.accept(new RowProblem(Path.of("m.csv"), 7, "cut off"));
    rows = new ArrayList<>(rows);
    for (int i = 0; i < 3; i++) {
      rows.add(0, row().run("older" + i).build());
    }
    assertThat(SampleReports.page(rows, problems))
        .contains(
            "<li>1 line(s) of the CSV could not be used, or not wholly; the first: m.csv:7: cut off.</li>")
        .contains("<li>1 of 2 calls did not end ok (1 timeout)")
        .contains("<li>1 cold call(s) found layers")
        .contains("3 other run(s) of the CSV are not shown")
        .contains("no answer within 5m")
        .contains("environment.json is not beside the CSV");
  }

  @Test
  void aSectionWithoutAnOkCallSaysSo() throws IOException {
    assertThat(page(List.of(row().outcome(Outcome.LOST, "gone").build())))
        .contains("No call ended ok, so there is no latency to show.")
        .contains("Invocations per node");
  }

  @Test
  void theMethodBoxComesFromTheRunFolderBesideTheCsv() throws IOException {
    Path csv = out.resolve("metrics.csv");
    RunFolder folder = RunFolder.create(out, "name: scenario1\nseed: 42\n", "plan", "1");
    folder.writeEnvironment(
        new Environment(
            "0.1.0",
            "17.0.15",
            new Environment.Host("Linux", "6.18", 2, 1L << 34),
            Map.of("ssh_node_1", Map.of("engine", "Docker 20.10.24")),
            42,
            "2026-01-31T09:30:00Z",
            Map.of("network", "bridge"),
            List.of(),
            List.of(new Environment.Resume("2026-01-31T11:00:00Z", List.of("Java: 17, then 21")))));
    try (CsvSink sink = CsvSink.open(csv, true)) {
      sink.accept(row().run(folder.id()).build());
    }
    assertThat(SampleReports.page(csv))
        .contains("<dt>seed</dt><dd>42</dd>")
        .contains("2026-01-31T11:00:00Z (not as before: Java: 17, then 21)</dd>")
        .contains("<dt>network</dt><dd>bridge</dd>")
        .contains("Docker 20.10.24")
        .contains("<dt>host</dt><dd>Linux 6.18, 2 cores, 16.0 GiB</dd>")
        .contains("<pre>name: scenario1\nseed: 42\n</pre>")
        .doesNotContain("environment.json is not beside");
  }

  @Test
  void aDamagedEnvironmentIsANoteAndNoStop() throws IOException {
    RunFolder folder = RunFolder.create(out, "x", "plan", "1");
    Files.writeString(folder.environmentFile(), "{");
    List<Invocation> rows = List.of(row().run(folder.id()).build());
    Path csv = out.resolve("metrics.csv");
    try (CsvSink sink = CsvSink.open(csv, true)) {
      sink.accept(rows.get(0));
    }
    assertThat(SampleReports.page(csv)).contains("cannot be read as this run");
  }

  private static String page(List<Invocation> rows) throws IOException {
    return SampleReports.page(rows, new RowProblems());
  }

  /** jsplot's, which are scripts, by their number. */
  private static List<String> figureScripts(String page) {
    return Pattern.compile(
            "(?s)faasbenchFigures\\.figure_\\d+ = function \\(Plotly\\) \\{(.*?)\\};\n")
        .matcher(page)
        .results()
        .map(script -> script.group(1))
        .toList();
  }

  /** Of the thesis's figures. */
  private static List<String> titles(String page) {
    List<String> titles = new ArrayList<>();
    for (String script : figureScripts(page)) {
      Pattern.compile("var layout = \\{\\s*title: '([^']*)'")
          .matcher(script)
          .results()
          .forEach(title -> titles.add(title.group(1)));
    }
    return titles;
  }

  private static int count(String page, String part) {
    return page.split(Pattern.quote(part), -1).length - 1;
  }
}
