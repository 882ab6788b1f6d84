package io.github.faasbench.plan;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.FunctionSpec;
import java.util.HexFormat;

/**
 * One combination of the factors in one repetition; the thesis calls it a test session (6.3).
 *
 * @param id stable for the same factors, whatever the repetition
 * @param repetition from 1
 * @param invocations how many calls it makes
 */
public record Cell(
    String id,
    int repetition,
    FunctionSpec function,
    Choice policy,
    Choice warming,
    Choice workload,
    Choice keepAlive,
    int invocations,
    Seeds seeds) {

  static String idOf(
      FunctionSpec function, Choice policy, Choice warming, Choice workload, Choice keepAlive) {
    String factors =
        String.join(
            "\n",
            function.name(),
            policy.toString(),
            warming.toString(),
            workload.toString(),
            keepAlive.toString());
    // The letter keeps spreadsheets from reading ids such as 12345e67 as numbers.
    return "c" + HexFormat.of().formatHex(Seeds.sha256(factors), 0, 4);
  }

  /** How the cell is named to people. */
  public String title() {
    return function.name() + " · " + policy + " · " + warming + " · " + workload;
  }
}
