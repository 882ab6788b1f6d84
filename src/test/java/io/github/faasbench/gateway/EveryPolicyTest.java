package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for each node choice policy of the catalog, with its defaults. */
class EveryPolicyTest {

  static List<String> names() {
    return Catalog.node().stream().map(Entry::name).toList();
  }

  static SchedulingPolicy policy(String name, long seed) {
    Entry<SchedulingPolicy> entry =
        Catalog.node().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    Map<String, Object> defaults = new HashMap<>();
    for (Entry.Parameter parameter : entry.parameters()) {
      String text = parameter.defaultValue();
      if (text.isEmpty()) {
        continue; // may be left out
      }
      defaults.put(
          parameter.name(),
          switch (parameter.type()) {
            case INTEGER -> Long.valueOf(text);
            case NUMBER -> Double.valueOf(text);
            case DURATION -> Duration.parse("PT" + text);
            default -> throw new AssertionError(parameter.type());
          });
    }
    return entry.factory().create(defaults, new Stream(seed));
  }

  /** Calls of a few functions that begin and end, on nodes that come and go. */
  private static List<String> decisions(String name, long seed, int size) {
    var bench = new PolicyBench(size, 2);
    var policy = bench.told(policy(name, seed));
    var load = new Stream(size);
    List<String> decisions = new ArrayList<>();
    List<Request> running = new ArrayList<>();
    List<NodeState> places = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      NodeState flickering = bench.nodes.get(load.nextInt(size));
      bench.index.eligible(flickering, load.nextInt(3) != 0);
      flickering.read(load.nextInt(100), load.nextInt(100), i);
      var request = new Request("f" + load.nextInt(6), "i", 100, i, i * 1_000_000L);
      Decision decision = policy.choose(request, bench.index.all(), i * 1_000_000L);
      if (decision instanceof Decision.Run run) {
        NodeState node = (NodeState) run.node();
        assertThat(node.eligible).as("%s chose %s", name, node.name()).isTrue();
        bench.inFlight(node, node.inFlight + 1);
        running.add(request);
        places.add(node);
        decisions.add(node.name());
      } else {
        decisions.add(decision.toString());
      }
      if (running.size() > 2 * size || !running.isEmpty() && load.nextInt(3) == 0) {
        int ends = load.nextInt(running.size());
        Request request2 = running.remove(ends);
        NodeState node = places.remove(ends);
        bench.inFlight(node, node.inFlight - 1);
        long took = 1_000_000L * (i - request2.arrivedAtNanos() / 1_000_000);
        policy.ended(PolicyBench.ended(request2, node, "cold", took), i * 1_000_000L);
        policy.idle(request2.function(), node, i * 1_000_000L);
      }
    }
    return decisions;
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysSoWhenNoNodeIsEligible(String name) {
    for (int size : new int[] {1, 20}) {
      var bench = new PolicyBench(size, 1);
      var policy = bench.told(policy(name, 1));
      bench.nodes.forEach(node -> bench.index.eligible(node, false));
      assertThat(bench.ask(policy, "f")).isSameAs(Decision.NO_NODE);
      NodeSet none = bench.warm();
      assertThat(policy.choose(bench.request("f"), none, 0)).isSameAs(Decision.NO_NODE);
    }
  }

  /** What each has read before a choice is a part of its cost, and of no other policy's. */
  @ParameterizedTest
  @MethodSource("names")
  void onlyPoliciesThatGoByReadingsHaveThemRead(String name) {
    assertThat(policy(name, 1).needs())
        .isEqualTo(
            switch (name) {
              case "least-used", "most-used", "least-memory" -> Needs.ALL;
              case "round-robin" -> Needs.CHOSEN;
              default -> Needs.NONE;
            });
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSameSeedGivesTheSameDecisions(String name) {
    for (int size : new int[] {1, 5, 40}) {
      assertThat(decisions(name, 7, size)).isEqualTo(decisions(name, 7, size));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"random", "join-shortest-queue", "power-of-d", "peak-ewma", "hermod", "ch-rlu"})
  void anotherSeedGivesOthersWhereThePolicyDraws(String name) {
    assertThat(decisions(name, 7, 40)).isNotEqualTo(decisions(name, 8, 40));
  }

  @ParameterizedTest
  @MethodSource("names")
  void onOneNodeAllPoliciesAreTheSame(String name) {
    var bench = new PolicyBench(1, 1000);
    var policy = bench.told(policy(name, 1));
    bench.nodes.get(0).read(10, 10, 0);
    for (int call = 0; call < 300; call++) {
      // Beyond its limit of one core or three calls a policy has nowhere else to go.
      assertThat(bench.choice(policy, "f" + call % 7)).isSameAs(bench.nodes.get(0));
      bench.inFlight(bench.nodes.get(0), call % 20);
    }
  }

  @Test
  void namesAndParametersAreUniqueAndSayWhatTheyAre() {
    Set<String> names = new HashSet<>();
    for (Entry<SchedulingPolicy> entry : Catalog.node()) {
      assertThat(names.add(entry.name())).isTrue();
      assertThat(entry.source()).isNotBlank();
      assertThat(entry.summary()).isNotBlank();
      assertThat(entry.parameters()).extracting(Entry.Parameter::name).doesNotHaveDuplicates();
      assertThat(entry.parameters()).allMatch(parameter -> !parameter.summary().isBlank());
    }
  }
}
