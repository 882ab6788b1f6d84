package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published claims come out in direction and rough size, on each of three seeds. */
class PapersTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void twoChoicesAreFarBetterThanOneAndAThirdAddsLittle(long seed) throws IOException {
    Map<String, List<Invocation>> rows = run("power-of-two", seed);
    double one = mean(rows.get("random"));
    double two = mean(rows.get("power-of-d(d=2)"));
    double three = mean(rows.get("power-of-d(d=3)"));
    assertThat(one).isCloseTo(10, within(1.0));
    assertThat(two).isCloseTo(2.614, within(0.2));
    assertThat(three).isCloseTo(2.028, within(0.15));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aBoundKeepsAHotFunctionFromOverloadingItsNode(long seed) throws IOException {
    Map<String, List<Invocation>> rows = run("bounded-loads", seed);
    List<Invocation> plain = rows.get("consistent-hash(points=100)");
    List<Invocation> bounded = rows.get("bounded-loads(bound=1.25,points=100)");
    assertThat(nodesOf(plain, "hot")).hasSize(1);
    assertThat(nodesOf(bounded, "hot").size()).isGreaterThan(2);
    assertThat(mean(bounded)).isLessThan(mean(plain) / 10);
    assertThat(most(bounded)).isLessThan(most(plain) / 10);
  }

  /** The most calls that a call met on its node. */
  private static int most(List<Invocation> rows) {
    return rows.stream().mapToInt(Invocation::inFlight).max().orElseThrow();
  }

  private static Collection<String> nodesOf(List<Invocation> rows, String function) {
    return rows.stream()
        .filter(row -> row.function().equals(function))
        .map(Invocation::node)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void onUnequalNodesLeastUsedBeatsRoundRobin(long seed) throws IOException {
    Map<String, List<Invocation>> rows = run("unequal-nodes", seed);
    double turns = mean(rows.get("round-robin"));
    double least = mean(rows.get("least-used"));
    assertThat(least).isLessThan(turns * 0.6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hermodSlowsCallsDownLessThanHashingDoes(long seed) throws IOException {
    Map<String, List<Invocation>> rows = run("hermod", seed);
    double hashing = mean(rows.get("home-invoker"));
    double hermod = mean(rows.get("hermod"));
    assertThat(hermod).as("hardly slowed down at all").isBetween(0.85, 1.2); // exec: 1 s on average
    assertThat(1 - hermod / hashing).as("up to 85 %").isBetween(0.7, 0.9);
  }

  private static double mean(List<Invocation> rows) {
    return rows.stream().mapToDouble(Invocation::latencySeconds).average().orElseThrow();
  }

  private static Map<String, List<Invocation>> run(String name, long seed) throws IOException {
    var rows = new ByPolicy();
    String file = Files.readString(Path.of("experiments/papers/" + name + ".yaml"));
    Simulated.REAL.run(file, rows, "seed=" + seed);
    return rows.byPolicy;
  }

  private static final class ByPolicy implements RecordSink {
    private final Map<String, List<Invocation>> byPolicy = new HashMap<>();

    @Override
    public void accept(Invocation row) {
      byPolicy.computeIfAbsent(row.policy(), policy -> new ArrayList<>()).add(row);
    }

    @Override
    public void close() {}
  }
}
