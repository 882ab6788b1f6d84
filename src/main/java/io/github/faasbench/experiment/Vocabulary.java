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
 * @param queueOrders in which order calls wait
 * @param measures what thresholds can check, and how its limits are written
 */
public record Vocabulary(
    Map<String, Term> policies,
    Map<String, Term> warmings,
    Map<String, Term> workloads,
    Map<String, Term> keepAlives,
    Map<String, Term> queueOrders,
    Map<String, Quantity> measures) {

  /** How the limit of a threshold is written. */
  public enum Quantity {
    DURATION,
    /** In percent. */
    SHARE,
    RATE,
    NUMBER
  }

  /**
   * One name.
   *
   * @param supported false: known, refused with 'not yet supported'
   * @param load what makes a workload's calls; of other terms {@link Load#NONE}
   * @param check finds parameters that don't go together
   */
  public record Term(List<Parameter> parameters, boolean supported, Load load, Check check) {

    /** Of something that is no workload, with parameters that all go together. */
    public Term(List<Parameter> parameters, boolean supported) {
      this(parameters, supported, Load.NONE, values -> "");
    }
  }

  /** What makes a workload's calls. */
  public enum Load {
    /** It is no workload. */
    NONE,
    /** Clients that wait for their calls. */
    CLOSED,
    /** A process of arrivals that waits for nothing. */
    OPEN,
    /** Arrivals that a file lists, and so an end; often service times too. */
    TRACE
  }

  /** Looks at all parameters of a term together. */
  public interface Check {
    /** What is wrong with them; empty: nothing. */
    String problem(Map<String, Object> values);
  }

  /** What a parameter takes. */
  public enum Type {
    INTEGER,
    NUMBER,
    BOOLEAN,
    TEXT,
    /** The path of a file that is there. */
    FILE,
    DURATION,
    RATE
  }

  /**
   * One parameter of a named value.
   *
   * @param defaultValue as written in the file; null: required; empty: may be left out, and is then
   *     not among the values
   * @param minimum smallest value allowed of numbers, of durations in seconds, of rates per second;
   *     NaN: none
   * @param allowed the only texts allowed; empty: any
   */
  public record Parameter(
      String name, Type type, String defaultValue, double minimum, List<String> allowed) {

    /** One that may have any text, when it takes text. */
    public Parameter(String name, Type type, String defaultValue, double minimum) {
      this(name, type, defaultValue, minimum, List.of());
    }
  }
}
