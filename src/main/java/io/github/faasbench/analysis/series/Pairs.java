package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.series.Observations.Part;
import io.github.faasbench.analysis.series.Observations.Repetition;
import io.github.faasbench.analysis.statistics.Autocorrelation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Units of two groups that met the same load. */
final class Pairs {

  private Pairs() {}

  /** Calls of each side may not depend on each other where their differences do. */
  static boolean callsDepend(double[][] moved) {
    double[] differences = differences(moved);
    return Arrays.stream(differences).allMatch(Double::isFinite)
        && Autocorrelation.portmanteau(differences).p() < Observations.DEPENDENCE_LEVEL;
  }

  private static double[] differences(double[][] moved) {
    double[] differences = new double[moved[0].length];
    Arrays.setAll(differences, i -> moved[1][i] - moved[0][i]);
    return differences;
  }

  static boolean dependent(double[][] moved) {
    double[] differences = differences(moved);
    return differences.length > 2
        && Observations.depend(Autocorrelation.lag1(differences), differences.length);
  }

  /** The same repetitions, with as many series of the same loads. */
  static boolean found(Observations first, Observations second) {
    List<Repetition> a = first.parts();
    List<Repetition> b = second.parts();
    boolean like = a.size() == b.size() && first.simulated() == second.simulated();
    for (int i = 0; like && i < a.size(); i++) {
      like = a.get(i).number() == b.get(i).number() && loads(a.get(i)).equals(loads(b.get(i)));
    }
    return like
        && (a.size() >= Observations.REPETITIONS
            || sameCuts(first, second) && first.evenlyNumbered() && second.evenlyNumbered());
  }

  private static List<String> loads(Repetition repetition) {
    return repetition.parts().stream().map(Part::load).toList();
  }

  /** Of very few calls there are fewer batches where a number is missing. */
  static boolean sameCuts(Observations first, Observations second) {
    return Arrays.equals(cuts(first), cuts(second))
        && first.batches().size() == second.batches().size();
  }

  private static long[] cuts(Observations of) {
    return of.parts().stream()
        .flatMap(one -> one.parts().stream())
        .map(Part::calls)
        .flatMapToLong(
            series ->
                LongStream.of(
                    series.first(), series.last(), series.calls(), series.exact() ? 1 : 0))
        .toArray();
  }

  static boolean equal(Observations first, Observations second) {
    List<Part> a = first.parts().stream().flatMap(one -> one.parts().stream()).toList();
    List<Part> b = second.parts().stream().flatMap(one -> one.parts().stream()).toList();
    boolean equal = first.whole().ok() > 0;
    for (int i = 0; equal && i < a.size(); i++) {
      equal = a.get(i).calls().sameAs(b.get(i).calls());
    }
    return equal;
  }

  /** What each pair of units adds to both sides. */
  static double[][] influences(
      Observations first, Observations second, Statistic statistic, Unit unit) {
    return switch (unit) {
      case REPETITION -> new double[][] {logs(first, statistic), logs(second, statistic)};
      case BATCH -> new double[][] {batches(first, statistic), batches(second, statistic)};
      case CALL -> calls(first, second, statistic);
    };
  }

  private static double[] logs(Observations of, Statistic statistic) {
    return Units.logs(of.wholes(), statistic);
  }

  private static double[] batches(Observations of, Statistic statistic) {
    return Units.influences(of.batches(), statistic, of.value(statistic), of.whole());
  }

  /** Of the calls that both have, by their numbers. */
  private static double[][] calls(Observations first, Observations second, Statistic statistic) {
    DoubleStream.Builder ofFirst = DoubleStream.builder();
    DoubleStream.Builder ofSecond = DoubleStream.builder();
    for (int i = 0; i < first.parts().size(); i++) {
      CallSeries a = first.parts().get(i).parts().get(0).calls();
      CallSeries b = second.parts().get(i).parts().get(0).calls();
      double[] x =
          Units.influences(a.latencies(), statistic, first.value(statistic), first.whole());
      double[] y =
          Units.influences(b.latencies(), statistic, second.value(statistic), second.whole());
      long[] numbersOfA = a.numbers();
      long[] numbersOfB = b.numbers();
      int k = 0;
      for (int j = 0; j < x.length; j++) {
        while (k < y.length && numbersOfB[k] < numbersOfA[j]) {
          k++;
        }
        if (k < y.length && numbersOfB[k] == numbersOfA[j]) {
          ofFirst.add(x[j]);
          ofSecond.add(y[k++]);
        }
      }
    }
    return new double[][] {ofFirst.build().toArray(), ofSecond.build().toArray()};
  }
}
