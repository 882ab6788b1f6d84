package io.github.faasbench.report.figure;

import io.github.faasbench.report.Html;

/**
 * One figure of the page, with its words and its numbers.
 *
 * @param id of the element it is drawn into; a JavaScript name
 * @param heightPixels of the drawing; 0: as the page's style has it
 * @param table HTML with the figure's numbers; empty: they stand in the section's table
 * @param script JavaScript that draws it on {@code Plotly}; empty: {@code json} does
 * @param json plotly's data and layout; empty: {@code script} draws
 */
public record Drawing(
    String id,
    String title,
    String caption,
    int heightPixels,
    String table,
    String script,
    String json) {

  /** The element that it is drawn into, its caption, and its table. */
  public String html() {
    StringBuilder html = new StringBuilder("<figure>\n<div class=\"plot\" id=\"");
    html.append(id).append("\" role=\"img\" aria-label=\"");
    html.append(Html.text(title + ". " + caption + " A table below holds the numbers."))
        .append('"');
    if (heightPixels > 0) {
      html.append(" style=\"height:").append(heightPixels).append("px\"");
    }
    html.append("></div>\n<figcaption>").append(Html.text(caption)).append("</figcaption>\n");
    if (!table.isEmpty()) {
      html.append("<details><summary>Numbers: ")
          .append(Html.text(title))
          .append("</summary>\n")
          .append(table)
          .append("</details>\n");
    }
    return html.append("</figure>\n").toString();
  }
}
