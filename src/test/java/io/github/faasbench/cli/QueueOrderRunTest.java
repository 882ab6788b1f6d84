package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.metrics.Invocation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that wait at the gateway for one server, in the orders of the catalog. */
class QueueOrderRunTest {

  /** Calls of 0.2 s and of 1 s, each half of one a second: 60 % of the server. */
  private static final String ONE_SERVER =
      """
      name: queue
      backend: sim
      seed: 3
      nodes: {count: 1, cpu: 1, memory: 10GiB, slots: 1}
      functions:
        - {name: short, model: {exec: 0.2s, start: 0s, memory: 1MiB}}
        - {name: long, model: {exec: 1s, start: 0s, memory: 1MiB}}
      policy: first-fit
      warming: warmed
      whenNoNode: wait
      workload: {poisson: {rate: 1/s}}
      mix: together
      invocations: 20000
      """;

  private static List<Invocation> run(String... overrides) {
    return Simulated.REAL.rows(ONE_SERVER, overrides);
  }

  private static double meanWait(List<Invocation> rows, String function) {
    return rows.stream()
        .filter(row -> row.function().equals(function))
        .mapToDouble(Invocation::queueSeconds)
        .average()
        .orElseThrow();
  }

  /** Pollaczek and Khinchine: W = W0 / (1 - 0.6), W0 = 0.5 (0.2 x 0.2 + 1 x 1) / 2 = 0.26 s. */
  @Test
  void firstInFirstOutWaitsAreThoseOfOneServer() {
    List<Invocation> rows = run();
    assertThat(meanWait(rows, "short")).isCloseTo(0.65, within(0.04));
    assertThat(meanWait(rows, "long")).isCloseTo(0.65, within(0.04));
  }

  /** Cobham 1954: W0 / (1 - 0.1) and W0 / (1 - 0.1) / (1 - 0.6). */
  @Test
  void shortestFirstWaitsAreThoseOfPriorityWithoutPreemption() {
    List<Invocation> rows = run("queue.order=sjf(patience=100h)");
    assertThat(meanWait(rows, "short")).isCloseTo(0.2889, within(0.02));
    assertThat(meanWait(rows, "long")).isCloseTo(0.7222, within(0.05));
  }

  @Test
  void earliestDeadlineLiesBetweenTheTwo() {
    List<Invocation> rows = run("queue.order=eedf");
    assertThat(meanWait(rows, "short")).isBetween(0.31, 0.6);
    assertThat(meanWait(rows, "long")).isBetween(0.655, 0.715);
  }

  @Test
  void patienceBoundsHowLongACallIsPassedOver() {
    String most =
        "workload={poisson: {rate: 1.6/s}}"; // 96 %: without a bound, long calls wait long
    double[] longest = new double[2];
    for (int bounded = 0; bounded < 2; bounded++) {
      String patience = bounded == 1 ? "5s" : "100h";
      longest[bounded] =
          run(most, "queue.order=sjf(patience=" + patience + ")").stream()
              .filter(row -> row.function().equals("long"))
              .mapToDouble(Invocation::queueSeconds)
              .max()
              .orElseThrow();
    }
    assertThat(longest[1]).isLessThan(longest[0] * 0.9);
  }
}
