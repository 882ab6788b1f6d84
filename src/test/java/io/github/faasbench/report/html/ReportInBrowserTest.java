package io.github.faasbench.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.SampleRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the report in a real Chromium that has no network at all. Pictures of what it showed are in
 * {@code target/screenshots}.
 */
@Tag("browser")
@Timeout(300)
class ReportInBrowserTest {

  private static final Path PICTURES = Path.of("target", "screenshots");

  /** Tick labels of one axis that lie over each other. */
  private static final String OVERLAPS =
      """
      [...document.querySelectorAll('.plot')].flatMap(plot => ['.xaxislayer-above .xtick text',
        '.yaxislayer-above .ytick text', '.legend .legendtext', '.gtitle, .legend'].flatMap(all => {
          const boxes = [...plot.querySelectorAll(all)]
            .filter(e => !/rotate\\((?!0[,)])/.test(e.getAttribute('transform'))).map(e => [e.textContent, e.getBoundingClientRect()]);
          return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
            .filter(([b, q]) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 2
              && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 2)
            .map(([b, q]) => plot.id + ' ' + plot.getAttribute('aria-label').slice(0, 40) + ': ' + a + ' / ' + b));
        }))
      """;

  @TempDir Path folder;
  private HeadlessBrowser browser;

  @BeforeEach
  void start() throws IOException {
    browser = new HeadlessBrowser(folder);
  }

  @AfterEach
  void end() throws IOException {
    browser.close();
  }

  @Test
  void everyFigureIsDrawnWithItsTitleAndNoNetwork() throws Exception {
    List<Invocation> rows = new ArrayList<>(SampleScenarios.scenario1(100));
    rows.addAll(SampleScenarios.scenario2(100));
    open(rows, 1280, "light");
    assertThat(texts("gtitle"))
        .hasSize(40)
        .containsOnly(
            "Mean latency by warming type",
            "Mean latency by policy",
            "Distribution of latency by warming type",
            "Distribution of latency by policy",
            "Invocations per node",
            "Means with intervals within these blocks of time", // one repetition on real nodes
            "Differences: ratio to the baseline",
            "Calls beside their boxes",
            "Share of calls at or below a latency",
            "Where the time goes",
            "Latency over time",
            "Calls in flight");
    assertThat(texts("xtitle"))
        .contains("warming type", "policy", "node", "latency (s), logarithmic");
    assertThat(texts("ytitle")).contains("latency (s)", "invocations", "share of calls");
    browser.screenshot(PICTURES.resolve("scenarios-light.png"));
    assertIsClean();
    assertThat(
            browser
                .evaluate(
                    "fetch('https://example.org/').then(() => 'fetched', error => error.name)")
                .asText())
        .as("the page's policy against requests")
        .isEqualTo("TypeError");
  }

  @Test
  void itIsReadableOnDarkPaperAndOnAPhone() throws Exception {
    List<Invocation> rows = SampleScenarios.matrix(100);
    open(rows, 1280, "dark");
    String paper = browser.evaluate("getComputedStyle(document.body).backgroundColor").asText();
    assertThat(paper).isEqualTo("rgb(20, 24, 30)");
    assertThat(browser.texts("[...document.querySelectorAll('.gtitle')].map(t => t.style.fill)"))
        .isNotEmpty()
        .containsOnly("rgb(228, 232, 238)");
    browser.screenshot(PICTURES.resolve("matrix-dark.png"));
    assertIsClean();

    open(rows, 390, "light");
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('.plot')].filter(p => p.querySelector('.main-svg')"
                    + ".getBoundingClientRect().right > 390).map(p => p.id)"))
        .as("figures that are wider than the screen")
        .isEmpty();
    browser.screenshot(PICTURES.resolve("matrix-phone.png"));
    assertIsClean();
  }

  /** What the browser tells a page before it prints it: figures are drawn for paper then. */
  @Test
  void onPaperNoFigureLiesOverAnother() throws Exception {
    open(SampleScenarios.matrix(100), 1280, "dark");
    browser.evaluate("dispatchEvent(new Event('beforeprint'))");
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('figure')].filter(f => f.querySelector('.main-svg')"
                    + ".getBoundingClientRect().right > f.getBoundingClientRect().right)"
                    + ".map(f => f.textContent)"))
        .isEmpty();
    assertThat(
            browser
                .evaluate(
                    "Math.max(...[...document.querySelectorAll('figure')]"
                        + ".map(f => f.getBoundingClientRect().right))")
                .asInt())
        .as("the width of A4 and of Letter")
        .isLessThanOrEqualTo(690);
    assertIsClean();
    browser.evaluate("dispatchEvent(new Event('afterprint'))");
    assertThat(browser.texts("[...document.querySelectorAll('.gtitle')].map(t => t.style.fill)"))
        .containsOnly("rgb(228, 232, 238)");
  }

  @Test
  void whatCanBeOpenedOrScrolledIsReachedByTheKeyboard() throws Exception {
    open(SampleScenarios.scenario1(20), 1280, "light");
    assertThat(
            browser.texts(
                "[...document.querySelectorAll('.scroll, summary, a')].filter(e => e.tabIndex < 0)"
                    + ".map(e => e.textContent)"))
        .isEmpty();
  }

  @Test
  void aHostileNameIsShownAndNotRun() throws Exception {
    String evil = "</script><script>document.title='owned'</script>\\'+(document.title='owned')+'";
    List<Invocation> rows =
        List.of(
            SampleRows.row().function(evil).policy(evil).node(evil).build(),
            SampleRows.row().function(evil).policy("b").build());
    open(rows, 1280, "light");
    assertThat(browser.evaluate("document.title").asText()).isEqualTo("faasbench: scenario1");
    assertThat(texts("gtitle")).hasSize(10);
    assertIsClean();
  }

  private void open(List<Invocation> rows, int width, String scheme) throws IOException {
    Path file = folder.resolve("report.html");
    SampleReports.write(file, rows);
    browser.open(file, width, 900, scheme);
  }

  private void assertIsClean() throws IOException {
    assertThat(browser.texts(OVERLAPS)).isEmpty();
    assertThat(browser.complaints()).as("errors on the console").isEmpty();
    assertThat(browser.requests()).as("requests to a network").isEmpty();
    assertThat(
            browser
                .evaluate("document.body.innerText.includes('This browser cannot draw')")
                .asBoolean())
        .isFalse();
  }

  /** The texts that plotly drew into elements of that class. */
  private List<String> texts(String cssClass) throws IOException {
    return browser.texts(
        "[...document.querySelectorAll('." + cssClass + "')].map(e => e.textContent)");
  }
}
