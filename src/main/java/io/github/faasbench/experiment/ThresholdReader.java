package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Vocabulary.Quantity;
import io.github.faasbench.experiment.YamlTree.Entries;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code thresholds}: {@code latency.p95 < 2s} or {@code {check: …, where: {…}}} each. */
final class ThresholdReader {

  /** What {@code where} may name, in the order of a cell's factors. */
  static final List<String> SELECTORS =
      List.of("function", "policy", "warming", "workload", "keepAlive");

  private static final Pattern CHECK = Pattern.compile("\\s*(\\S+?)\\s*(<=|>=|<|>)\\s*(.*?)\\s*");

  /** Above 0 and below 100. */
  static final Pattern PERCENTILE =
      Pattern.compile("latency\\.p(?!0+(?:\\.0+)?$)\\d{1,2}(?:\\.\\d{1,4})?");

  private final Map<String, Quantity> measures;
  private final Map<String, List<String>> values;

  /**
   * @param measures what can be checked, and how its limits are written
   * @param values selector to the values that the experiment has; one that is not there: any
   */
  ThresholdReader(Map<String, Quantity> measures, Map<String, List<String>> values) {
    this.measures = measures;
    this.values = values;
  }

  List<ThresholdSpec> read(Value thresholds) {
    var specs = new ArrayList<ThresholdSpec>();
    for (Value threshold : thresholds.itemsOrEmpty()) {
      if (!threshold.isMap()) {
        check(threshold, Map.of(), specs);
      } else if (threshold.map(List.of("check", "where"))) {
        check(threshold.at("check").required(), where(threshold.at("where")), specs);
      }
    }
    return specs;
  }

  private void check(Value value, Map<String, List<String>> where, List<ThresholdSpec> specs) {
    String text = value.text(null);
    if (text == null) {
      return;
    }
    Matcher check = CHECK.matcher(text);
    if (!check.matches()) {
      value.problem("a check is wanted, as in latency.p95 < 2s, not " + Problems.quote(text));
      return;
    }
    String measure = check.group(1);
    Quantity quantity = quantity(measure);
    if (quantity == null) {
      value.problem(
          "unknown metric "
              + Problems.quote(measure)
              + Problems.allowed(measures.keySet())
              + Problems.meant(measure, measures.keySet()));
      return;
    }
    String sign = check.group(2);
    try {
      specs.add(
          new ThresholdSpec(
              measure + " " + sign + " " + check.group(3),
              measure,
              sign.startsWith("<"),
              sign.endsWith("="),
              limit(quantity, check.group(3)),
              where));
    } catch (IllegalArgumentException e) {
      value.problem(measure + ": " + e.getMessage());
    }
  }

  /** Any percentile of the latency can be checked, such as {@code latency.p99.9}. */
  private Quantity quantity(String measure) {
    boolean percentile =
        measures.containsKey("latency.p95") && PERCENTILE.matcher(measure).matches();
    return measures.get(percentile ? "latency.p95" : measure);
  }

  private static double limit(Quantity quantity, String text) {
    return switch (quantity) {
      case DURATION -> Units.seconds(Units.parseDuration(text));
      case RATE -> Units.parseRate(text);
      case NUMBER -> Numerals.number(text, true, 0);
      case SHARE -> Units.parseShare(text);
    };
  }

  private Map<String, List<String>> where(Value where) {
    var selected = new TreeMap<String, List<String>>();
    if (where.map(SELECTORS)) {
      for (String key : ((Entries) where.tree()).entries().keySet()) {
        if (SELECTORS.contains(key)) {
          selected.put(key, selected(where.at(key), values.get(key)));
        }
      }
    }
    return selected;
  }

  /** A name alone means every value of that name, whatever its parameters. */
  private static List<String> selected(Value value, List<String> there) {
    var selected = new ArrayList<String>();
    for (Value item : value.isList() ? value.items() : List.of(value)) {
      String text = item.tree() instanceof Scalar ? item.text(null) : null;
      if (!(item.tree() instanceof Scalar)) {
        item.problem("a name is wanted, not " + item.tree().kind());
      }
      if (text == null) {
        continue;
      }
      String wanted = text.replace(" ", "");
      List<String> meant =
          there == null
              ? List.of(wanted)
              : there.stream()
                  .filter(name -> name.equals(wanted) || name.startsWith(wanted + "("))
                  .toList();
      if (meant.isEmpty()) {
        item.problem(
            "no cell has "
                + Problems.quote(text)
                + Problems.allowed(there)
                + Problems.meant(text, there));
      }
      selected.addAll(meant);
    }
    return selected;
  }
}
