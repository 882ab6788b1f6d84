package io.github.faasbench.papers;

import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.cli.Simulated;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what the papers claim and what comes out; run by bench/papers. */
final class Papers {

  private static final int SEEDS = 10;

  private Papers() {}

  /**
   * Runs the experiments named, or all; exits with 1 where a claim doesn't come out.
   *
   * @param names of files in experiments/papers
   */
  public static void main(String[] names) throws IOException {
    List<Object> missed = new ArrayList<>();
    Map<String, List<Claim>> experiments = new LinkedHashMap<>();
    for (Claim claim : Claims.ALL) {
      if (names.length == 0 || List.of(names).contains(claim.experiment())) {
        experiments.computeIfAbsent(claim.experiment(), e -> new ArrayList<>()).add(claim);
      }
    }
    System.out.printf(
        "| experiment | figure | claimed | seen | 95 %% interval, %d seeds |%n", SEEDS);
    System.out.println("|---|---|---|---|---|");
    experiments.forEach(
        (experiment, claims) -> {
          double[][] seen = new double[claims.size()][SEEDS];
          for (int seed = 1; seed <= SEEDS; seed++) {
            Calls calls = Calls.run(Simulated.REAL, experiment, seed);
            for (int i = 0; i < claims.size(); i++) {
              seen[i][seed - 1] = claims.get(i).seen().applyAsDouble(calls);
            }
          }
          for (int i = 0; i < claims.size(); i++) {
            if (!print(claims.get(i), seen[i])) {
              missed.add(claims.get(i));
            }
          }
        });
    traces(List.of(names), missed);
    System.out.println(missed.isEmpty() ? "all come out" : missed.size() + " don't come out");
    System.exit(missed.isEmpty() ? 0 : 1);
  }

  private static void traces(List<String> names, List<Object> missed) throws IOException {
    if (System.getenv("FAASBENCH_TRACES") == null) {
      System.out.println("FAASBENCH_TRACES is not set: without the claims on a real trace");
      return;
    }
    System.out.println();
    System.out.println("| experiment, by | figure | claimed | seen | 95 % interval, functions |");
    System.out.println("|---|---|---|---|---|");
    Map<String, TraceClaims.Sums> sums = new LinkedHashMap<>();
    for (TraceClaims.TraceClaim claim : TraceClaims.ALL) {
      if (!names.isEmpty() && !names.contains(claim.experiment())) {
        continue;
      }
      if (!sums.containsKey(claim.experiment())) {
        sums.put(claim.experiment(), TraceClaims.run(claim.experiment()));
      }
      TraceClaims.Ratio seen = claim.seen(sums.get(claim.experiment()));
      boolean holds = claim.low() <= seen.value() && seen.value() <= claim.high();
      System.out.printf(
          Locale.ROOT,
          "| %s, %s | %s | %s | %.3g%s | %.3g to %.3g |%n",
          claim.experiment(),
          claim.by(),
          claim.figure(),
          claim.claimed(),
          seen.value(),
          holds ? "" : " (not within " + claim.low() + " to " + claim.high() + ")",
          seen.low(),
          seen.high());
      if (!holds) {
        missed.add(claim);
      }
    }
  }

  private static boolean print(Claim claim, double... seen) {
    double mean = Means.of(seen);
    Interval interval = Means.interval(mean, Means.standardDeviation(seen), seen.length);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.3g%s | %.3g to %.3g |%n",
        claim.experiment(),
        claim.figure(),
        claim.claimed(),
        mean,
        claim.holds(mean) ? "" : " (not within " + claim.low() + " to " + claim.high() + ")",
        interval.low(),
        interval.high());
    return claim.holds(mean);
  }
}
