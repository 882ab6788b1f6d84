package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.node.LeastUsedPolicy;
import io.github.faasbench.policy.node.MostUsedPolicy;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The thesis's three policies and its chain of responsibility (5.3, 5.4). */
class NodeChoiceTest {

  @Test
  void roundRobinGoesByNameWhateverTheOrderOfRegistration() {
    var f = new GatewayFixture("n3", "n1", "n4", "n2").with(new RoundRobinPolicy());
    assertThat(f.nodesOf(6)).containsExactly("n1", "n2", "n3", "n4", "n1", "n2");
  }

  @Test
  void roundRobinSpreadsHundredsOfCallsEvenly() {
    var f = new GatewayFixture("n1", "n2", "n3", "n4").with(new RoundRobinPolicy());
    List<String> nodes = f.nodesOf(400);
    for (String node : new TreeSet<>(nodes)) {
      assertThat(Collections.frequency(nodes, node)).as(node).isEqualTo(100);
    }
  }

  @Test
  void roundRobinMovesPastNodesThatAreNotEligible() {
    var f = new GatewayFixture("n1", "n2", "n3").with(new RoundRobinPolicy());
    f.node("n2").ram = 95;
    assertThat(f.nodesOf(4)).containsExactly("n1", "n3", "n1", "n3");
    f.node("n2").ram = 10;
    assertThat(f.nodesOf(3)).containsExactly("n1", "n2", "n3");
  }

  @Test
  void aNodeAtTheThresholdOrWithoutReadingIsNotEligible() {
    var f = new GatewayFixture("n1", "n2", "n3").with(new RoundRobinPolicy());
    f.node("n1").ram = 90;
    f.node("n2").loadFails = true;
    f.node("n3").ram = 89.99;
    assertThat(f.nodesOf(3)).containsExactly("n3", "n3", "n3");
  }

  @Test
  void leastUsedTakesTheSmallestCpuAndTiesGoToTheNodeRegisteredFirst() {
    var f = new GatewayFixture("n3", "n1", "n2").with(new LeastUsedPolicy());
    f.node("n3").cpu = 50;
    f.node("n1").cpu = 20;
    f.node("n2").cpu = 20;
    assertThat(f.call().node()).isEqualTo("n1");
    f.node("n1").cpu = 50;
    f.node("n2").cpu = 50;
    assertThat(f.call().node()).isEqualTo("n3");
  }

  @Test
  void mostUsedTakesTheLargestCpuBelowTheMemoryThreshold() {
    var f = new GatewayFixture("n1", "n2", "n3").with(new MostUsedPolicy());
    f.node("n1").cpu = 30;
    f.node("n2").cpu = 70;
    f.node("n3").cpu = 90;
    f.node("n3").ram = 92;
    assertThat(f.call().node()).isEqualTo("n2");
  }

  @Test
  void leastUsedReadsAllNodesAtOnceBeforeEachDecision() {
    var f = new GatewayFixture("n1", "n2", "n3").with(new LeastUsedPolicy());
    Invocation row = f.call();
    assertThat(row.selectSeconds()).isEqualTo(0.001); // one reading's time, not three
    f.call();
    for (String node : List.of("n1", "n2", "n3")) {
      assertThat(Collections.frequency(f.node(node).did, "load")).as(node).isEqualTo(2);
    }
  }

  @Test
  void aCallIsRejectedWithTheReasonOfEveryNodeWhenNoneIsEligible() {
    for (var policy : List.of(new RoundRobinPolicy(), new LeastUsedPolicy())) {
      var f = new GatewayFixture("n1", "n2").with(policy);
      f.node("n1").ram = 97.5;
      f.node("n2").loadFails = true;
      Invocation row = f.call();
      assertThat(row.outcome()).isEqualTo(Outcome.REJECTED);
      assertThat(row.node()).isEmpty();
      assertThat(row.attempts()).isZero();
      assertThat(row.error())
          .isEqualTo(
              "no eligible node: n1 has 97.5 % of its memory in use, limit 90.0;"
                  + " n2 has no reading: n2: no answer");
    }
  }

  @Test
  void aWaitingCallIsAskedAgainUntilANodeIsEligible() {
    var f = new GatewayFixture("n1");
    f.waitForNode = true;
    f.with(new RoundRobinPolicy());
    f.node("n1").ram = 99;
    f.start();
    f.cluster.pass(2_500_000_000L);
    assertThat(f.rows).isEmpty();
    f.node("n1").ram = 50;
    f.runUntilRows(1);
    assertThat(f.rows.get(0).outcome()).isEqualTo(Outcome.OK);
    assertThat(f.rows.get(0).queueSeconds()).isGreaterThan(2.5);
  }

  @Test
  void aWarmedNodeComesFirstThenAPreWarmedOneThenAnyNode() {
    var f = new GatewayFixture("n1", "n2", "n3").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    String warm = f.call().node();
    assertThat(f.rows.get(0).mode()).isEqualTo("warmed");
    assertThat(f.nodesOf(3)).containsOnly(warm);

    // Its container busy, the same node still has the image: pre-warmed.
    f.start();
    f.start();
    f.runUntilRows(6);
    Invocation second = f.rows.get(5);
    assertThat(second.node()).isEqualTo(warm);
    assertThat(second.mode()).isEqualTo("pre-warmed");
  }

  @Test
  void theMemoryThresholdHoldsOnTheWarmPathsToo() {
    var f = new GatewayFixture("n1", "n2").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    f.node("n1").ram = 95;
    Invocation row = f.call();
    assertThat(row.node()).isEqualTo("n2");
    assertThat(row.mode()).isEqualTo("cold");
  }

  @Test
  void amongSeveralWarmNodesTheBasePolicyChooses() {
    var f = new GatewayFixture("n1", "n2", "n3").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 3);
    assertThat(new TreeSet<>(f.nodesOf(6))).containsExactly("n1", "n2", "n3");

    var least = new GatewayFixture("n1", "n2", "n3").with(new LeastUsedPolicy());
    least.prepare(Preparation.IMAGE, 2);
    assertThat(least.call().node()).isEqualTo("n1");
    least.node("n1").cpu = 80;
    least.node("n3").cpu = -1; // idle, but has no image
    assertThat(least.call().node()).isEqualTo("n2");
    assertThat(least.rows).extracting(Invocation::mode).containsOnly("pre-warmed");
  }

  @Test
  void clientsThatCallAtOnceFindABusyContainerOnlyOnce() {
    var f = new GatewayFixture("n1", "n2", "n3", "n4").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 2);
    for (int i = 0; i < 6; i++) {
      f.start();
    }
    f.runUntilRows(6);
    assertThat(f.rows).filteredOn(row -> row.mode().equals("warmed")).hasSize(2);
    assertThat(f.rows).filteredOn(row -> row.mode().equals("pre-warmed")).hasSize(4);
  }
}
