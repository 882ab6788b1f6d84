package io.github.faasbench.analysis.series;

import java.util.Locale;

/** Why a group has no interval and no verdict, and what to measure. */
final class Refusals {

  private static final String REPEAT = "set repetitions: " + Observations.REPETITIONS + " or more";

  /** Calls worth so many are well above what is needed; short series look worth more. */
  private static final double WANTED = 10 * Observations.LEAST_WORTH;

  /** Kendall's tau of batches and time: where it is so high, no longer run would settle. */
  private static final double GROWS = 0.8;

  private static final String OVERLOAD =
      ", and latency grows all along: the load may be more than the nodes can take; lower the rate,"
          + " or measure longer";

  private Refusals() {}

  /** One sentence without an end; empty: there is nothing against it. */
  static String of(Observations of) {
    if (of.repetitions() >= Observations.REPETITIONS) {
      return "";
    }
    Worth worth = of.worth();
    if (!of.exact() && !of.evenlyNumbered()) {
      return "the numbers of its calls leave gaps too large to cut them into like batches; "
          + REPEAT;
    }
    if (worth.dependent()) {
      if (worth.independent() < Observations.LEAST_WORTH) {
        return depend(worth)
            + (of.growth() >= GROWS ? OVERLOAD : longer(WANTED / worth.independent()));
      }
      if (Observations.depend(worth.lag1(), worth.batches())) {
        return depend(worth)
            + String.format(
                Locale.ROOT,
                " at most, since %d batches of them still depend on each other (%.2f)",
                worth.batches(),
                worth.lag1())
            + longer(4);
      }
    }
    return of.simulated() && of.repetitionsDiffer()
        ? "its "
            + of.repetitions()
            + " repetitions differ by more than their calls explain; "
            + REPEAT
        : "";
  }

  private static String depend(Worth worth) {
    return String.format(
        Locale.ROOT,
        "calls depend on each other: %,d are worth about %,d",
        worth.calls(),
        Math.max(1, Math.round(worth.independent())));
  }

  private static String longer(double times) {
    double unit = Math.pow(10, Math.floor(Math.log10(times)));
    return String.format(
        Locale.ROOT,
        "; measure %.0f times as long, or %s",
        Math.max(2, unit * Math.ceil(times / unit)),
        REPEAT);
  }
}
