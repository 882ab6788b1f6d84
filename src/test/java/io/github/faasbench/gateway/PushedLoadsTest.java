package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.experiment.BreakerSpec;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.node.LeastUsedPolicy;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where nodes push their loads, a decision asks nobody and uses the newest that was pushed. */
class PushedLoadsTest {

  private static final long SECOND = 1_000_000_000L;

  private final FakeCluster cluster = FakeCluster.pushing("n1", "n2", "n3");
  private final GatewayFixture f = new GatewayFixture(cluster);

  @Test
  void aDecisionAsksNobodyAndTakesNoTime() {
    for (var policy : List.of(new RoundRobinPolicy(), new LeastUsedPolicy())) {
      f.with(policy);
      f.prepare(Preparation.CONTAINER, 2);
      Invocation row = f.call();
      assertThat(row.selectSeconds()).isZero();
      assertThat(row.queueSeconds()).isZero();
    }
    for (String node : List.of("n1", "n2", "n3")) {
      assertThat(cluster.fake(node).did).doesNotContain("load");
    }
  }

  @Test
  void theRowShowsThePushedLoadAndItsAge() {
    f.with(new LeastUsedPolicy());
    cluster.fake("n1").cpu = 80;
    cluster.fake("n2").cpu = 40;
    cluster.fake("n2").ram = 30;
    cluster.fake("n3").cpu = 60;
    List.of("n1", "n2", "n3").forEach(cluster::push);
    cluster.pass(3 * SECOND);
    Invocation row = f.call();
    assertThat(row.node()).isEqualTo("n2");
    assertThat(row.cpuPercent()).isEqualTo(40);
    assertThat(row.ramPercent()).isEqualTo(30);
    assertThat(row.loadAgeSeconds()).isEqualTo(3.0);
  }

  @Test
  void aLoadThatIsNotPushedMisleads() {
    f.with(new LeastUsedPolicy());
    cluster.fake("n1").cpu = 95; // and nobody is told
    assertThat(f.call().node()).isEqualTo("n1");
    cluster.push("n1");
    assertThat(f.call().node()).isEqualTo("n2");
  }

  @Test
  void theThresholdHoldsFromThePushThatCrossesIt() {
    f.with(new RoundRobinPolicy());
    cluster.fake("n2").ram = 90;
    cluster.push("n2");
    assertThat(f.nodesOf(4)).containsExactly("n1", "n3", "n1", "n3");
    cluster.fake("n2").ram = 89.9;
    cluster.push("n2");
    assertThat(f.nodesOf(3)).containsExactly("n1", "n2", "n3");
  }

  @Test
  void theThresholdHoldsForWarmNodesToo() {
    f.with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 2);
    cluster.fake("n1").ram = 95;
    cluster.push("n1");
    assertThat(f.nodesOf(3)).containsOnly("n2");
    assertThat(f.rows).extracting(Invocation::mode).containsOnly("warmed");
  }

  @Test
  void aCallThatFindsNoNodeIsRejectedWithTheReasonOfEach() {
    f.with(new RoundRobinPolicy());
    for (String node : List.of("n1", "n2", "n3")) {
      cluster.fake(node).ram = 97;
      cluster.push(node);
    }
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(row.error()).contains("n2 has 97.0 % of its memory in use, limit 90.0");
  }

  @Test
  void aWaitingCallRunsAtThePushThatMakesANodeEligible() {
    f.waitForNode = true;
    for (String node : List.of("n1", "n2", "n3")) {
      cluster.fake(node).ram = 97;
    }
    f.with(new RoundRobinPolicy());
    f.start();
    cluster
        .loop()
        .after(
            7 * SECOND,
            () -> {
              cluster.fake("n3").ram = 20;
              cluster.push("n3");
            });
    f.runUntilRows(1);
    assertThat(f.rows.get(0).node()).isEqualTo("n3");
    assertThat(f.rows.get(0).queueSeconds()).isEqualTo(7.0);
  }

  @Test
  void aNodeWhoseLoadIsNotKnownAnyMoreGetsNoCallUntilItIsToldAgain() {
    f.with(new RoundRobinPolicy());
    cluster.unread("n2", Optional.of("silence"));
    assertThat(f.nodesOf(4)).containsExactly("n1", "n3", "n1", "n3");
    cluster.push("n2");
    assertThat(f.nodesOf(3)).containsExactly("n1", "n2", "n3");
  }

  @Test
  void whoFoundNoNodeReadsWhyItsLoadIsNotKnown() {
    f.with(new LeastUsedPolicy());
    for (String node : List.of("n1", "n2", "n3")) {
      cluster.unread(node, node.equals("n1") ? Optional.empty() : Optional.of("silence"));
    }
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(row.error()).contains("n1 has no reading; n2 has no reading: silence");
  }

  @Test
  void loadsThatStayUnknownSetTheNodeAsideAndAPushedOneStartsTheCountAnew() {
    f.breaker = Optional.of(BreakerSpec.DEFAULT);
    f.with(new RoundRobinPolicy());
    int most = BreakerSpec.DEFAULT.failures();
    for (int i = 1; i < most; i++) {
      cluster.unread("n2", Optional.of("silence"));
    }
    cluster.unread("n2", Optional.empty()); // no failure
    cluster.push("n2");
    for (int i = 1; i < most; i++) {
      cluster.unread("n2", Optional.of("silence"));
    }
    assertThat(f.notices).isEmpty();
    cluster.unread("n2", Optional.of("silence"));
    assertThat(f.notices).singleElement().asString().contains("n2 is set aside", "silence");
  }

  @Test
  void aNodeThatIsLeftIsNotFollowedAndOneThatIsAddedIs() {
    f.with(new RoundRobinPolicy());
    f.gateway.membership().await(List.of("n3"));
    f.gateway.membership().drain("n1");
    f.gateway.membership().remove("n2");
    f.gateway.membership().add("n3");
    assertThat(cluster.fake("n1").followed).containsExactly(false);
    assertThat(cluster.fake("n2").followed).containsExactly(false);
    assertThat(cluster.fake("n3").followed).containsExactly(false, true);
  }

  @Test
  void beforeTheLoadOnlyNodesWhoseLoadIsNotKnownAreWaitedFor() {
    f.with(new RoundRobinPolicy());
    boolean[] known = {false};
    f.gateway.whenLoadsKnown(() -> known[0] = true);
    assertThat(known[0]).as("nobody is asked").isTrue();
    cluster.unread("n2", Optional.empty());
    f.gateway.whenLoadsKnown(() -> known[0] = false);
    assertThat(known[0]).isTrue();
    cluster.pass(SECOND);
    assertThat(known[0]).isFalse();
    assertThat(f.nodesOf(2)).containsExactly("n1", "n2");
    assertThat(cluster.fake("n1").did).doesNotContain("load");
  }
}
