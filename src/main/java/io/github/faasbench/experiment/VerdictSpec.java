package io.github.faasbench.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an experiment's verdicts are about. It changes no data.
 *
 * @param primary the statistic of the primary family
 * @param baselines of each factor the value that the others are compared with
 * @param percentiles that are shown, in percent, ascending
 */
record VerdictSpec(
    PrimaryStatistic primary, Map<Factor, Choice> baselines, List<Double> percentiles) {

  static final PrimaryStatistic DEFAULT_PRIMARY = PrimaryStatistic.MEAN;
  static final List<Double> DEFAULT_PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0);

  VerdictSpec {
    baselines = Collections.unmodifiableMap(new EnumMap<>(baselines));
    percentiles = List.copyOf(percentiles);
  }

  static VerdictSpec read(Value root, Map<Factor, Choice> baselines) {
    return new VerdictSpec(
        primary(root.at("primary")), baselines, percentiles(root.at("percentiles")));
  }

  static PrimaryStatistic primary(Value value) {
    return value.oneOf(DEFAULT_PRIMARY, Set.of());
  }

  static List<Double> percentiles(Value value) {
    if (!value.present()) {
      return DEFAULT_PERCENTILES;
    }
    var percentiles = new ArrayList<Double>();
    for (Value item : value.items()) {
      double percent = item.number(Double.NaN, Double.NaN);
      if (!Double.isNaN(percent) && !(percent > 0 && percent < 100)) {
        item.problem("must be above 0 and below 100, not " + Units.show(percent));
      } else if (percentiles.contains(percent)) {
        item.problem(Units.show(percent) + " is listed twice");
      } else if (!Double.isNaN(percent)) {
        percentiles.add(percent);
      }
    }
    Collections.sort(percentiles);
    return percentiles;
  }
}
