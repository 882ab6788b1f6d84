package io.github.faasbench.report.html;

import io.github.faasbench.metrics.Environment;
import java.util.Optional;

/**
 * What stands beside the CSV about one run.
 *
 * @param environment empty: there is no {@code environment.json}
 * @param experimentFile the resolved file's text; empty: it is not there
 */
public record RunContext(
    String run, Optional<Environment> environment, Optional<String> experimentFile) {

  static RunContext unknown(String run) {
    return new RunContext(run, Optional.empty(), Optional.empty());
  }
}
