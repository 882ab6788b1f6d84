package io.github.faasbench.report.html;

import io.github.faasbench.report.Html;
import io.github.faasbench.report.figure.Drawing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands around the page's content: head, style, scripts, plotly.js. Only these scripts may
 * run: the content security policy names the hash of each.
 */
final class PageFrame {

  private final String title;
  private final String figureScript;
  private final String figureJson;

  PageFrame(String title, List<Drawing> drawings) {
    this.title = title;
    figureScript =
        drawings.stream()
            .filter(drawing -> !drawing.script().isEmpty())
            .map(
                drawing ->
                    "faasbenchFigures."
                        + drawing.id()
                        + " = function (Plotly) {"
                        + drawing.script()
                        + "};\n")
            .collect(Collectors.joining("", "const faasbenchFigures = {};\n", ""));
    figureJson =
        drawings.stream()
            .filter(drawing -> !drawing.json().isEmpty())
            .map(drawing -> "\"" + drawing.id() + "\":" + drawing.json())
            .collect(Collectors.joining(",\n", "{", "}"));
  }

  String around(CharSequence body) throws IOException {
    String script = PageResources.script();
    StringBuilder html = new StringBuilder(body.length() + figureScript.length() + 4_000_000);
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(policy(figureScript, script, PageResources.plotly()))
        .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>faasbench: ")
        .append(Html.text(title))
        .append("</title>\n<style>\n")
        .append(PageResources.style())
        .append("</style>\n<noscript><style>.plot { display: none; }</style></noscript>\n")
        .append("</head>\n<body>\n")
        .append(body)
        .append("<footer>\n<p>Written by faasbench. Figures drawn by plotly.js, which this file")
        .append(" carries under its MIT licence.</p>\n<details><summary>Licence of plotly.js")
        .append("</summary>\n<pre>")
        .append(Html.lines(PageResources.plotlyLicence()))
        .append("</pre></details>\n</footer>\n<script type=\"text/plain\" id=\"plotly-gz\">")
        .append(PageResources.plotlyBase64())
        .append("</script>\n<script type=\"application/json\" id=\"figures\">")
        .append(figureJson)
        .append("</script>\n<script>")
        .append(figureScript)
        .append("</script>\n<script>")
        .append(script)
        .append("</script>\n</body>\n</html>\n");
    return html.toString();
  }

  // plotly.js writes style elements and attributes, which have no hash before it does.
  private static String policy(String... scripts) {
    String hashes =
        Stream.of(scripts)
            .map(PageFrame::hash)
            .collect(Collectors.joining("' 'sha256-", "'sha256-", "'"));
    return "default-src 'none'; script-src "
        + hashes
        + "; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String script) {
    MessageDigest digest = CsvFile.newDigest();
    return Base64.getEncoder()
        .encodeToString(digest.digest(script.getBytes(StandardCharsets.UTF_8)));
  }
}
