package io.github.faasbench.report.html;

import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.report.Html;
import io.github.faasbench.report.ThresholdLines;
import java.util.List;

/** What became of the experiment's thresholds, before anything else that the page says. */
final class ThresholdTable {

  private ThresholdTable() {}

  /** A section; empty where nothing was checked. */
  static String html(List<Threshold.Result> results) {
    if (results.isEmpty()) {
      return "";
    }
    boolean passed = results.stream().allMatch(Threshold.Result::passed);
    long held = results.stream().filter(Threshold.Result::passed).count();
    return "<section id=\"thresholds\" class=\""
        + (passed ? "verdicts" : "notes")
        + "\">\n<h2>Thresholds: "
        + (passed ? "all hold" : held + " of " + results.size() + " hold")
        + "</h2>\n"
        + Html.table(
            "Each with the value farthest to the wrong side",
            List.of("", "threshold", "where", "seen in", "value", "cells", "failing"),
            4,
            results.stream().map(ThresholdTable::row).toList())
        + "</section>\n";
  }

  private static List<String> row(Threshold.Result result) {
    return List.of(
        ThresholdLines.word(result),
        result.threshold().check(),
        ThresholdLines.where(result.threshold()).isEmpty()
            ? "all cells"
            : ThresholdLines.where(result.threshold()),
        result.worstCell() == null ? "no cell is meant" : ThresholdLines.cell(result.worstCell()),
        result.status() == Threshold.Status.NO_DATA ? "no data" : ThresholdLines.value(result),
        Integer.toString(result.cells()),
        Integer.toString(result.missed()));
  }
}
