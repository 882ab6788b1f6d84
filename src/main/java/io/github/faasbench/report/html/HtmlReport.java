package io.github.faasbench.report.html;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.validity.Warnings;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.report.Html;
import io.github.faasbench.report.TimeUnitChoice;
import io.github.faasbench.report.Verdicts;
import io.github.faasbench.report.figure.Drawing;
import io.github.faasbench.report.figure.IntervalFigures;
import io.github.faasbench.report.figure.ReportSection;
import io.github.faasbench.report.figure.SampleFigures;
import io.github.faasbench.report.figure.SectionTables;
import io.github.faasbench.report.figure.ThesisFigures;
import io.github.faasbench.report.figure.TimeFigures;
import io.github.faasbench.report.figure.WasteFigure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One HTML file with the figures and the tables behind them. It holds all that it needs, asks no
 * network for anything (its content security policy forbids it), and reads without scripts too.
 */
public final class HtmlReport {

  private static final int MOST_VERDICTS = 24;

  private final PageData data;
  private final ReportContext context;
  private final List<ReportSection> sections;
  private final List<Drawing> drawings = new ArrayList<>();
  private int figures;

  private HtmlReport(PageData data, ReportContext context) {
    this.data = data;
    this.context = context;
    sections = data.sections();
  }

  /**
   * The page's text.
   *
   * @param data the records to show, at least one
   */
  public static String page(PageData data, ReportContext context) throws IOException {
    return new HtmlReport(data, context).page();
  }

  private String page() throws IOException {
    StringBuilder body = new StringBuilder(1_000_000);
    body.append(intro()).append(verdicts()).append(ThresholdTable.html(context.thresholds()));
    if (sections.size() > 1) {
      body.append(contents());
    }
    body.append("<main>\n").append(waste());
    for (int i = 0; i < sections.size(); i++) {
      body.append(section(i));
    }
    body.append(listed()).append(data.failed().html());
    body.append(MethodBox.html(data.runs(), context)).append("</main>\n");
    return new PageFrame(experiments(), drawings).around(body);
  }

  private String intro() {
    Summary summary = data.summary();
    List<String> notes = new ArrayList<>(context.notes());
    notes.addAll(summary.notes());
    Warnings.of(summary, context.environments()).forEach(warning -> notes.add(warning.text()));
    StringBuilder html =
        new StringBuilder("<header>\n<p class=\"soft\">faasbench report</p>\n<h1>");
    html.append(Html.text(experiments())).append("</h1>\n<p class=\"soft\">");
    html.append(data.runs().size() == 1 ? "Run " : "Runs ")
        .append(
            Html.text(data.runs().stream().map(RunFacts::run).collect(Collectors.joining(", "))))
        .append(" · ")
        .append(summary.calls())
        .append(" calls, ")
        .append(summary.failed())
        .append(" failed · ")
        .append("<a href=\"#method\">method</a></p>\n");
    html.append(simulated());
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

  /** What differs, in plain sentences. */
  private String verdicts() {
    List<Verdicts.Place> places = data.verdicts();
    if (places.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section class=\"verdicts\">\n<h2>What differs</h2>\n");
    for (Verdicts.Place place : places.subList(0, Math.min(MOST_VERDICTS, places.size()))) {
      html.append(place.name().isEmpty() ? "" : "<h3>" + Html.text(place.name()) + "</h3>\n");
      html.append("<ul>\n");
      place
          .sentences()
          .forEach(one -> html.append("<li>").append(Html.text(one)).append("</li>\n"));
      html.append("</ul>\n");
    }
    if (places.size() > MOST_VERDICTS) {
      html.append("<p>")
          .append(places.size() - MOST_VERDICTS)
          .append(" more comparisons: see the differences in each section.</p>\n");
    }
    return html.append("<p class=\"soft\">")
        .append(Html.text(data.method()))
        .append("</p>\n</section>\n")
        .toString();
  }

  /** Says loudly which of the figures no machine ever showed. */
  private String simulated() {
    List<String> runs =
        data.runs().stream().filter(RunFacts::isSimulated).map(RunFacts::run).toList();
    if (runs.isEmpty()) {
      return "";
    }
    boolean all = runs.size() == data.runs().size();
    return "<p><strong>Simulated"
        + (all ? "" : ": run " + Html.text(String.join(", ", runs)))
        + ".</strong> No node, container or network took part: times are virtual and follow from the"
        + " models of the experiment file.</p>\n";
  }

  /** What keeping containers bought and cost: of cells of several sections, hence apart. */
  private String waste() {
    List<Drawing> some = WasteFigure.all(data.kept(), this::nextId);
    return some.isEmpty()
        ? ""
        : "<section id=\"waste\">\n<h2>Latency against waste</h2>\n"
            + figures(some, "")
            + "</section>\n";
  }

  private String contents() {
    StringBuilder html = new StringBuilder("<nav aria-label=\"Contents\">\n<ul>\n");
    for (int i = 0; i < sections.size(); i++) {
      html.append("<li><a href=\"#section-").append(i + 1).append("\">");
      html.append(Html.text(title(sections.get(i)))).append("</a> <span class=\"soft\">");
      html.append(Html.text(place(sections.get(i)))).append("</span></li>\n");
    }
    return html.append("</ul>\n</nav>\n").toString();
  }

  private String section(int index) {
    ReportSection section = sections.get(index);
    SectionTables tables = new SectionTables(section);
    ThesisFigures thesis = new ThesisFigures(section, this::nextId);
    StringBuilder html = new StringBuilder();
    html.append("<section id=\"section-").append(index + 1).append("\">\n<h2>");
    html.append(Html.text(title(section))).append("</h2>\n<p class=\"soft\">");
    html.append(Html.text(place(section))).append("</p>\n");
    if (!section.hasLatency()) {
      html.append("<p>No call ended ok, so there is no latency to show.</p>\n");
    }
    html.append(figures(thesis.latency(), "")).append(tables.latency());
    html.append(figures(new IntervalFigures(section, this::nextId).all(), ""));
    html.append(figures(new SampleFigures(section, this::nextId).all(), ""));
    html.append(tables.phases());
    html.append(figures(thesis.nodes(), tables.nodes()));
    html.append(figures(new TimeFigures(section, this::nextId).all(), ""));
    return html.append("</section>\n").toString();
  }

  private String nextId() {
    return "figure_" + ++figures;
  }

  private String figures(List<Drawing> some, String beside) {
    if (some.isEmpty()) {
      return beside;
    }
    drawings.addAll(some);
    return some.stream()
        .map(Drawing::html)
        .collect(Collectors.joining("", "<div class=\"figures\">\n", beside + "</div>\n"));
  }

  /** The sections without figures. */
  private String listed() {
    if (!data.isPartial()) {
      return "";
    }
    Summary summary = data.listed();
    TimeUnitChoice unit = TimeUnitChoice.of(summary);
    List<Column> names = summary.varying(Column.FUNCTION);
    List<String> header =
        new ArrayList<>(names.stream().map(column -> column.header().replace('_', ' ')).toList());
    header.addAll(List.of("n", "failed", "mean", "median", "p95", "p99"));
    List<List<String>> rows = new ArrayList<>();
    for (GroupSummary group : summary.groups()) {
      List<String> cells =
          new ArrayList<>(names.stream().map(column -> group.key().get(column)).toList());
      cells.add(Long.toString(group.calls()));
      cells.add(Long.toString(group.failed()));
      cells.add(unit.format(group.latency().mean()));
      cells.add(unit.format(group.latency().median()));
      cells.add(unit.format(group.latency().p95()));
      cells.add(unit.format(group.latency().p99()));
      rows.add(cells);
    }
    return "<section id=\"others\">\n<h2>Sections without figures</h2>\n<p>Figures are drawn of those"
        + " with the most calls; these have the next most. "
        + (data.plan().leftOut() > 0
            ? data.plan().leftOut()
                + " more are not listed; their calls count in the summary, and in the section of"
                + " all functions together."
            : "")
        + "</p>\n"
        + Html.table(
            "Latency in "
                + unit.name()
                + "; means of the calls that ended ok, percentiles of all (the others count as"
                + " infinitely slow)",
            header,
            names.size(),
            rows)
        + "</section>\n";
  }

  private static String title(ReportSection section) {
    return section.grouping().sections().contains(Column.FUNCTION) || section.grouping().isCell()
        ? section.function()
        : "Calls by "
            + section.grouping().factors().stream()
                .map(column -> column.header().replace('_', ' '))
                .collect(Collectors.joining(" and "));
  }

  // The workload always; what else tells this section from the others.
  private String place(ReportSection section) {
    List<String> parts = new ArrayList<>();
    for (Column column : section.grouping().sections()) {
      boolean varies =
          sections.stream().map(other -> other.key().get(column)).distinct().count() > 1;
      boolean always = column == Column.WORKLOAD || column == Column.KEEP_ALIVE;
      if (column != Column.FUNCTION && (varies || always)) {
        String name = column == Column.KEEP_ALIVE ? "keep-alive" : column.header();
        parts.add(name + " " + section.key().get(column));
      }
    }
    return String.join(" · ", parts);
  }

  private String experiments() {
    return data.runs().stream()
        .map(RunFacts::experiments)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
