package io.github.faasbench.oracle;

import java.util.Arrays;
import java.util.List;

/**
 * A system whose behaviour is known from elsewhere.
 *
 * @param name O-n, and which of that kind
 * @param source where the expected figures come from
 * @param slow whether it needs ten times the calls: heavy tails, or a load of 0.9 and more
 * @param experiment the experiment file without seed and invocations
 */
record Case(String name, String source, boolean slow, String experiment, List<Check> checks) {

  static Case of(String name, String source, String experiment, Check... checks) {
    return new Case(name, source, false, experiment, Arrays.asList(checks));
  }

  Case slowly() {
    return new Case(name, source, true, experiment, checks);
  }

  /** The experiment file with so many calls in each cell. */
  String experiment(int seed, int calls) {
    long functions = experiment.lines().filter(line -> line.startsWith(Yaml.FUNCTION)).count();
    return experiment + "seed: " + seed + "\ninvocations: " + calls / functions + "\n";
  }

  @Override
  public String toString() {
    return name;
  }
}
