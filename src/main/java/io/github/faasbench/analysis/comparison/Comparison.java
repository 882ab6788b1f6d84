package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Sample;
import io.github.faasbench.analysis.statistics.CliffsDelta;
import io.github.faasbench.analysis.statistics.HodgesLehmann;
import io.github.faasbench.analysis.statistics.MannWhitney;
import io.github.faasbench.analysis.statistics.ManySamples;
import io.github.faasbench.analysis.statistics.Resamples;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Two groups: how the latency of the second stands against that of the first. The unit is the
 * repetition, by its median, where both have two or more, since calls of one run depend on each
 * other; else the call. Calls that did not end ok count as infinitely slow, but not in means.
 *
 * @param byRepetition whether repetitions are the unit of tests, Cliff's delta and shift
 * @param meanDifference seconds, second minus first
 * @param meanRatio second by first
 * @param medianDifference seconds, second minus first
 * @param medianRatio second by first
 * @param test Mann-Whitney, of the units
 * @param p that test's, corrected by Holm for the other pairs of the same question
 * @param leastP the smallest corrected p that so few units can give
 * @param delta Cliff's: above 0 where the second is slower
 * @param shift Hodges and Lehmann's, seconds: how much slower the second is
 * @param spread Brown and Forsythe's test of whether one varies more than the other
 * @param spreadP that test's p, corrected by Holm
 */
public record Comparison(
    GroupSummary first,
    GroupSummary second,
    boolean byRepetition,
    Estimate meanDifference,
    Estimate meanRatio,
    Estimate medianDifference,
    Estimate medianRatio,
    MannWhitney test,
    double p,
    double leastP,
    CliffsDelta delta,
    HodgesLehmann shift,
    ManySamples.Test spread,
    double spreadP) {

  /** A difference is shown where p is below. */
  public static final double ALPHA = 0.05;

  /** Compares two groups, as if nothing else were asked of the same data. */
  public static Comparison of(GroupSummary first, GroupSummary second) {
    boolean byRepetition = first.sample().repetitions() > 1 && second.sample().repetitions() > 1;
    double[] x = units(first.sample(), byRepetition);
    double[] y = units(second.sample(), byRepetition);
    MannWhitney test = MannWhitney.of(y, x);
    ManySamples.Test spread = spread(List.of(first, second), byRepetition);
    DoubleBinaryOperator minus = (a, b) -> a == b ? 0 : b - a;
    DoubleBinaryOperator by = Comparison::ratio;
    Resamples a = first.sample().resamples();
    Resamples b = second.sample().resamples();
    double[] means = {first.latency().mean(), second.latency().mean()};
    double[] medians = {first.latency().median(), second.latency().median()};
    return new Comparison(
        first,
        second,
        byRepetition,
        new Estimate(minus.applyAsDouble(means[0], means[1]), a.means(b, minus)),
        new Estimate(by.applyAsDouble(means[0], means[1]), a.means(b, by)),
        new Estimate(minus.applyAsDouble(medians[0], medians[1]), a.medians(b, minus)),
        new Estimate(by.applyAsDouble(medians[0], medians[1]), a.medians(b, by)),
        test,
        test.p(),
        MannWhitney.leastP(x.length, y.length),
        CliffsDelta.of(y, x),
        HodgesLehmann.of(y, x),
        spread,
        spread.p());
  }

  /** Infinite by infinite is nothing that can be told. */
  private static double ratio(double first, double second) {
    return first == second && first != 0 && !Double.isInfinite(first) ? 1 : second / first;
  }

  /** The values that tests compare. */
  static double[] units(Sample sample, boolean byRepetition) {
    return byRepetition ? sample.medians() : sample.values();
  }

  /** Brown and Forsythe's test; of repetitions by the mean distance from the median within each. */
  static ManySamples.Test spread(List<GroupSummary> groups, boolean byRepetition) {
    if (!byRepetition) {
      return ManySamples.brownForsythe(groups.stream().map(g -> g.sample().values()).toList());
    }
    return ManySamples.variance(groups.stream().map(g -> spreads(g.sample())).toList());
  }

  private static double[] spreads(Sample sample) {
    return Arrays.stream(sample.spreads()).filter(Double::isFinite).toArray();
  }

  /** Holm's correction over the pairs of one question. */
  static List<Comparison> corrected(List<Comparison> pairs) {
    double[] p = ManySamples.holm(pairs.stream().mapToDouble(c -> c.test.p()).toArray());
    double[] spreadP = ManySamples.holm(pairs.stream().mapToDouble(c -> c.spread.p()).toArray());
    Comparison[] corrected = new Comparison[p.length];
    Arrays.setAll(
        corrected,
        i -> pairs.get(i).with(p[i], spreadP[i], Math.min(1, p.length * pairs.get(i).leastP)));
    return List.of(corrected);
  }

  private Comparison with(double newP, double newSpreadP, double newLeastP) {
    return new Comparison(
        first,
        second,
        byRepetition,
        meanDifference,
        meanRatio,
        medianDifference,
        medianRatio,
        test,
        newP,
        newLeastP,
        delta,
        shift,
        spread,
        newSpreadP);
  }

  /** Whether the test shows that one of both answers faster. */
  public boolean shown() {
    return p < ALPHA;
  }

  /** Whether so few units could never show a difference, however large. */
  public boolean tooFew() {
    return !(leastP < ALPHA);
  }

  /** Whether the test shows that one of both varies more. */
  public boolean spreadShown() {
    return spreadP < ALPHA;
  }
}
