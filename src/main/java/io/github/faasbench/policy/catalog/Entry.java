package io.github.faasbench.policy.catalog;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One policy of the catalog.
 *
 * @param <T> the policy's contract
 * @param name as in the experiment file
 * @param summary one sentence for {@code faasbench policies}
 * @param source where the algorithm stands
 * @param parameters in the order shown
 * @param factory makes one for a cell; empty where the name is known but has no behaviour yet
 */
public record Entry<T>(
    String name,
    String summary,
    String source,
    List<Parameter> parameters,
    java.util.Optional<Factory<T>> factory) {

  /**
   * Makes a policy.
   *
   * @param <T> the policy's contract
   */
  public interface Factory<T> {
    /**
     * A new policy.
     *
     * @param parameters all parameters by name, defaults filled in: Long, Double, Duration, Boolean
     * @param random the policy's own stream, seeded by the plan
     */
    T create(Map<String, Object> parameters, RandomGenerator random);
  }

  /** What a parameter takes. */
  public enum Type {
    INTEGER,
    NUMBER,
    DURATION,
    BOOLEAN
  }

  /**
   * One parameter.
   *
   * @param defaultValue as written in the experiment file; null: required
   * @param minimum the smallest value allowed; NaN: none
   */
  public record Parameter(
      String name, Type type, String defaultValue, double minimum, String summary) {}

  public boolean supported() {
    return factory.isPresent();
  }
}
