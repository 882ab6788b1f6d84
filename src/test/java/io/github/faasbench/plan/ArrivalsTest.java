package io.github.faasbench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The calls of open loops. Checks of random ones allow four standard errors, estimated from as many
 * independent seeds; a right process then fails one in 16,000 choices of seeds, and these are
 * fixed.
 */
class ArrivalsTest {

  private static final double SECOND = 1e9;

  /** Mean of a figure over seeds, and its standard error. */
  private record Estimated(double mean, double error) {

    static Estimated over(int seeds, LongFunction<Double> figure) {
      double sum = 0;
      double squares = 0;
      for (long seed = 1; seed <= seeds; seed++) {
        double value = figure.apply(seed);
        sum += value;
        squares += value * value;
      }
      double mean = sum / seeds;
      double variance = (squares - seeds * mean * mean) / (seeds - 1);
      return new Estimated(mean, Math.sqrt(variance / seeds));
    }

    boolean agreesWith(double expected) {
      return Math.abs(mean - expected) <= 4 * error;
    }
  }

  /** How many calls are due in each of the first windows. */
  private static long[] counts(DueTimes times, int windows, double windowSeconds) {
    long[] counts = new long[windows];
    while (true) {
      int window = (int) (times.nextNanos() / (windowSeconds * SECOND));
      if (window >= windows) {
        return counts;
      }
      counts[window]++;
    }
  }

  /** Variance by mean of the counts: 1 of a Poisson process. */
  private static double dispersion(long[] counts, double mean) {
    double squares = 0;
    for (long count : counts) {
      squares += (count - mean) * (count - mean);
    }
    return squares / counts.length / mean;
  }

  private static Estimated rate(LongFunction<DueTimes> process, double windowSeconds) {
    return Estimated.over(
        200, seed -> counts(process.apply(seed), 1, windowSeconds)[0] / windowSeconds);
  }

  @Test
  void poissonCallsHaveTheirRateAndDispersion() {
    LongFunction<DueTimes> process = seed -> new PoissonTimes(5, new Stream(seed));
    assertThat(rate(process, 1000)).matches(rate -> rate.agreesWith(5));
    assertThat(rate(process, 1000)).matches(rate -> !rate.agreesWith(5.1));
    Estimated dispersion =
        Estimated.over(200, seed -> dispersion(counts(process.apply(seed), 1000, 2), 10));
    assertThat(dispersion).matches(seen -> seen.agreesWith(1));
    assertThat(dispersion.error()).isLessThan(0.01);
  }

  /** P(gap > t) = exp(-rate t), at the quartiles. */
  @Test
  void poissonGapsAreExponential() {
    for (double share : new double[] {0.25, 0.5, 0.75}) {
      double gap = -Math.log(share) / 5;
      Estimated longer =
          Estimated.over(
              100,
              seed -> {
                DueTimes times = new PoissonTimes(5, new Stream(seed));
                long last = 0;
                int count = 0;
                for (int i = 0; i < 2000; i++) {
                  long due = times.nextNanos();
                  count += due - last > gap * SECOND ? 1 : 0;
                  last = due;
                }
                return count / 2000.0;
              });
      assertThat(longer).matches(seen -> seen.agreesWith(share));
    }
  }

  @Test
  void uniformCallsStandAtEqualDistancesHoweverMany() {
    DueTimes times = new UniformTimes(3);
    for (long i = 0; i < 3_000_000; i++) {
      long due = times.nextNanos();
      assertThat(Math.abs(3 * due - i * 1_000_000_000L)).isLessThanOrEqualTo(2);
    }
    DueTimes fast = new UniformTimes(7e9);
    for (int i = 0; i < 7_000; i++) {
      fast.nextNanos();
    }
    assertThat(fast.nextNanos()).isEqualTo(1000);
  }

  /**
   * On and off for exponential times, 20/s for 10 s and nothing for 30 s: the index of dispersion
   * of a two-state Markov-modulated Poisson process (policies.md 3.1; Fischer and Meier-Hellstern
   * 1993), 1 + K (1 - (1 - exp(-R t)) / (R t)) with R = 1/10 + 1/30 and K = 225: 197.884 at 60 s.
   */
  @Test
  void burstyCallsHaveTheirRateAndDispersion() {
    double r = 0.1 + 1 / 30.0;
    double expected = 1 + 225 * (1 - (1 - Math.exp(-r * 60)) / (r * 60));
    assertThat(expected).isCloseTo(197.884, within(0.001));
    LongFunction<DueTimes> process = seed -> new BurstyTimes(20, 10, 30, new Stream(seed));
    assertThat(rate(process, 10_000)).matches(rate -> rate.agreesWith(5));
    Estimated dispersion =
        Estimated.over(400, seed -> dispersion(counts(process.apply(seed), 100, 60), 300));
    assertThat(dispersion).matches(seen -> seen.agreesWith(expected));
    assertThat(dispersion.error()).isLessThan(3);
    // The check tells it from a source that is on a tenth shorter at the same mean rate.
    LongFunction<DueTimes> other = seed -> new BurstyTimes(20, 8, 24, new Stream(seed));
    assertThat(Estimated.over(400, seed -> dispersion(counts(other.apply(seed), 100, 60), 300)))
        .matches(seen -> !seen.agreesWith(expected));
  }

  /** A run that is watched from its start sees no more and no less than later. */
  @Test
  void aBurstySourceStartsAsIfItHadRunForLong() {
    LongFunction<DueTimes> process = seed -> new BurstyTimes(20, 10, 30, new Stream(seed));
    Estimated first = Estimated.over(4000, seed -> 1.0 * counts(process.apply(seed), 1, 5)[0]);
    assertThat(first).matches(seen -> seen.agreesWith(25));
  }

  @Test
  void sumsOfTimesDoNotDrift() {
    var sum = new NanoSum();
    for (int i = 0; i < 30_000_000; i++) {
      sum.add(1 / 3.0);
    }
    assertThat(sum.nanos()).isCloseTo(10_000_000_000_000_000L, within(1L));
    // Four months on, where a double has lost the nanosecond, half of one still counts.
    long before = sum.nanos();
    sum.add(0.5e-9);
    sum.add(0.75e-9);
    assertThat(sum.nanos() - before).isBetween(1L, 2L);
  }

  private static final String TWO_FUNCTIONS =
      """
      name: e
      backend: sim
      nodes: {count: 2, cpu: 1}
      functions:
        - {name: f, model: {exec: 1s}}
        - {name: g, model: {exec: 1s}}
      policy: [round-robin, least-used]
      warming: [cold, warmed]
      """;

  private static Plan plan(String... overrides) {
    return Plan.of(Experiments.of(TWO_FUNCTIONS, overrides));
  }

  private record Due(long nanos, int function) {}

  private static List<Due> calls(Plan plan, Cell cell) {
    List<Due> calls = new ArrayList<>();
    try (Arrivals arrivals = plan.arrivals(cell).orElseThrow()) {
      while (arrivals.next()) {
        assertThat(arrivals.execNanos()).isEqualTo(-1);
        calls.add(new Due(arrivals.dueNanos(), arrivals.function()));
      }
    }
    return calls;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "poisson(rate=5/s)",
        "uniform(rate=5/s)",
        "{bursty: {rate: 20/s, on: 1s, off: 3s}}"
      })
  void allPoliciesMeetTheSameCallsAndRepetitionsDoNot(String workload) {
    Plan plan = plan("workload=" + workload, "repetitions=2", "order=as-written");
    List<Due> first = calls(plan, plan.cells().get(0));
    assertThat(first).hasSize(100);
    for (Cell cell : plan.cells().subList(0, 4)) {
      assertThat(cell.functions()).extracting("name").containsExactly("f");
      assertThat(calls(plan, cell)).isEqualTo(first);
    }
    if (!workload.startsWith("uniform")) {
      assertThat(calls(plan, plan.cells().get(4))).isNotEqualTo(first);
      assertThat(calls(plan, plan.cells().get(8))).isNotEqualTo(first);
    }
    assertThat(first).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
  }

  @Test
  void togetherTheRateIsOfAllFunctionsAndEachCallsIsDrawnEvenly() {
    Plan plan = plan("workload=poisson(rate=5/s)", "mix=together", "invocations=5000");
    Cell cell = plan.cells().get(0);
    assertThat(plan.cells()).hasSize(4);
    assertThat(cell.functions()).extracting("name").containsExactly("f", "g");
    assertThat(cell.invocations()).isEqualTo(10_000);
    List<Due> calls = calls(plan, cell);
    assertThat(calls).hasSize(10_000);
    assertThat(calls.get(9_999).nanos() / SECOND).isCloseTo(2000, within(4 * 20.0));
    long ofG = calls.stream().filter(call -> call.function() == 1).count();
    assertThat(ofG).isCloseTo(5000, within(4 * 50L));
    // Whose a call is says nothing of the gap before it: of either function half are short.
    long median = Math.round(Math.log(2) / 5 * SECOND);
    long shortOfG = 0;
    for (int i = 1; i < calls.size(); i++) {
      boolean isShort = calls.get(i).nanos() - calls.get(i - 1).nanos() < median;
      shortOfG += isShort && calls.get(i).function() == 1 ? 1 : 0;
    }
    assertThat(shortOfG).isCloseTo(2500, within(4 * 43L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"poisson(rate=50/s)", "uniform(rate=50/s)"})
  void aDurationEndsTheCallsAndTheirNumberIsKnownBefore(String workload) {
    Plan plan = plan("workload=" + workload, "duration=20s");
    for (Cell cell : plan.cells()) {
      List<Due> calls = calls(plan, cell);
      assertThat(cell.invocations()).isEqualTo(calls.size());
      assertThat(calls.size()).isCloseTo(1000, within(workload.startsWith("p") ? 127 : 0));
      assertThat(calls.get(calls.size() - 1).nanos()).isBetween(19_000_000_000L, 19_999_999_999L);
    }
    assertThat(plan.length(plan.cells().get(0))).contains(java.time.Duration.ofSeconds(20));
  }

  @Test
  void clientsMakeTheCallsOfAClosedLoop() {
    Plan plan = plan();
    assertThat(plan.arrivals(plan.cells().get(0))).isEmpty();
    assertThat(plan.length(plan.cells().get(0))).isEmpty();
  }

  @Test
  void callsThatNobodyLivesToSeeAreRefused() {
    assertThatThrownBy(() -> plan("workload=uniform(rate=0.01/h)", "invocations=1000000"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("more than a century");
  }
}
