package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.statistics.Means;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Figures of the batches, or repetitions, that a group's calls are cut into. */
final class Units {

  private Units() {}

  /** Logarithms of a statistic of each unit. */
  static double[] logs(List<Batch> units, Statistic statistic) {
    ToDoubleFunction<Batch> value =
        switch (statistic.kind()) {
          case MEAN -> Batch::mean;
          case SPREAD -> Batch::spread;
          case QUANTILE -> unit -> unit.quantile(statistic.p());
        };
    return units.stream().mapToDouble(unit -> Math.log(value.applyAsDouble(unit))).toArray();
  }

  /**
   * How far each unit moves the statistic of all, so that their mean is 0 and their standard error
   * is that of the statistic: of a mean or a spread relative to its value, of a quantile in shares
   * of calls at its value. Units may be of different sizes.
   *
   * @param value of the statistic over all units
   * @param whole all calls
   */
  static double[] influences(List<Batch> units, Statistic statistic, double value, Batch whole) {
    double share = units.size();
    if (statistic.kind() == Statistic.Kind.QUANTILE) {
      double calls = units.stream().mapToLong(Batch::calls).sum();
      double[] below = units.stream().mapToDouble(unit -> unit.notAbove(value)).toArray();
      double p = Arrays.stream(below).sum() / calls;
      double[] moved = new double[below.length];
      Arrays.setAll(moved, i -> share * (below[i] - p * units.get(i).calls()) / calls);
      return moved;
    }
    double median = whole.latencies().quantile(0, 0.5);
    ToDoubleFunction<Batch> sum =
        statistic.kind() == Statistic.Kind.MEAN
            ? Batch::sum
            : unit -> unit.ok() == 0 ? 0 : unit.ok() * unit.latencies().distance(median);
    double ok = units.stream().mapToLong(Batch::ok).sum();
    double mean = units.stream().mapToDouble(sum).sum() / ok;
    double[] moved = new double[units.size()];
    Arrays.setAll(
        moved,
        i -> share * (sum.applyAsDouble(units.get(i)) - mean * units.get(i).ok()) / (mean * ok));
    return moved;
  }

  /** The same of each call. */
  static double[] influences(double[] calls, Statistic statistic, double value, Batch whole) {
    double[] moved = new double[calls.length];
    if (statistic.kind() == Statistic.Kind.QUANTILE) {
      Arrays.setAll(moved, i -> calls[i] <= value ? 1 : 0);
      return moved;
    }
    double median = whole.latencies().quantile(0, 0.5);
    boolean mean = statistic.kind() == Statistic.Kind.MEAN;
    Arrays.setAll(
        moved,
        i ->
            Double.isInfinite(calls[i])
                ? 0
                : (mean ? calls[i] : Math.abs(calls[i] - median)) / value - 1);
    return moved;
  }

  /** The standard error of a mean of so many units with these figures. */
  static double error(double[] figures) {
    return Means.standardDeviation(figures) / Math.sqrt(figures.length);
  }

  /** Units of several series that ran beside each other, put together by their order. */
  static List<Batch> beside(List<List<Batch>> series) {
    if (series.size() == 1) {
      return series.get(0);
    }
    int count = series.stream().mapToInt(List::size).min().orElse(0);
    List<Batch> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Batch> parts = new ArrayList<>();
      for (List<Batch> one : series) {
        // What one series has more of goes with its last unit.
        parts.addAll(one.subList(i, i + 1 == count ? one.size() : i + 1));
      }
      all.add(Batch.of(parts));
    }
    return all;
  }
}
