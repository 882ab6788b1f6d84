package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many times as much a statistic of a second group is as that of a first one. Errors of both
 * are put together on the scale of logarithms, each side's by itself (Zou and Donner, "Construction
 * of confidence limits about effect measures", Statistics in Medicine 27, 2008), less what pairs of
 * units have in common: with symmetric errors that is Student's t on the differences of paired
 * units, and Welch's without pairs.
 *
 * @param value second by first; NaN where it can't be told
 * @param interval 95 %; unknown where there is no verdict
 * @param p that so much or more comes from chance alone; NaN where there is no verdict
 * @param unit of the second
 * @param units how many, of the side that has fewer
 * @param paired whether the units of both met the same load
 * @param calls that both sides met; 0 without pairs, or where only repetitions are pairs
 * @param refusal why there is no verdict; empty: there is
 */
public record Ratio(
    double value,
    Interval interval,
    double p,
    Unit unit,
    long units,
    boolean paired,
    long calls,
    String refusal) {

  private static final String EQUAL = "equal";

  /** Fewer calls that all took the same tell nothing of how much such calls vary. */
  private static final int ENOUGH_ALIKE = 20;

  /** Loads whose lengths differ by more are no like loads. */
  private static final double LENGTH_ALLOWED = 1.1;

  private static final String BLOCKS =
      "on real nodes each repetition is one block of time, and a difference takes "
          + Observations.REPETITIONS
          + " a side: set repetitions: "
          + Observations.REPETITIONS;

  /** Whether the two are equal in every unit. */
  public boolean same() {
    return paired && interval.method().equals(EQUAL);
  }

  /**
   * Compares.
   *
   * @param sameLoads whether repetitions of the same number met the same load
   */
  public static Ratio of(
      Observations first, Observations second, Statistic statistic, boolean sameLoads) {
    Set<Integer> both = new HashSet<>(first.numbers());
    both.retainAll(second.numbers());
    boolean lost = !first.numbers().equals(second.numbers());
    if (sameLoads && lost && both.size() >= Observations.REPETITIONS) {
      // A run that was stopped, or went on, may have lost one on one side.
      return of(first.only(both), second.only(both), statistic, true);
    }
    double value = ratio(first.value(statistic), second.value(statistic));
    boolean paired = sameLoads && Pairs.found(first, second);
    boolean sameCalls = paired && Pairs.sameCuts(first, second);
    long calls = sameCalls ? first.whole().calls() : 0;
    Unit unit = unit(first, second, paired);
    long units =
        paired
            ? Math.min(count(first, unit), count(second, unit))
            : Math.min(first.units(), second.units());
    String refusal = refusal(first, second);
    if (paired && Pairs.equal(first, second)) {
      return new Ratio(1, new Interval(1, 1, EQUAL), 1, unit, units, true, calls, "");
    }
    if (!refusal.isEmpty()) {
      return refused(value, unit, units, paired, calls, refusal);
    }
    if (!paired) {
      Estimate a = first.estimate(statistic);
      Estimate b = second.estimate(statistic);
      return of(a, b, 0, welch(a, b), value, unit, units, false, calls);
    }
    Estimate a = first.estimate(statistic, unit);
    Estimate b = second.estimate(statistic, unit);
    double[][] moved = Pairs.influences(first, second, statistic, unit);
    if (unit == Unit.CALL && Pairs.callsDepend(moved)) {
      unit = Unit.BATCH;
      units = Math.min(count(first, unit), count(second, unit));
      a = first.estimate(statistic, unit);
      b = second.estimate(statistic, unit);
      moved = Pairs.influences(first, second, statistic, unit);
    }
    if (unit == Unit.BATCH && Pairs.dependent(moved)) {
      String why = "the differences of the batches still depend on each other; measure longer";
      return refused(value, unit, units, true, calls, why);
    }
    double common = Means.correlation(moved[0], moved[1]);
    double freedom = Math.min(a.freedom(), b.freedom());
    return of(a, b, common, freedom, value, unit, units, true, calls);
  }

  private static Ratio refused(
      double value, Unit unit, long units, boolean paired, long calls, String why) {
    return new Ratio(value, Interval.unknown(why), Double.NaN, unit, units, paired, calls, why);
  }

  private static Ratio of(
      Estimate a,
      Estimate b,
      double common,
      double freedom,
      double value,
      Unit unit,
      long units,
      boolean paired,
      long calls) {
    Estimate above0 = a.value() == 0 ? b : a;
    if ((a.value() == 0 || b.value() == 0) && above0.hasErrors()) {
      // No ratio, yet no doubt where the other side is surely above 0.
      double p = Means.twoSided(1 / above0.errorBelow(), above0.freedom());
      Interval all = new Interval(value, value, "one is 0");
      return new Ratio(value, all, p, unit, units, paired, calls, "");
    }
    if (!a.hasErrors() || !b.hasErrors()) {
      String why = a.hasErrors() ? b.obstacle() : a.obstacle();
      return refused(value, unit, units, paired, calls, why);
    }
    double below = together(b.errorBelow(), a.errorAbove(), common);
    double above = together(b.errorAbove(), a.errorBelow(), common);
    if (below == 0 && above == 0 && unit == Unit.CALL && units < ENOUGH_ALIKE) {
      String why = "all calls of each side took the same, and so few tell nothing of how they vary";
      return refused(value, unit, units, paired, calls, why);
    }
    double t = Means.t(freedom);
    Interval interval =
        new Interval(
            value * Math.exp(-t * below),
            value * Math.exp(t * above),
            paired ? "paired, Student's t" : "Welch's t");
    double towardsNothing = value > 1 ? below : above;
    double statistic = Math.abs(Math.log(value)) / towardsNothing;
    double p = value == 1 ? 1 : Means.twoSided(statistic, freedom);
    return new Ratio(value, interval, p, unit, units, paired, calls, "");
  }

  private static double together(double one, double other, double common) {
    return Math.sqrt(Math.max(0, one * one + other * other - 2 * common * one * other));
  }

  /** Welch and Satterthwaite's degrees of freedom. */
  private static double welch(Estimate a, Estimate b) {
    double ofA = (a.errorBelow() * a.errorBelow() + a.errorAbove() * a.errorAbove()) / 2;
    double ofB = (b.errorBelow() * b.errorBelow() + b.errorAbove() * b.errorAbove()) / 2;
    if (ofA + ofB == 0) {
      return Math.min(a.freedom(), b.freedom());
    }
    double share = ofA / (ofA + ofB);
    return 1 / (share * share / a.freedom() + (1 - share) * (1 - share) / b.freedom());
  }

  /** Infinite by infinite is nothing that can be told. */
  private static double ratio(double first, double second) {
    return first == second && first != 0 && !Double.isInfinite(first) ? 1 : second / first;
  }

  private static String refusal(Observations first, Observations second) {
    if (first.withinBlocks() || second.withinBlocks()) {
      return BLOCKS;
    }
    if (!first.refusal().isEmpty() || !second.refusal().isEmpty()) {
      return first.refusal().isEmpty() ? second.refusal() : first.refusal();
    }
    return unlikeLengths(first, second);
  }

  /** A queue that begins empty is longer the longer a load lasts. */
  private static String unlikeLengths(Observations first, Observations second) {
    double ofFirst = (double) first.whole().calls() / first.repetitions();
    double ofSecond = (double) second.whole().calls() / second.repetitions();
    boolean unlike = Math.max(ofFirst, ofSecond) > LENGTH_ALLOWED * Math.min(ofFirst, ofSecond);
    boolean matters = tooShort(first) || tooShort(second);
    return unlike && matters
        ? String.format(
            Locale.ROOT,
            "repetitions are of %,.0f and %,.0f calls that depend on each other, and latency depends"
                + " on how long such a load lasts; make them equally long",
            ofFirst,
            ofSecond)
        : "";
  }

  private static boolean tooShort(Observations of) {
    Worth worth = of.worth();
    return worth.dependent() && worth.independent() / of.repetitions() < Observations.LEAST_WORTH;
  }

  /** Both are cut alike; calls only where each is kept. */
  private static Unit unit(Observations first, Observations second, boolean paired) {
    Unit coarser = first.unit().compareTo(second.unit()) > 0 ? first.unit() : second.unit();
    boolean exact =
        Stream.of(first, second)
            .flatMap(one -> one.parts().stream())
            .flatMap(one -> one.parts().stream())
            .allMatch(part -> part.calls().exact());
    return paired && coarser == Unit.CALL && !exact ? Unit.BATCH : coarser;
  }

  private static long count(Observations of, Unit unit) {
    return switch (unit) {
      case CALL -> of.whole().calls();
      case BATCH -> of.batches().size();
      case REPETITION -> of.repetitions();
    };
  }
}
