package io.github.faasbench.coverage;

import java.util.Locale;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * What is asked of a share of the trials. It fails only where an exact binomial test rejects it.
 *
 * @param what is counted
 * @param least of the share
 * @param most of the share
 */
record Bound(What what, double least, double most) {

  /** The level of the test. */
  static final double LEVEL = 0.001;

  /** What is counted. */
  enum What {
    /** Intervals that cover, of those that there are. */
    COVER,
    /** Intervals that miss, of all trials. */
    MISS,
    /** Trials that show a difference, of those with a verdict. */
    DIFFER,
    /** Trials that show a difference, of all. */
    FOUND,
    /** Trials without interval or verdict. */
    REFUSE
  }

  static Bound cover(double least, double most) {
    return new Bound(What.COVER, least, most);
  }

  static Bound atMost(What what, double most) {
    return new Bound(what, 0, most);
  }

  static Bound atLeast(What what, double least) {
    return new Bound(what, least, 1);
  }

  boolean holds(Counts counts) {
    int trials = what == What.COVER || what == What.DIFFER ? counts.answered() : counts.trials();
    int count =
        switch (what) {
          case COVER, DIFFER, FOUND -> counts.yes();
          case MISS -> counts.answered() - counts.yes();
          case REFUSE -> counts.refused();
        };
    if (trials == 0) {
      return true;
    }
    return BinomialDistribution.of(trials, least).cumulativeProbability(count) >= LEVEL
        && BinomialDistribution.of(trials, most).survivalProbability(count - 1) >= LEVEL;
  }

  String text() {
    String word = what.name().toLowerCase(Locale.ROOT);
    if (least == most) {
      return String.format(Locale.ROOT, "%s %.0f %%", word, 100 * most);
    }
    return least > 0 && most < 1
        ? String.format(Locale.ROOT, "%s %.0f-%.0f %%", word, 100 * least, 100 * most)
        : least > 0
            ? String.format(Locale.ROOT, "%s >= %.0f %%", word, 100 * least)
            : String.format(Locale.ROOT, "%s <= %.0f %%", word, 100 * most);
  }
}
