package io.github.faasbench.cli;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.SchedulingPolicy.Past;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Calls of earlier runs that policies learn from before the first of their own: the successful ones
 * of the experiment's functions. A time includes waiting at the gateway, which the CSV does not
 * tell from waiting on the node.
 */
final class Histories {

  private static final String PARAMETER = "history";

  private final Map<String, List<Past>> byFile = new HashMap<>();

  private Histories() {}

  /** Reads the files of all the experiment's policies. */
  static Histories read(Experiment experiment) throws RecordsException, CliException {
    var histories = new Histories();
    for (Choice policy : experiment.policies()) {
      if (policy.parameters().get(PARAMETER) instanceof String file) {
        histories.byFile.put(file, pasts(experiment, experiment.resolve(file)));
      }
    }
    return histories;
  }

  void teach(SchedulingPolicy policy, Choice choice) {
    if (choice.parameters().get(PARAMETER) instanceof String file) {
      byFile.get(file).forEach(policy::remember);
    }
  }

  private static List<Past> pasts(Experiment experiment, Path file)
      throws RecordsException, CliException {
    Map<String, FunctionSpec> functions =
        experiment.functions().stream().collect(Collectors.toMap(FunctionSpec::name, f -> f));
    List<Past> pasts = new ArrayList<>();
    CsvRecords.stream(
        file,
        row -> {
          FunctionSpec function = functions.get(row.function());
          if (function != null && row.outcome() == Outcome.OK && row.inFlight() >= 0) {
            pasts.add(past(function, row));
          }
        },
        problem -> {});
    if (pasts.isEmpty()) {
      throw CliException.mistake(
          file
              + ": no successful call of this experiment's functions ("
              + String.join(", ", functions.keySet())
              + ") to learn from; give history: a metrics.csv that has some, or leave it out");
    }
    return pasts;
  }

  private static Past past(FunctionSpec function, Invocation row) {
    double seconds = row.latencySeconds() - row.lagSeconds() - row.selectSeconds();
    var request =
        new Request(function.name(), function.image(), function.inputSize(), row.invocation(), 0);
    return new Past(request, row.node(), row.mode(), row.inFlight(), Math.round(seconds * 1e9));
  }
}
