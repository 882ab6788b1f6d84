package io.github.faasbench.oracle;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Experiment files of simulated nodes on which nothing but the call takes time. */
final class Yaml {

  static final String EXPONENTIAL = "{exponential: {mean: 1s}}";

  /** How the line of a function begins. */
  static final String FUNCTION = "  - {name: ";

  private Yaml() {}

  /** One function, on nodes that all have its image. */
  static String of(String nodes, String exec, String policy, String workload) {
    return together(nodes, Map.of("f", exec), policy, workload);
  }

  /**
   * Functions that are called equally often.
   *
   * @param execs service time by name
   */
  static String together(String nodes, Map<String, String> execs, String policy, String workload) {
    return functions(nodes, execs, policy, workload) + "warming: pre-warmed\nwarmReplicas: all\n";
  }

  /** The same; what is warm is left open. */
  static String functions(String nodes, Map<String, String> execs, String policy, String workload) {
    var text = new StringBuilder("name: oracle\nbackend: sim\nmix: together\nfunctions:\n");
    new TreeMap<>(execs)
        .forEach((name, exec) -> text.append(FUNCTION + name + ", model: {exec: " + exec + "}}\n"));
    return text.append("nodes: {" + nodes + "}\n")
        .append("policy: " + policy + "\n")
        .append("workload: " + workload + "\n")
        .toString();
  }

  /** A lognormal law of mean 1 s. */
  static String lognormal(int sd) {
    return "{lognormal: {mean: 1s, sd: " + sd + "s}}";
  }

  /** Poisson arrivals. */
  static String poisson(double perSecond) {
    return String.format(Locale.ROOT, "{poisson: {rate: %.9f/s}}", perSecond);
  }
}
