package io.github.faasbench.report;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls that did not end ok, counted by cause. */
final class FailedCalls {

  private static final int SHOWN = 50;

  private FailedCalls() {}

  static String html(List<Invocation> rows) {
    Map<List<String>, Long> counts = new LinkedHashMap<>();
    for (Invocation row : rows) {
      if (row.outcome() != Outcome.OK) {
        counts.merge(
            List.of(
                row.function(),
                row.policy(),
                row.warming(),
                row.node(),
                row.outcome().text(),
                row.error()),
            1L,
            Long::sum);
      }
    }
    if (counts.isEmpty()) {
      return "";
    }
    List<List<String>> table =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(SHOWN)
            .map(FailedCalls::row)
            .toList();
    String caption =
        counts.size() > SHOWN
            ? "The " + SHOWN + " most frequent of " + counts.size() + " causes"
            : "Causes, the most frequent first";
    return "<section id=\"failed\">\n<h2>Failed calls</h2>\n"
        + Html.table(
            caption,
            List.of("function", "policy", "warming", "node", "outcome", "error", "calls"),
            6,
            table)
        + "</section>\n";
  }

  private static List<String> row(Map.Entry<List<String>, Long> count) {
    List<String> cells = new ArrayList<>(count.getKey());
    cells.add(Long.toString(count.getValue()));
    return cells;
  }
}
