package io.github.faasbench.report;

import java.util.List;

/** Pieces of HTML; every text that comes in is escaped here. */
public final class Html {

  private Html() {}

  /** Text for an element or a quoted attribute. */
  public static String text(String value) {
    return Figures.visible(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Several lines of text for a {@code pre} element. */
  public static String lines(String value) {
    StringBuilder lines = new StringBuilder();
    value.lines().forEach(line -> lines.append(text(line)).append('\n'));
    return lines.toString();
  }

  /**
   * A table that scrolls in its own box. The first {@code names} columns are names, the others
   * numbers; cells are plain text, and an empty one says not measured.
   */
  public static String table(
      String caption, List<String> header, int names, List<List<String>> rows) {
    StringBuilder html = new StringBuilder();
    html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(text(caption))
        .append("\">\n<table>\n<caption>")
        .append(text(caption))
        .append("</caption>\n<thead><tr>");
    for (int i = 0; i < header.size(); i++) {
      html.append(i < names ? "<th scope=\"col\" class=\"name\">" : "<th scope=\"col\">")
          .append(text(header.get(i)))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    rows.forEach(row -> html.append(row(row, names)));
    return html.append("</tbody>\n</table>\n</div>\n").toString();
  }

  private static String row(List<String> cells, int names) {
    StringBuilder html = new StringBuilder("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i).isEmpty() ? "–" : text(cells.get(i));
      if (i == 0 && names > 0) {
        html.append("<th scope=\"row\" class=\"name\">").append(cell).append("</th>");
      } else if (i < names) {
        html.append(cells.get(i).length() > 40 ? "<td class=\"name long\">" : "<td class=\"name\">")
            .append(cell)
            .append("</td>");
      } else {
        html.append("<td>").append(cell).append("</td>");
      }
    }
    return html.append("</tr>\n").toString();
  }
}
