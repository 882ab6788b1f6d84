package io.github.faasbench.plan;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.FunctionSpec;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One combination of the factors in one repetition; the thesis calls it a test session (6.3).
 *
 * @param id stable for the same factors, whatever the repetition
 * @param repetition from 1
 * @param functions those it calls: one, or all of them together
 * @param invocations how many calls it makes in all; {@link Long#MAX_VALUE}: as many as come
 * @param duration for how long calls are made; empty: until there are enough
 */
public record Cell(
    String id,
    int repetition,
    List<FunctionSpec> functions,
    Choice policy,
    Choice warming,
    Choice workload,
    Choice keepAlive,
    long invocations,
    Optional<Duration> duration,
    Seeds seeds) {

  static String idOf(
      List<FunctionSpec> functions,
      Choice policy,
      Choice warming,
      Choice workload,
      Choice keepAlive) {
    String factors =
        String.join(
            "\n",
            names(functions),
            policy.toString(),
            warming.toString(),
            workload.toString(),
            keepAlive.toString());
    // The letter keeps spreadsheets from reading ids such as 12345e67 as numbers.
    return "c" + HexFormat.of().formatHex(Seeds.sha256(factors), 0, 4);
  }

  private static String names(List<FunctionSpec> functions) {
    return functions.stream().map(FunctionSpec::name).collect(Collectors.joining("+"));
  }

  /** How the cell is named to people. */
  public String title() {
    return names(functions) + " · " + policy + " · " + warming + " · " + workload;
  }
}
