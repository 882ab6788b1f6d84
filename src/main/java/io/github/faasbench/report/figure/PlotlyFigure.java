package io.github.faasbench.report.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.report.Figures;
import io.github.faasbench.report.TextGrid;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** A figure that jsplot has no words for: plotly's own data and layout, written as JSON. */
final class PlotlyFigure {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MathContext DIGITS = new MathContext(5);

  private final ObjectNode figure = JSON.createObjectNode();
  private final ArrayNode data = figure.putArray("data");
  private final ObjectNode layout = figure.putObject("layout");

  PlotlyFigure(String title) {
    layout.put("title", title);
  }

  ObjectNode trace(String type) {
    return data.addObject().put("type", type);
  }

  ObjectNode layout() {
    return layout;
  }

  /** {@code x} or {@code y}, with a number from the second on. */
  ObjectNode axis(String letter, int number, String title) {
    ObjectNode axis = layout.putObject(letter + "axis" + (number == 1 ? "" : number));
    if (!title.isEmpty()) {
      axis.putObject("title").put("text", title);
    }
    return axis;
  }

  Drawing drawing(String id, String caption, int heightPixels, String table) {
    try {
      // In JSON "<" occurs in strings only: a name with "</script>" must not end the element.
      String json = JSON.writeValueAsString(figure).replace("<", "\\u003c");
      String title = layout.get("title").asText();
      return new Drawing(id, title, caption, heightPixels, table, "", json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts can be written", e);
    }
  }

  static void texts(ArrayNode to, List<String> values) {
    values.forEach(value -> to.add(label(value)));
  }

  /** To five digits; what is no number becomes a gap. */
  static void number(ArrayNode to, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      to.addNull();
    } else {
      BigDecimal rounded = new BigDecimal(value).round(DIGITS);
      if (rounded.signum() == 0) {
        to.add(0);
      } else {
        to.add(rounded.stripTrailingZeros());
      }
    }
  }

  static void numbers(ArrayNode to, double... values) {
    for (double value : values) {
      number(to, value);
    }
  }

  /**
   * A name as plotly may show it. It reads a little HTML of its own, and jsplot puts names into
   * JavaScript strings with HTML escapes only: characters with a meaning in either become harmless
   * look-alikes.
   */
  static String label(String name) {
    String harmless =
        Figures.visible(name)
            .replace('\\', '∖')
            .replace('<', '‹')
            .replace('>', '›')
            .replace('&', '＆')
            .replace('"', '”')
            .replace('\'', '’')
            .replace('`', '‘')
            .replace("%{", "％{"); // plotly's templates of hover texts
    return TextGrid.shortened(harmless, 40);
  }
}
