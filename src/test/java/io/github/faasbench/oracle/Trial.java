package io.github.faasbench.oracle;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.oracle.Check.Verdict;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs a case with one seed after another, and judges it.
 *
 * @param simulated how experiments are carried out
 * @param parallel whether seeds run side by side
 */
record Trial(Simulated simulated, boolean parallel) {

  static final int SEEDS = 20;

  /** The verdicts on a case's checks, by 20 seeds of so many calls. */
  List<Verdict> of(Case which, int calls) {
    IntStream seeds = IntStream.rangeClosed(1, SEEDS);
    double[][] figures =
        (parallel ? seeds.parallel() : seeds)
            .mapToObj(seed -> figures(which, seed, calls))
            .toArray(double[][]::new);
    return IntStream.range(0, which.checks().size())
        .mapToObj(
            check -> {
              double[] seen =
                  IntStream.range(0, SEEDS).mapToDouble(s -> figures[s][check]).toArray();
              return which.checks().get(check).judge(seen, calls);
            })
        .toList();
  }

  private double[] figures(Case which, int seed, int calls) {
    var run = new Run(calls);
    simulated.run(which.experiment(seed, calls), run);
    return which.checks().stream()
        .mapToDouble(check -> check.measure().applyAsDouble(run))
        .toArray();
  }
}
