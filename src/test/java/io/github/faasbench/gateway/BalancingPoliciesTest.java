package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Signal;
import io.github.faasbench.policy.node.HermodPolicy;
import io.github.faasbench.policy.node.HikuPolicy;
import io.github.faasbench.policy.node.LeastMemoryPolicy;
import io.github.faasbench.policy.node.PeakEwmaPolicy;
import io.github.faasbench.policy.node.WeightedRoundRobinPolicy;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies that balance by weight, memory, latency, packing or asking promise. */
class BalancingPoliciesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 40})
  void leastMemoryNeverPassesANodeWithLessMemoryInUse(int size) {
    var bench = new PolicyBench(size, 1);
    var policy = bench.told(new LeastMemoryPolicy());
    var random = new Stream(8);
    bench.nodes.forEach(node -> node.read(0, 50, 0));
    for (int request = 0; request < 500; request++) {
      bench.change(random, 3);
      NodeState node = bench.nodes.get(random.nextInt(size));
      node.read(random.nextInt(100), random.nextInt(100), request);
      bench.index.changed(node, Signal.RAM);
      NodeState chosen = bench.choice(policy, "f");
      assertThat(bench.eligible())
          .contains(chosen)
          .allMatch(n -> n.ramPercent() >= chosen.ramPercent());
    }
  }

  @Test
  void weightsSayHowOftenANodeHasItsTurnAndTheTurnsAreSpreadEvenly() {
    var bench = new PolicyBench(4, 1, i -> new double[] {1, 2, 0.5, 4.5}[i]);
    var policy = bench.told(new WeightedRoundRobinPolicy());
    int[] times = new int[4];
    for (int call = 1; call <= 800; call++) {
      times[bench.choice(policy, "f").index()]++;
      for (int node = 0; node < 4; node++) {
        double share = bench.nodes.get(node).weight() / 8;
        assertThat((double) times[node]).isBetween(call * share - 2, call * share + 2);
      }
    }
    assertThat(times).containsExactly(100, 200, 50, 450);
  }

  @Test
  void equalWeightsAreRoundRobin() {
    var bench = new PolicyBench(30, 1);
    var policy = bench.told(new WeightedRoundRobinPolicy());
    for (int call = 0; call < 300; call++) {
      assertThat(bench.choice(policy, "f").index()).isEqualTo(call % 30);
    }
  }

  @Test
  void turnsMissedAreNotMadeUpFor() {
    var bench = new PolicyBench(3, 1);
    var policy = bench.told(new WeightedRoundRobinPolicy());
    bench.index.eligible(bench.nodes.get(0), false);
    for (int call = 0; call < 100; call++) {
      assertThat(bench.choice(policy, "f").index()).isNotZero();
    }
    bench.index.eligible(bench.nodes.get(0), true);
    int[] times = new int[3];
    for (int call = 0; call < 9; call++) {
      times[bench.choice(policy, "f").index()]++;
    }
    assertThat(times).containsOnly(3);
  }

  @Test
  void fewWarmNodesOfManyHaveTheirTurnsAmongThemselves() {
    var bench = new PolicyBench(100, 1);
    var policy = bench.told(new WeightedRoundRobinPolicy());
    NodeSet warm = bench.warm(bench.nodes.get(90), bench.nodes.get(20), bench.nodes.get(50));
    int[] times = new int[100];
    for (int call = 0; call < 300; call++) {
      Decision.Run run = (Decision.Run) policy.choose(bench.request("f"), warm, 0);
      times[run.node().index()]++;
    }
    assertThat(List.of(times[20], times[50], times[90])).containsOnly(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 40})
  void hermodPacksWhileSlotsAreFreeAndSpreadsWhenNoneIs(int size) {
    var bench = new PolicyBench(size, 3);
    var policy = bench.told(new HermodPolicy(new Stream(9)));
    var random = new Stream(10);
    int full = 0;
    for (int request = 0; request < 600; request++) {
      bench.change(random, request < 300 ? 3 : 6);
      if (request >= 300) {
        bench.nodes.stream()
            .filter(n -> n.inFlight < 3 && random.nextInt(3) > 0)
            .forEach(n -> bench.inFlight(n, 3 + random.nextInt(3)));
      }
      List<NodeState> free = bench.eligible().stream().filter(node -> node.inFlight < 3).toList();
      List<NodeState> used = free.stream().filter(node -> node.inFlight > 0).toList();
      NodeState chosen = bench.choice(policy, "f");
      if (!free.isEmpty()) {
        assertThat(chosen).isSameAs(used.isEmpty() ? free.get(0) : used.get(0));
      } else {
        full++;
        assertThat(bench.eligible()).allMatch(node -> node.inFlight >= chosen.inFlight);
      }
    }
    assertThat(full).isGreaterThan(size == 40 ? 0 : 50);
  }

  @Test
  void hermodLeavesAnEmptyWarmNodeForOneInUse() {
    var bench = new PolicyBench(20, 2);
    var policy = bench.told(new HermodPolicy(new Stream(9)));
    NodeSet warm = bench.warm(bench.nodes.get(5), bench.nodes.get(6));
    assertThat(policy.choose(bench.request("f"), warm, 0))
        .isEqualTo(new Decision.Run(bench.nodes.get(5)));
    bench.inFlight(bench.nodes.get(3), 1);
    assertThat(policy.choose(bench.request("f"), warm, 0)).isInstanceOf(Decision.Reject.class);
    assertThat(bench.choice(policy, "f")).isSameAs(bench.nodes.get(3));
    bench.inFlight(bench.nodes.get(6), 1);
    assertThat(policy.choose(bench.request("f"), warm, 0))
        .as("warm and in use")
        .isEqualTo(new Decision.Run(bench.nodes.get(6)));
  }

  @Test
  void peakEwmaLeavesANodeThatHasBecomeSlowAndComesBack() {
    var bench = new PolicyBench(2, 1);
    var policy = bench.told(new PeakEwmaPolicy(Duration.ofSeconds(10), new Stream(11)));
    long second = 1_000_000_000L;
    for (NodeState node : bench.nodes) {
      policy.ended(PolicyBench.ended(bench.request("f"), node, "cold", second), second);
    }
    policy.ended(
        PolicyBench.ended(bench.request("f"), bench.nodes.get(0), "cold", 5 * second), second);
    for (int call = 0; call < 200; call++) {
      assertThat(bench.choice(policy, "f").index()).isEqualTo(1);
    }
    bench.inFlight(bench.nodes.get(1), 9); // ten times one second: more than five
    assertThat(bench.choice(policy, "f").index()).isZero();
    bench.inFlight(bench.nodes.get(1), 0);
    for (int later = 2; later < 40; later++) {
      policy.ended(
          PolicyBench.ended(bench.request("f"), bench.nodes.get(1), "cold", second),
          later * second);
    }
    var request = bench.request("f");
    Decision decision = policy.choose(request, bench.index.all(), 40 * second);
    assertThat(decision).as("forgotten").isEqualTo(new Decision.Run(bench.nodes.get(0)));
  }

  @Test
  void hikuGivesCallsToTheLeastLoadedNodeThatAskedAndToTheFirstOfThese() {
    var bench = new PolicyBench(30, 4);
    var policy = bench.told(new HikuPolicy(new Stream(12)));
    var random = new Stream(13);
    List<NodeState> asked = new ArrayList<>();
    int empty = 0;
    for (int request = 0; request < 1000; request++) {
      bench.change(random, 3);
      NodeState node = bench.nodes.get(random.nextInt(30));
      if (random.nextInt(3) > 0) {
        policy.idle("f", node, request);
        asked.add(node);
        policy.idle("another", bench.nodes.get(random.nextInt(30)), request);
      }
      if (random.nextInt(4) == 0 && asked.remove(node)) {
        policy.evicted("f", node, request);
      }
      if (random.nextInt(3) > 0) {
        NodeState chosen = bench.choice(policy, "f");
        List<NodeState> able = asked.stream().filter(n -> n.eligible).toList();
        List<NodeState> among = able.isEmpty() ? bench.eligible() : able;
        int least = among.stream().mapToInt(n -> n.inFlight).min().orElseThrow();
        if (able.isEmpty()) {
          empty++;
          assertThat(chosen.inFlight).isEqualTo(least);
        } else {
          assertThat(chosen)
              .isSameAs(able.stream().filter(n -> n.inFlight == least).findFirst().orElseThrow());
          asked.remove(chosen);
        }
      }
    }
    assertThat(empty).isBetween(50, 600);
  }
}
