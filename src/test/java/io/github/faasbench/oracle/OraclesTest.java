package io.github.faasbench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.oracle.Check.Verdict;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 20 seeds of 100,000 calls a case; seen and expected may lie 4 standard errors apart. The seeds
 * are fixed, so that a verdict is the same every time. {@code bench/oracles} has the full rule.
 */
class OraclesTest {

  private static final int CALLS = 100_000;

  /** One of each kind; the others, which take minutes, are the gates' business. */
  private static final List<String> QUICK =
      List.of(
          "O-1 M/M/1",
          "O-2 M/M/4",
          "O-3 M/G/1 constant",
          "O-4 PS 4 cores exponential",
          "O-4 PS by size",
          "O-5 to O-8, O-10 n=4 rho=.8",
          "O-9 n=100 d=2 rho=0.80",
          "O-11 first-fit",
          "O-11 most-used",
          "O-12 M/G/10/10 exponential",
          "O-15 closed M/M/4//20",
          "O-16 time to live 600, rate 6/h");

  static List<Case> quick() {
    return Oracles.cases().stream().filter(which -> QUICK.contains(which.name())).toList();
  }

  static List<Case> others() {
    return Oracles.cases().stream()
        .filter(Predicate.not(which -> QUICK.contains(which.name())))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("quick")
  void theSimulatedClusterDoesWhatIsKnownFromElsewhere(Case which) {
    judge(which);
  }

  @Tag("oracle")
  @ParameterizedTest
  @MethodSource("others")
  void andSoItDoesInAllOtherCases(Case which) {
    judge(which);
  }

  private static void judge(Case which) {
    List<Verdict> verdicts = new Trial(Simulated.REAL, false).of(which, CALLS);
    assertThat(verdicts).as(which + ": " + which.source()).isNotEmpty().allMatch(Verdict::holds);
  }

  static List<ExactCase> exact() {
    return ExactCases.all();
  }

  @ParameterizedTest
  @MethodSource("exact")
  void everyCallEndsWhenItMust(ExactCase which) {
    assertThat(which.problems(Simulated.REAL)).as(which.source()).isEmpty();
  }

  @Test
  void quickCasesAreThere() {
    assertThat(quick()).hasSameSizeAs(QUICK);
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "FAASBENCH_TRACES",
      matches = ".+",
      disabledReason = "FAASBENCH_TRACES does not say where the sample traces are")
  void aDayOfARealTraceFindsJustSoManyContainers() {
    assertThat(TraceReplay.problems()).as(TraceReplay.SOURCE).isEmpty();
  }
}
