package io.github.faasbench.experiment;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Until when a cell goes on: until the 95 % interval of each function's latency is narrow enough.
 *
 * @param halfWidth half the interval's width as a share of the estimate, 0 to 1
 * @param max calls per function and cell after which it ends in any case
 */
public record StopSpec(double halfWidth, Of of, long max) {

  /** What the interval is of. */
  public enum Of {
    MEDIAN,
    MEAN
  }

  /** How many calls each function makes at least, where {@code invocations} does not say. */
  static final int LEAST = 20;

  /**
   * @param least calls that each cell makes anyway
   */
  static Optional<StopSpec> read(Value stop, long least) {
    if (!stop.map(List.of("halfWidth", "of", "max"))) {
      return Optional.empty();
    }
    stop.require(List.of("halfWidth", "max"));
    double halfWidth = stop.at("halfWidth").share(0.05);
    if (!(halfWidth > 0 && halfWidth < 1)) {
      stop.at("halfWidth").problem("a share above 0% and below 100% is wanted, as in 5%");
    }
    long max = stop.at("max").whole(Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    if (max < least && least < Long.MAX_VALUE) {
      stop.at("max").problem(max + " is less than the " + least + " invocations that a cell makes");
    }
    return Optional.of(new StopSpec(halfWidth, stop.at("of").oneOf(Of.MEDIAN, Set.of()), max));
  }
}
