package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a node that fails is set aside, and how often it is then asked whether it is back.
 *
 * @param failures one after the other, of attempts or of readings of its load
 * @param backoff before the first question; each further one waits for twice as long
 * @param max the longest wait between two questions
 */
public record BreakerSpec(int failures, Duration backoff, Duration max) {

  /** Where the file does not say. */
  public static final BreakerSpec DEFAULT =
      new BreakerSpec(3, Duration.ofSeconds(1), Duration.ofMinutes(1));

  static final String OFF = "off";

  /** Empty: no node is ever set aside. */
  static Optional<BreakerSpec> read(Value breaker) {
    if (!breaker.present()) {
      return Optional.of(DEFAULT);
    }
    if (breaker.tree() instanceof Scalar scalar) {
      if (!scalar.text().equals(OFF)) {
        breaker.problem(
            "off or a map is wanted, not " + scalar.shown() + "; keys: failures, backoff, max");
      }
      return Optional.empty();
    }
    if (!breaker.map(List.of("failures", "backoff", "max"))) {
      return Optional.of(DEFAULT);
    }
    Duration backoff = breaker.at("backoff").above0(DEFAULT.backoff);
    Duration max = breaker.at("max").above0(longer(DEFAULT.max, backoff));
    if (max.compareTo(backoff) < 0) {
      breaker.at("max").problem("is shorter than backoff, " + Units.show(backoff));
    }
    int failures = (int) breaker.at("failures").whole(DEFAULT.failures, 1, Integer.MAX_VALUE);
    return Optional.of(new BreakerSpec(failures, backoff, max));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
