package io.github.faasbench.report.html;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** What the page carries besides its figures: style, script and plotly.js. */
final class PageResources {

  private PageResources() {}

  static String style() throws IOException {
    return text("report.css");
  }

  static String script() throws IOException {
    return text("report.js");
  }

  static String plotlyLicence() throws IOException {
    return text("plotly.LICENSE");
  }

  /** plotly.js, gzipped by the build, in base64. */
  static String plotlyBase64() throws IOException {
    return Base64.getEncoder().encodeToString(bytes("plotly.js.gz"));
  }

  /** plotly.js as the page's script unpacks it. */
  static String plotly() throws IOException {
    try (InputStream unpacked =
        new GZIPInputStream(new ByteArrayInputStream(bytes("plotly.js.gz")))) {
      return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = PageResources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            name + " is missing beside the report's classes; build with Maven: mvn package");
      }
      return in.readAllBytes();
    }
  }
}
