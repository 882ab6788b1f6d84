package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.series.Observations.Part;
import io.github.faasbench.analysis.series.Observations.Repetition;
import java.util.ArrayList;
import java.util.List;

/** Makes series and groups of them for tests. */
final class SeriesOf {

  private SeriesOf() {}

  /** Calls in order of arrival, numbered from 1; no container was started for any. */
  static CallSeries calls(double... seconds) {
    CallSeries series = new CallSeries();
    for (int i = 0; i < seconds.length; i++) {
      series.add(i + 1L, seconds[i], false);
    }
    return series;
  }

  /** A simulated cell with a repetition for each series. */
  static Observations group(CallSeries... series) {
    List<Repetition> repetitions = new ArrayList<>();
    for (CallSeries one : series) {
      int number = repetitions.size() + 1;
      repetitions.add(new Repetition("run", number, List.of(new Part("load", one))));
    }
    return new Observations(repetitions, true, 1);
  }

  /** A simulated cell of one repetition. */
  static Observations cell(double... seconds) {
    return group(calls(seconds));
  }

  /** A repetition of three calls for each of these means. */
  static Observations repetitions(double... means) {
    CallSeries[] series = new CallSeries[means.length];
    for (int i = 0; i < means.length; i++) {
      series[i] = calls(means[i] + .1, means[i], means[i] - .1);
    }
    return group(series);
  }
}
