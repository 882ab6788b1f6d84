package io.github.faasbench.analysis;

import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.metrics.Column;
import java.util.List;
import java.util.Map;

/**
 * What an experiment's file fixed before there were data: which comparisons are the primary ones,
 * of which statistic, and what is shown.
 *
 * @param primary the statistic of the primary comparisons
 * @param baselines by factor, the value that the others are compared with; a factor that is not
 *     there: its first group in reading order
 * @param percentiles to be shown, in percent
 * @param mser whether MSER-5 decides where the warm-up of each repetition ends
 * @param seed of the loads, as text; empty: not known
 */
public record Design(
    Statistic primary,
    Map<Column, String> baselines,
    List<Double> percentiles,
    boolean mser,
    String seed) {

  /** Where no file tells. */
  public static final Design DEFAULT =
      new Design(Statistic.MEAN, Map.of(), Distribution.PERCENTILES, false, "");

  public Design {
    baselines = Map.copyOf(baselines);
    percentiles = List.copyOf(percentiles);
  }
}
