package io.github.faasbench.policy.catalog;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One policy of the catalog.
 *
 * @param <T> the policy's contract
 * @param name as in the experiment file
 * @param summary one sentence for {@code faasbench policies}
 * @param source where the algorithm stands
 * @param parameters in the order shown
 * @param factory makes one for a cell
 */
public record Entry<T>(
    String name, String summary, String source, List<Parameter> parameters, Factory<T> factory) {

  /**
   * Makes a policy.
   *
   * @param <T> the policy's contract
   */
  public interface Factory<T> {
    /**
     * A new policy.
     *
     * @param parameters all parameters by name, defaults filled in: Long, Double, Duration,
     *     Boolean, String
     * @param random the policy's own stream, seeded by the plan
     */
    T create(Map<String, Object> parameters, RandomGenerator random);
  }

  /** What a parameter takes. */
  public enum Type {
    INTEGER,
    NUMBER,
    DURATION,
    BOOLEAN,
    TEXT,
    /** The path of a file, as written. */
    FILE
  }

  /**
   * One parameter.
   *
   * @param defaultValue as written in the experiment file; null: required; empty: may be left out
   * @param minimum the smallest value allowed; NaN: none
   */
  public record Parameter(
      String name, Type type, String defaultValue, double minimum, String summary) {}

  /** Without parameters. */
  static <T> Entry<T> plain(
      String name, String summary, String source, Supplier<? extends T> maker) {
    return of(name, summary, source, List.of(), (given, random) -> maker.get());
  }

  /** Without parameters; it draws. */
  static <T> Entry<T> drawing(
      String name, String summary, String source, Function<RandomGenerator, ? extends T> maker) {
    return of(name, summary, source, List.of(), (given, random) -> maker.apply(random));
  }

  /** With parameters. */
  static <T> Entry<T> of(
      String name, String summary, String source, List<Parameter> parameters, Factory<T> factory) {
    return new Entry<>(name, summary, source, parameters, factory);
  }

  static int whole(Map<String, Object> given, String name) {
    return Math.toIntExact((Long) given.get(name));
  }
}
