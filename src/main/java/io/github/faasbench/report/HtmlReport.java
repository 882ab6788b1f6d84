package io.github.faasbench.report;

import io.github.faasbench.analysis.Summary;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One HTML file with the figures and the tables behind them. It holds all that it needs, asks no
 * network for anything (its content security policy forbids it), and reads without scripts too.
 */
public final class HtmlReport {

  private static final String POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
          + " img-src data: blob:; base-uri 'none'; form-action 'none'";

  private HtmlReport() {}

  /**
   * Writes the report; a file of that name is replaced once the new one is complete.
   *
   * @param rows the records to show, at least one
   * @throws RecordsException the file can't be written
   */
  public static void write(Path out, List<Invocation> rows, ReportContext context)
      throws RecordsException {
    Path file = out.toAbsolutePath();
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(unfinished, page(rows, context));
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RecordsException(
          out + ": the report cannot be written (" + e + "); choose another file with --out FILE",
          e);
    }
  }

  static String page(List<Invocation> rows, ReportContext context) throws IOException {
    Summary summary = Summary.of(rows);
    List<ReportSection> sections = ReportSection.of(summary, rows);
    StringBuilder html = new StringBuilder(4_000_000);
    html.append(head(rows)).append(intro(summary, rows, context));
    if (sections.size() > 1) {
      html.append(contents(sections));
    }
    html.append("<main>\n");
    AtomicInteger figure = new AtomicInteger();
    for (int i = 0; i < sections.size(); i++) {
      html.append(section(i, sections, () -> "figure_" + figure.incrementAndGet()));
    }
    html.append(FailedCalls.html(rows)).append(MethodBox.html(rows, context));
    return html.append("</main>\n").append(foot()).toString();
  }

  private static String head(List<Invocation> rows) throws IOException {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\""
        + POLICY
        + "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + "faasbench: "
        + Html.text(experiments(rows))
        + "</title>\n<style>\n"
        + PageResources.style()
        + "</style>\n<noscript><style>.plot { display: none; }</style></noscript>\n"
        + "<script>const faasbenchFigures = [];</script>\n</head>\n<body>\n";
  }

  private static String intro(Summary summary, List<Invocation> rows, ReportContext context) {
    List<String> notes = new ArrayList<>(context.notes());
    notes.addAll(summary.notes());
    StringBuilder html =
        new StringBuilder("<header>\n<p class=\"soft\">faasbench report</p>\n<h1>");
    html.append(Html.text(experiments(rows))).append("</h1>\n<p class=\"soft\">");
    html.append(context.runs().size() == 1 ? "Run " : "Runs ")
        .append(
            Html.text(
                rows.stream().map(Invocation::run).distinct().collect(Collectors.joining(", "))))
        .append(" · ")
        .append(summary.calls())
        .append(" calls, ")
        .append(summary.failed())
        .append(" failed · ")
        .append("<a href=\"#method\">method</a></p>\n");
    html.append(simulated(rows));
    if (context.runsLeftOut() > 0) {
      html.append("<p class=\"soft\">")
          .append(context.runsLeftOut())
          .append(" other run(s) of the CSV are not shown: <code>--run all</code> or")
          .append(" <code>--run ID</code> shows them.</p>\n");
    }
    if (!notes.isEmpty()) {
      html.append("<section class=\"notes\">\n<h2>Notes</h2>\n<ul>\n");
      notes.forEach(note -> html.append("<li>").append(Html.text(note)).append("</li>\n"));
      html.append("</ul>\n</section>\n");
    }
    return html.append(
            "<noscript><p>The figures need JavaScript; the tables hold their numbers.</p>")
        .append("</noscript>\n</header>\n")
        .toString();
  }

  /** Says loudly which of the figures no machine ever showed. */
  private static String simulated(List<Invocation> rows) {
    List<String> runs =
        rows.stream()
            .filter(row -> row.backend().equals("sim"))
            .map(Invocation::run)
            .distinct()
            .toList();
    if (runs.isEmpty()) {
      return "";
    }
    boolean all = rows.stream().allMatch(row -> row.backend().equals("sim"));
    return "<p><strong>Simulated"
        + (all ? "" : ": run " + Html.text(String.join(", ", runs)))
        + ".</strong> No node, container or network took part: times are virtual and follow from the"
        + " models of the experiment file.</p>\n";
  }

  private static String contents(List<ReportSection> sections) {
    StringBuilder html = new StringBuilder("<nav aria-label=\"Contents\">\n<ul>\n");
    for (int i = 0; i < sections.size(); i++) {
      html.append("<li><a href=\"#section-").append(i + 1).append("\">");
      html.append(Html.text(sections.get(i).key().function())).append("</a> <span class=\"soft\">");
      html.append(Html.text(place(sections.get(i), sections))).append("</span></li>\n");
    }
    return html.append("</ul>\n</nav>\n").toString();
  }

  private static String section(int index, List<ReportSection> all, Supplier<String> figureIds) {
    ReportSection section = all.get(index);
    TimeUnitChoice unit = TimeUnitChoice.of(new Summary(List.of(), section.groups()));
    SectionTables tables = new SectionTables(section, unit);
    StringBuilder html = new StringBuilder();
    html.append("<section id=\"section-").append(index + 1).append("\">\n<h2>");
    html.append(Html.text(section.key().function())).append("</h2>\n<p class=\"soft\">");
    html.append(Html.text(place(section, all))).append("</p>\n");
    if (!section.hasLatency()) {
      html.append("<p>No call ended ok, so there is no latency to show.</p>\n");
    }
    SectionFigures figures = new SectionFigures(section, unit, figureIds);
    html.append("<div class=\"figures\">\n");
    figures.latency().forEach(figure -> html.append(figure.html()));
    html.append("</div>\n").append(tables.latency()).append(tables.phases());
    html.append("<div class=\"figures\">\n");
    figures.nodes().forEach(figure -> html.append(figure.html()));
    html.append(tables.nodes()).append("</div>\n");
    return html.append("</section>\n").toString();
  }

  // The workload always; what else tells this section from the others.
  private static String place(ReportSection section, List<ReportSection> all) {
    List<String> parts = new ArrayList<>();
    ReportSection.Key key = section.key();
    if (all.stream().map(s -> s.key().experiment()).distinct().count() > 1) {
      parts.add("experiment " + key.experiment());
    }
    if (all.stream().map(s -> s.key().run()).distinct().count() > 1) {
      parts.add("run " + key.run());
    }
    parts.add("workload " + key.workload());
    parts.add("keep-alive " + key.keepAlive());
    return String.join(" · ", parts);
  }

  private static String experiments(List<Invocation> rows) {
    return rows.stream().map(Invocation::experiment).distinct().collect(Collectors.joining(", "));
  }

  private static String foot() throws IOException {
    return "<footer>\n<p>Written by faasbench. Figures drawn by plotly.js, which this file carries"
        + " under its MIT licence.</p>\n<details><summary>Licence of plotly.js</summary>\n<pre>"
        + Html.lines(PageResources.plotlyLicence())
        + "</pre></details>\n</footer>\n<script type=\"text/plain\" id=\"plotly-gz\">"
        + PageResources.plotlyBase64()
        + "</script>\n<script>\n"
        + PageResources.script()
        + "</script>\n</body>\n</html>\n";
  }
}
