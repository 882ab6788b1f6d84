package io.github.faasbench.report.html;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.report.Html;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls that did not end ok, or not at their first attempt, counted by cause. */
final class FailedCalls {

  private static final int SHOWN = 50;

  /** Causes may be as many as the calls. */
  private static final int MOST_CAUSES = 10_000;

  private static final List<String> OTHER = List.of("", "", "", "", "", "other causes");

  private final Map<List<String>, Long> counts = new LinkedHashMap<>();

  private boolean anyTriedAgain;

  void accept(Invocation row) {
    boolean ok = row.outcome() == Outcome.OK;
    if (ok && row.attempts() < 2) {
      return;
    }
    anyTriedAgain |= row.attempts() > 1;
    List<String> cause =
        List.of(
            row.function(),
            row.policy(),
            row.warming(),
            row.node(),
            row.outcome().text() + (row.attempts() > 1 ? ", attempt " + row.attempts() : ""),
            row.error());
    boolean known = counts.size() < MOST_CAUSES || counts.containsKey(cause);
    counts.merge(known ? cause : OTHER, 1L, Long::sum);
  }

  /** A table; empty where every call ended ok. */
  String html() {
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
    return "<section id=\"failed\">\n<h2>"
        + (anyTriedAgain ? "Calls that failed or were tried again" : "Failed calls")
        + "</h2>\n"
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
