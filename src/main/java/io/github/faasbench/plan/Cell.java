package io.github.faasbench.plan;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.FunctionSpec;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One combination of the factors in one repetition; the thesis calls it a test session (6.3).
 *
 * @param id stable for the same factors, whatever the repetition
 * @param repetition from 1
 * @param functions those it calls: one, or all of them together
 * @param invocations how many calls it makes in all, at most
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

  private static final int MOST_NAMED = 3;

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

  static String names(List<FunctionSpec> functions) {
    return functions.stream().map(FunctionSpec::name).collect(Collectors.joining("+"));
  }

  /** All images that its functions use. */
  public Set<String> images() {
    return functions.stream()
        .map(FunctionSpec::image)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How the cell is named to people, the same for no other of its repetition. */
  public String title() {
    String called =
        functions.size() <= MOST_NAMED ? names(functions) : functions.size() + " functions";
    String kept = keepAlive.name().equals("none") ? "" : " · " + keepAlive;
    return called + " · " + policy + " · " + warming + " · " + workload + kept;
  }
}
