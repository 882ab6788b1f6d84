package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.node.ChRluPolicy;
import io.github.faasbench.policy.node.ConsistentHashPolicy;
import io.github.faasbench.policy.node.HomeInvokerPolicy;
import io.github.faasbench.policy.node.LocalityPolicy;
import io.github.faasbench.policy.node.PackageAwarePolicy;
import io.github.faasbench.random.Stream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies that give each function nodes of its own promise, over hundreds of requests. */
class LocalityPoliciesTest {

  private static final int POINTS = 100;

  @Test
  void theHomeInvokerIsTheFirstWithASlotFreeOnOpenWhisksWay() {
    var bench = new PolicyBench(10, 2);
    var policy = bench.told(new HomeInvokerPolicy(new Stream(1)));
    int[] way = {9, 2, 5, 8, 1, 4, 7, 0, 3, 6}; // policies.md 1.2: guest/hello
    var random = new Stream(2);
    for (int request = 0; request < 500; request++) {
      bench.change(random, 2);
      NodeState first = null;
      for (int place = 9; place >= 0; place--) {
        NodeState node = bench.nodes.get(way[place]);
        first = node.eligible && !PolicyBench.isFull(node) ? node : first;
      }
      NodeState chosen = bench.choice(policy, "hello");
      if (first == null) {
        assertThat(chosen.eligible).isTrue();
      } else {
        assertThat(chosen).isSameAs(first);
      }
    }
  }

  @Test
  void theHomeInvokerTakesAnyEligibleNodeWhenAllAreFull() {
    var bench = new PolicyBench(4, 1);
    var policy = bench.told(new HomeInvokerPolicy(new Stream(1)));
    bench.nodes.forEach(node -> bench.inFlight(node, 3));
    bench.index.eligible(bench.nodes.get(1), false);
    int[] times = new int[4];
    for (int request = 0; request < 1200; request++) {
      times[bench.choice(policy, "f").index()]++;
    }
    assertThat(times[1]).isZero();
    for (int node : new int[] {0, 2, 3}) {
      assertThat(times[node]).isBetween(320, 480);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void localityGoesOnInEqualStepsFromOneHome(int step) {
    var bench = new PolicyBench(8, 1);
    var policy = bench.told(new LocalityPolicy(step));
    int by = step == 2 ? 1 : step; // in steps of 2 half of eight nodes would never be met
    int home = bench.choice(policy, "f").index();
    for (int call = 0; call < 8; call++) {
      NodeState chosen = bench.choice(policy, "f");
      assertThat(chosen.index()).isEqualTo((home + call * by) % 8);
      bench.inFlight(chosen, 1);
    }
    assertThat(bench.choice(policy, "f").index()).as("all are full").isEqualTo(home);
    Set<NodeState> homes = new HashSet<>();
    bench.nodes.forEach(node -> bench.inFlight(node, 0));
    for (int function = 0; function < 200; function++) {
      homes.add(bench.choice(policy, "f" + function));
    }
    assertThat(homes).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 50})
  void boundedLoadsNeverPassTheBound(int size) {
    var bench = new PolicyBench(size, 1);
    double bound = 1.25;
    var policy = bench.told(new ConsistentHashPolicy(bound, POINTS));
    var random = new Stream(3);
    for (int request = 0; request < 1000; request++) {
      // Skewed: half of the calls are of one function, and calls end anywhere.
      NodeState chosen = bench.choice(policy, "f" + random.nextInt(2) * random.nextInt(30));
      bench.inFlight(chosen, chosen.inFlight + 1);
      double most = Math.ceil(bound * bench.index.inFlight() / size);
      assertThat(chosen.inFlight).isLessThanOrEqualTo((int) most);
      NodeState other = bench.nodes.get(random.nextInt(size));
      if (request > 50 && other.inFlight > 0) {
        bench.inFlight(other, other.inFlight - 1);
      }
    }
  }

  @Test
  void theAverageOfTheBoundIsNotCutToAWholeNumber() {
    // 7 calls with the new one on 4 nodes: at most ceil(1.25 * 7 / 4) = 3, not ceil(1.25) = 2.
    var bench = new PolicyBench(4, 1);
    var policy = bench.told(new ConsistentHashPolicy(1.25, POINTS));
    NodeState home = bench.choice(policy, "f");
    bench.nodes.forEach(node -> bench.inFlight(node, node == home ? 2 : 1));
    bench.inFlight(bench.nodes.get((home.index() + 1) % 4), 2);
    assertThat(bench.choice(policy, "f")).isSameAs(home);
    bench.inFlight(home, 3);
    assertThat(bench.choice(policy, "f")).isNotSameAs(home);
  }

  /** By a second implementation: two points each of n0 to n3; f7 lies behind the last of them. */
  @Test
  void aFunctionsNodeIsThatOfTheNextPointClockwiseThatIsOffered() {
    var bench = new PolicyBench(4, 1);
    var policy = bench.told(new ConsistentHashPolicy(Double.POSITIVE_INFINITY, 2));
    List<String> functions = List.of("f0", "f2", "f4", "f7", "f8", "f10");
    assertThat(functions.stream().map(f -> bench.choice(policy, f).name()))
        .containsExactly("n2", "n3", "n0", "n1", "n1", "n2");
    bench.index.eligible(bench.nodes.get(2), false);
    assertThat(functions.stream().map(f -> bench.choice(policy, f).name()))
        .containsExactly("n1", "n3", "n0", "n1", "n1", "n0");
    bench.index.eligible(bench.nodes.get(1), false);
    assertThat(functions.stream().map(f -> bench.choice(policy, f).name()))
        .containsExactly("n0", "n3", "n0", "n0", "n0", "n0");
  }

  @Test
  void withoutABoundAFunctionStaysWhereItIs() {
    var bench = new PolicyBench(20, 1);
    var policy = bench.told(new ConsistentHashPolicy(Double.POSITIVE_INFINITY, POINTS));
    Map<String, NodeState> homes = new HashMap<>();
    var random = new Stream(4);
    int[] owned = new int[20];
    for (int request = 0; request < 2000; request++) {
      String function = "f" + random.nextInt(1000);
      NodeState chosen = bench.choice(policy, function);
      assertThat(homes.computeIfAbsent(function, f -> chosen)).isSameAs(chosen);
      bench.inFlight(chosen, chosen.inFlight + 1);
    }
    homes.values().forEach(node -> owned[node.index()]++);
    assertThat(IntStream.of(owned).boxed()).as("functions a node").allMatch(c -> c > 15 && c < 85);

    // A node that goes moves its own functions only.
    bench.index.eligible(bench.nodes.get(7), false);
    homes.forEach(
        (function, home) -> {
          NodeState chosen = bench.choice(policy, function);
          assertThat(chosen.index() != 7 && (home.index() == 7 || chosen == home)).isTrue();
        });
  }

  @Test
  void chRluLooksAtNoMoreThanItsChainAndThenTakesTheLeastLoaded() {
    var bench = new PolicyBench(30, 1);
    var policy = bench.told(new ChRluPolicy(1, 2, 0, POINTS, new Stream(5)));
    Set<NodeState> chain = new HashSet<>();
    NodeState only = bench.nodes.get(11);
    for (int call = 0; call < 3; call++) {
      NodeState chosen = bench.choice(policy, "f");
      assertThat(chain.add(chosen)).isTrue();
      bench.inFlight(chosen, 2);
    }
    bench.nodes.forEach(node -> bench.inFlight(node, node == only ? 1 : 2));
    if (!chain.contains(only)) {
      assertThat(bench.choice(policy, "f")).isSameAs(only);
    }
    chain.forEach(node -> bench.inFlight(node, 1));
    assertThat(chain).contains(bench.choice(policy, "f"));
  }

  @Test
  void chRluSendsSomeOfAPopularFunctionsCallsOnBeforeItsNodeIsFull() {
    var bench = new PolicyBench(10, 10);
    var policy = bench.told(new ChRluPolicy(1, 2, 0.5, POINTS, new Stream(6)));
    long now = 0;
    NodeState home = bench.choice(policy, "often");
    NodeState rareHome = bench.choice(policy, "rare");
    bench.nodes.forEach(node -> bench.inFlight(node, 9));
    int away = 0;
    for (int i = 1; i <= 1000; i++) {
      var request = new Request("often", "i", Double.NaN, i, now += 1_000_000);
      away += home == chosen(policy, request, bench) ? 0 : 1;
      if (i % 100 == 0) {
        var rare = new Request("rare", "i", Double.NaN, i, now);
        assertThat(chosen(policy, rare, bench)).isSameAs(rareHome);
      }
    }
    // Load 0.9, noise of mean 0.2 and deviation 0.1: above 1 in 84 of 100.
    assertThat(away).isBetween(780, 900);
  }

  private static NodeState chosen(SchedulingPolicy policy, Request request, PolicyBench bench) {
    return (NodeState) ((Decision.Run) policy.choose(request, bench.index.all(), 0)).node();
  }

  @Test
  void packageAwareKeepsAnImagesFunctionsOnTwoNodesUntilBothAreAtTheThreshold() {
    var bench = new PolicyBench(20, 1);
    var policy = bench.told(new PackageAwarePolicy(3, POINTS, new Stream(7)));
    Set<NodeState> homes = new HashSet<>();
    for (int call = 0; call < 6; call++) {
      NodeState chosen =
          chosen(policy, new Request("f" + call, "pandas", Double.NaN, call, 0), bench);
      homes.add(chosen);
      bench.inFlight(chosen, chosen.inFlight + 1);
    }
    assertThat(homes).hasSize(2).allSatisfy(node -> assertThat(node.inFlight).isEqualTo(3));
    for (int call = 0; call < 300; call++) {
      NodeState chosen = chosen(policy, new Request("g", "pandas", Double.NaN, call, 0), bench);
      int least = bench.nodes.stream().mapToInt(n -> n.inFlight).min().orElseThrow();
      assertThat(chosen.inFlight).isEqualTo(least);
      bench.inFlight(chosen, chosen.inFlight + 1);
    }
  }

  @Test
  void aWarmNodeAtThePolicysLimitIsPassedOverForACoolerOne() {
    for (SchedulingPolicy policy :
        List.of(
            new HomeInvokerPolicy(new Stream(1)),
            new LocalityPolicy(1),
            new ConsistentHashPolicy(1.25, POINTS),
            new ChRluPolicy(1, 2, 0, POINTS, new Stream(1)),
            new PackageAwarePolicy(3, POINTS, new Stream(1)))) {
      var bench = new PolicyBench(20, 2);
      bench.told(policy);
      NodeSet warm = bench.warm(bench.nodes.get(13));
      assertThat(policy.choose(bench.request("f"), warm, 0))
          .isEqualTo(new Decision.Run(bench.nodes.get(13)));
      bench.inFlight(bench.nodes.get(13), 5);
      assertThat(policy.choose(bench.request("f"), warm, 0)).isInstanceOf(Decision.Reject.class);
      assertThat(bench.choice(policy, "f")).isNotSameAs(bench.nodes.get(13));
    }
  }
}
