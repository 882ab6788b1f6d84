package io.github.faasbench.experiment;

import java.util.List;
import java.util.Map;

/**
 * The names that an experiment file may use where other parts of the program own the meaning.
 *
 * @param policies node choice policies
 * @param warmings warming strategies
 * @param workloads workloads
 * @param keepAlives keep-alive policies
 */
public record Vocabulary(
    Map<String, Term> policies,
    Map<String, Term> warmings,
    Map<String, Term> workloads,
    Map<String, Term> keepAlives) {

  /**
   * One name.
   *
   * @param supported false: known, refused with 'not yet supported'
   */
  public record Term(List<Parameter> parameters, boolean supported) {}

  /** What a parameter takes. */
  public enum Type {
    INTEGER,
    NUMBER,
    BOOLEAN,
    TEXT,
    DURATION,
    RATE
  }

  /**
   * One parameter of a named value.
   *
   * @param defaultValue as written in the file; null: required
   * @param minimum smallest value allowed for numbers; NaN: none
   */
  public record Parameter(String name, Type type, String defaultValue, double minimum) {}
}
