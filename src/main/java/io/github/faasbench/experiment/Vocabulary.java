package io.github.faasbench.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The names that an experiment file may use where other parts of the program own the meaning.
 *
 * @param policies node choice policies
 * @param warmings warming strategies
 * @param workloads workloads
 * @param keepAlives keep-alive policies
 * @param queueOrders in which order calls wait
 * @param measures what thresholds can check, and how its limits are written
 * @param jars where users' policies come from
 * @param waiting what waits for calls under a warming
 * @param whyNot told a kind of names (policy, warming, keepAlive, queue order) and one that is not
 *     among them, says why; empty: it is unknown
 */
public record Vocabulary(
    Map<String, Term> policies,
    Map<String, Term> warmings,
    Map<String, Term> workloads,
    Map<String, Term> keepAlives,
    Map<String, Term> queueOrders,
    Map<String, Quantity> measures,
    Jars jars,
    Function<Choice, Waiting> waiting,
    BinaryOperator<String> whyNot) {

  /** Without jars, and warmings under which something waits. */
  public Vocabulary(
      Map<String, Term> policies,
      Map<String, Term> warmings,
      Map<String, Term> workloads,
      Map<String, Term> keepAlives,
      Map<String, Term> queueOrders,
      Map<String, Quantity> measures) {
    this(
        policies,
        warmings,
        workloads,
        keepAlives,
        queueOrders,
        measures,
        Jars.NONE,
        warming -> Waiting.NOTHING,
        (kind, name) -> "");
  }

  /** The names that a factor's values may have. */
  Map<String, Term> terms(Factor factor) {
    return switch (factor) {
      case POLICY -> policies;
      case WARMING -> warmings;
      case WORKLOAD -> workloads;
      case KEEP_ALIVE -> keepAlives;
    };
  }

  /** Jars of users' policies, as the experiment file lists them. */
  public interface Jars {
    /** Knows no jar. */
    Jars NONE =
        new Jars() {
          @Override
          public String problem(Path jar) {
            return "no jar can be used here";
          }

          @Override
          public Vocabulary with(List<Path> jars) {
            throw new IllegalStateException("they were refused");
          }
        };

    /** What hinders the file's use; empty: nothing. */
    String problem(Path jar);

    /** The vocabulary with the names of the jars' policies in it. */
    Vocabulary with(List<Path> jars);
  }

  /** What waits for calls. */
  public enum Waiting {
    /** Each call has a container of its own. */
    NOTHING,
    /** A container, inside which each call starts a process. */
    CONTAINER,
    /** The function's own process. */
    PROCESS
  }

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
