package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cli.OtherDemands;
import io.github.faasbench.cli.Simulated;
import io.github.faasbench.cluster.RunRequest.Demand;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.random.Distribution;
import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws of the whole simulation that no run can prove of itself. That equal seeds give equal bytes
 * stands with the command's tests; that two choices of two nodes are the shortest queue, with the
 * oracles.
 */
class SimulationLawsTest {

  private static final String POLICIES =
      "[round-robin, random, least-used, most-used, join-shortest-queue, power-of-d, first-fit]";

  private static final int CALLS = 2_000;

  /** 2 ns an event, times ten. */
  private static final double ROUNDING = 10 * 2e-9 * CALLS;

  @TempDir private Path folder;

  @Test
  void tenTimesTheTimesAreTenTimesTheResults() throws Exception {
    Map<String, Map<Long, Invocation>> once = run(scaled(1));
    Map<String, Map<Long, Invocation>> tenTimes = run(scaled(10));
    assertThat(once).hasSize(14);
    once.forEach(
        (cell, rows) ->
            rows.forEach(
                (number, row) -> {
                  Invocation other = tenTimes.get(cell).get(number);
                  assertThat(other.node()).as(cell + " " + number).isEqualTo(row.node());
                  assertThat(other.mode()).isEqualTo(row.mode());
                  assertThat(other.latencySeconds())
                      .isCloseTo(10 * row.latencySeconds(), within(ROUNDING));
                }));
  }

  /** Pulls, starts, a time to live, processor sharing and queues, under load. */
  private String scaled(int factor) throws IOException {
    Path trace = folder.resolve("calls.csv"); // the same name, since seeds depend on it
    var random = new Stream(5);
    var lines = new StringBuilder("function,arrival_s,duration_s\n");
    double at = 0;
    for (int i = 0; i < CALLS; i++) {
      at += new Distribution.Exponential(.2).sample(random);
      double duration = new Distribution.Lognormal(1, 2).sample(random);
      lines.append(
          String.format(
              Locale.ROOT,
              "f%d,%.6f,%.6f\n",
              i % 3,
              Math.round(at * 1e5) / 1e5 * factor,
              Math.round(duration * 1e5) / 1e5 * factor));
    }
    Files.writeString(trace, lines);
    String model =
        String.format(
            "{pull: %dms, start: %dms, init: %dms}", 400 * factor, 250 * factor, 50 * factor);
    return "name: scaled\nbackend: sim\nnodes: {count: 3, cpu: 2.5, slots: 4}\n"
        + "functions: [{name: any, model: "
        + model
        + "}]\nwhenNoNode: wait\nwarming: cold\npolicy: "
        + POLICIES
        + "\nkeepAlive: [none, {fixed: {ttl: "
        + 4 * factor
        + "s}}]\nworkload: {trace: {file: "
        + trace
        + ", format: simple}}\n";
  }

  /**
   * With as many slots as cores, and with more than calls: there is nothing to share, or nowhere to
   * wait.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cpu: 2, slots: 2", "cpu: 2, slots: 5000"})
  void onOneNodeAllPoliciesAreOne(String node) {
    Map<String, Map<Long, Invocation>> cells =
        run(
            "name: one\nbackend: sim\nnodes: {count: 1, "
                + node
                + "}\nfunctions: [{name: f, model: {exec: {lognormal: {mean: 1s, sd: 2s}}}}]\n"
                + "whenNoNode: wait\nwarming: pre-warmed\ninvocations: 5000\n"
                + "workload: {poisson: {rate: 1.6/s}}\npolicy: "
                + POLICIES
                + "\n");
    assertThat(cells).hasSize(7);
    Map<Long, Double> first = null;
    for (Map<Long, Invocation> cell : cells.values()) {
      Map<Long, Double> latencies = each(cell, Invocation::latencySeconds);
      first = first == null ? latencies : first;
      assertThat(latencies).isEqualTo(first);
    }
  }

  /** Common random numbers: on a core of its own a call runs just its service time. */
  @Test
  void aCallNeedsTheSameServiceWhateverHappensAroundIt() {
    Map<String, Map<Long, Invocation>> cells = run(commonNumbers());
    assertThat(cells).hasSize(42);
    Map<Long, Double> first = null;
    for (Map<Long, Invocation> cell : cells.values()) {
      Map<Long, Double> services = each(cell, Invocation::execSeconds);
      first = first == null ? services : first;
      assertThat(services).isEqualTo(first);
    }
  }

  @Test
  void theSameServiceIsNotFoundWhereItIsDrawnByTheNode() {
    var drawnByNode =
        new Simulated(
            UnaryOperator.identity(),
            cluster -> {
              long[] calls = {0};
              return OtherDemands.of(
                  cluster, call -> new Demand(call.function(), ++calls[0], -1, -1));
            });
    Map<String, Map<Long, Invocation>> cells = run(drawnByNode, commonNumbers());
    assertThat(
            cells.values().stream()
                .map(cell -> each(cell, Invocation::execSeconds))
                .distinct()
                .count())
        .isGreaterThan(1);
  }

  private static String commonNumbers() {
    return "name: common\nbackend: sim\nnodes: {count: 3, cpu: 2, slots: 2}\n"
        + "functions: [{name: f, model: {start: 500ms, exec: {exponential: {mean: 1s}}}}]\n"
        + "whenNoNode: wait\nwarming: [cold, pre-warmed, warmed]\ninvocations: 500\n"
        + "keepAlive: [none, {fixed: {ttl: 3s}}]\nworkload: {poisson: {rate: 3/s}}\npolicy: "
        + POLICIES
        + "\n";
  }

  private static Map<Long, Double> each(
      Map<Long, Invocation> cell, Function<Invocation, Double> figure) {
    Map<Long, Double> figures = new TreeMap<>();
    cell.forEach((number, row) -> figures.put(number, figure.apply(row)));
    return figures;
  }

  /**
   * 20 seeds: the means of the two orders may lie 4 standard errors of their difference apart, and
   * that error is below 2 %; a right simulation fails one of the four with a probability of 0.3 %.
   */
  @Test
  void theOrderAndNamesOfNodesDoNotMatterToPoliciesThatTreatThemAlike() {
    Map<String, double[]> differences = new LinkedHashMap<>();
    int seeds = 20;
    for (int seed = 0; seed < seeds; seed++) {
      Map<String, Double> one = totals(unlike("a, 1", "b, 1", "c, 3", "d, 3", seed));
      Map<String, Double> two = totals(unlike("c, 1", "a, 3", "d, 1", "b, 3", seed));
      for (String policy : one.keySet()) {
        differences.computeIfAbsent(policy, key -> new double[seeds])[seed] =
            one.get(policy) / two.get(policy) - 1;
      }
    }
    assertThat(differences).hasSize(4);
    differences.forEach(
        (policy, seen) -> {
          double mean = Arrays.stream(seen).average().orElseThrow();
          double squares = Arrays.stream(seen).map(x -> (x - mean) * (x - mean)).sum();
          double error = Math.sqrt(squares / (seeds - 1) / seeds);
          assertThat(error).as(policy).isLessThan(.02);
          assertThat(mean).as(policy).isCloseTo(0, within(4 * error + 1e-9));
        });
  }

  private static String unlike(String a, String b, String c, String d, int seed) {
    var nodes = new StringBuilder();
    for (String node : List.of(a, b, c, d)) {
      String cores = node.substring(3);
      nodes.append(
          "  - {name: " + node.charAt(0) + ", cpu: " + cores + ", slots: " + cores + "}\n");
    }
    return "name: unlike\nbackend: sim\nnodes:\n"
        + nodes
        + "functions: [{name: f, model: {exec: {exponential: {mean: 1s}}}}]\n"
        + "policy: [round-robin, random, join-shortest-queue, power-of-d]\n"
        + "warming: pre-warmed\nwarmReplicas: all\nworkload: {poisson: {rate: 2/s}}\n"
        + "invocations: 10000\nseed: "
        + seed
        + "\n";
  }

  /** Policy to the sum of its latencies. */
  private static Map<String, Double> totals(String text) {
    Map<String, Double> totals = new LinkedHashMap<>();
    Simulated.REAL.run(
        text, sink(row -> totals.merge(row.policy(), row.latencySeconds(), Double::sum)));
    return totals;
  }

  private static Map<String, Map<Long, Invocation>> run(String text) {
    return run(Simulated.REAL, text);
  }

  /** Factors to number to row. */
  private static Map<String, Map<Long, Invocation>> run(Simulated simulated, String text) {
    Map<String, Map<Long, Invocation>> cells = new LinkedHashMap<>();
    simulated.run(
        text,
        sink(
            row -> {
              String cell = row.policy() + " " + row.warming() + " " + row.keepAlive().charAt(0);
              cells.computeIfAbsent(cell, key -> new TreeMap<>()).put(row.invocation(), row);
            }));
    return cells;
  }

  private static RecordSink sink(Consumer<Invocation> rows) {
    return new RecordSink() {
      @Override
      public void accept(Invocation row) {
        assertThat(row.outcome()).as(row.error()).isEqualTo(Invocation.Outcome.OK);
        rows.accept(row);
      }

      @Override
      public void close() {}
    };
  }
}
