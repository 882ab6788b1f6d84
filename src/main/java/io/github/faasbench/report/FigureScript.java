package io.github.faasbench.report;

import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/**
 * One figure of the page: its words, and the script that queues its drawing.
 *
 * @param id of the element it is drawn into; a JavaScript name
 */
record FigureScript(String id, String title, String caption, String script) {

  /**
   * Lets jsplot write the figure. Titles are ours: jsplot puts them into JavaScript strings with
   * HTML escapes only.
   */
  static FigureScript of(String id, String caption, Words words, Trace... traces) {
    Layout layout =
        Layout.builder(words.title())
            .barMode(Layout.BarMode.GROUP)
            .xAxis(Axis.builder().title(words.xTitle()).build())
            .yAxis(Axis.builder().title(words.yTitle()).build())
            .build();
    String javascript = new Figure(layout, traces).asJavascript(id);
    return new FigureScript(id, words.title(), caption, safe(javascript));
  }

  /** Title of the figure and of its axes. */
  record Words(String title, String xTitle, String yTitle) {}

  // jsplot writes a script element of its own, and category names as they are: a name with
  // "</script>" would end it. In what it writes, "<" occurs in strings only.
  private static String safe(String javascript) {
    int start = javascript.indexOf("<script>") + "<script>".length();
    int end = javascript.lastIndexOf("</script>");
    return javascript.substring(start, end).replace("<", "\\u003c");
  }

  String html() {
    return "<figure>\n<div class=\"plot\" id=\""
        + id
        + "\" role=\"img\" aria-label=\""
        + Html.text(title + ". " + caption + " The tables hold the numbers.")
        + "\"></div>\n<figcaption>"
        + Html.text(caption)
        + "</figcaption>\n</figure>\n<script>faasbenchFigures.push(function (Plotly) {"
        + script
        + "});</script>\n";
  }
}
