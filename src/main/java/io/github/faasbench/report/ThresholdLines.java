package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.Measure.Quantity;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.metrics.Column;
import java.util.List;
import java.util.stream.Collectors;

/** What became of thresholds, one line each. */
public final class ThresholdLines {

  private ThresholdLines() {}

  /** Such as {@code pass latency.p95 < 2s: at most 1.234 s, in f · round-robin · cold}. */
  public static String of(Threshold.Result result) {
    Threshold threshold = result.threshold();
    String where = where(threshold);
    String selected = where.isEmpty() ? "" : " where " + where;
    String line = word(result) + "  " + threshold.check() + selected + ": ";
    if (result.worstCell() == null) {
      return line + "no cell is meant, so nothing was checked";
    }
    String cell = cell(result.worstCell());
    if (result.status() == Threshold.Status.NO_DATA) {
      return line + "no data in " + cell;
    }
    String bound = result.cells() == 1 ? "" : threshold.upper() ? "at most " : "at least ";
    String seen = bound + value(result) + ", in " + cell;
    return result.passed() || result.cells() == 1
        ? line + seen
        : line + seen + "; " + result.missed() + " of " + result.cells() + " cells fail";
  }

  /** The same, two further in and broken where a terminal ends. */
  public static List<String> wrapped(Threshold.Result result, int width) {
    return width == Integer.MAX_VALUE
        ? List.of("  " + of(result))
        : TextGrid.wrapped("  " + of(result), width);
  }

  /** How it went, in a word that is told from the others without colour. */
  public static String word(Threshold.Result result) {
    return switch (result.status()) {
      case PASSED -> "pass";
      case MISSED -> "FAIL";
      case NO_DATA -> "ERROR";
    };
  }

  /** The cells that are meant; empty: all. */
  public static String where(Threshold threshold) {
    List<String> parts =
        threshold.where().entrySet().stream()
            .map(e -> e.getKey().header() + " " + String.join(" or ", e.getValue()))
            .toList();
    return Figures.visible(String.join(", ", parts));
  }

  /** The factors of a cell. */
  public static String cell(GroupKey key) {
    return key.columns().stream()
        .filter(column -> column != Column.EXPERIMENT && column != Column.RUN)
        .map(column -> Figures.visible(key.get(column)))
        .collect(Collectors.joining(" · "));
  }

  /** The value farthest to the wrong side, with its unit. */
  public static String value(Threshold.Result result) {
    return value(result.threshold().measure().quantity(), result.worst());
  }

  private static String value(Quantity quantity, double value) {
    if (Double.isInfinite(value)) {
      return "∞";
    }
    return switch (quantity) {
      case DURATION ->
          Math.abs(value) < 1
              ? Figures.decimals(1000 * value, 3) + " ms"
              : Figures.decimals(value, 3) + " s";
      case SHARE -> Figures.decimals(100 * value, 2) + " %";
      case RATE -> Figures.decimals(value, 3) + "/s";
      case NUMBER -> Figures.decimals(value, value == Math.rint(value) ? 0 : 3);
    };
  }
}
