package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many other containers of the tool were on the host of a call's node. */
class HostContainersTest {

  private static final long SECOND = 1_000_000_000L;

  /** Nodes a and b on one machine, c on another, taken in turn. */
  private static GatewayFixture threeNodes() {
    var f = new GatewayFixture(FakeCluster.pushing("a", "b", "c"));
    f.node("a").host = "one";
    f.node("b").host = "one";
    f.node("c").host = "two";
    return f;
  }

  private static List<Integer> counts(GatewayFixture f) {
    return f.rows.stream()
        .sorted((x, y) -> Long.compare(x.invocation(), y.invocation()))
        .map(Invocation::hostContainers)
        .toList();
  }

  @Test
  void containersOfCallsCountByHostAndNotByNodeUntilTheyAreRemoved() {
    var f = threeNodes().with(new RoundRobinPolicy());
    for (int i = 0; i < 6; i++) {
      f.start(); // a, b, c, a, b, c
    }
    f.runUntilRows(6);
    assertThat(counts(f)).containsExactly(0, 1, 0, 2, 3, 1);
    f.call();
    assertThat(f.rows.get(6).hostContainers()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Preparation.class,
      names = {"CONTAINER", "PAUSED", "RESIDENT"})
  void containersThatWaitCountBusyOrNotAndPausedOnesToo(Preparation warming) {
    var f = threeNodes().prepared(new RoundRobinPolicy(), warming, 3);
    f.start();
    f.start();
    f.start();
    f.start(); // all containers are busy: it gets one of its own
    f.runUntilRows(4);
    assertThat(f.rows).extracting(Invocation::outcome).containsOnly(Outcome.OK);
    List<Invocation> rows = List.copyOf(f.rows);
    for (Invocation row : rows) {
      boolean own = row.invocation() == 4;
      int others = row.node().equals("c") ? 0 : 1;
      assertThat(row.hostContainers()).as(row.toString()).isEqualTo(own ? others + 1 : others);
    }
  }

  @Test
  void keptContainersCountUntilTheyExpire() {
    var f = threeNodes();
    f.keepAlive = new FixedKeepAlive(Duration.ofSeconds(60), true);
    f.with(new RoundRobinPolicy());
    f.start();
    f.start();
    f.runUntilRows(2);
    // Each goes to a waiting container: the other one is on the same host.
    assertThat(f.call().hostContainers()).isEqualTo(1);
    f.cluster.pass(200 * SECOND);
    for (String node : List.of("c", "a", "b")) {
      Invocation row = f.call();
      assertThat(row.mode()).isEqualTo(node.equals("c") ? "cold" : "warmed");
      assertThat(row.hostContainers()).isZero();
    }
  }

  @Test
  void whatCouldNotBeStartedOrWasLostDoesNotCount() {
    var f = threeNodes();
    f.keepAlive = new FixedKeepAlive(Duration.ofSeconds(600), true);
    f.retry = new RetrySpec(0, false);
    f.with(new RoundRobinPolicy());
    f.node("a").full = true;
    assertThat(f.call().outcome()).isEqualTo(Outcome.REJECTED);
    f.node("a").full = false;
    assertThat(f.call().hostContainers()).isZero(); // on b, whose container stays
    f.node("b").cut();
    Invocation lost = f.call();
    assertThat(lost.outcome()).isNotEqualTo(Outcome.OK);
    f.cluster.pass(100 * SECOND);
    f.node("b").down = null;
    f.gateway.membership().remove("b");
    f.cluster.pass(SECOND);
    Invocation next = f.call();
    assertThat(next.hostContainers()).as(next.toString()).isZero();
  }

  @Test
  void aFailedAttemptsContainerIsGoneAndTheRowTellsOfTheLastNode() {
    var f = threeNodes();
    f.retry = new RetrySpec(2, false);
    f.with(new RoundRobinPolicy());
    f.node("a").callsFail = NodeFailure.Kind.ENGINE;
    f.node("b").callsFail = NodeFailure.Kind.ENGINE;
    Invocation row = f.call();
    assertThat(row.node()).isEqualTo("c");
    assertThat(row.hostContainers()).isZero();
    f.node("a").callsFail = null;
    f.node("b").callsFail = null;
    for (int i = 0; i < 3; i++) {
      assertThat(f.call().hostContainers()).isZero();
    }
  }

  @Test
  void aCallThatTimesOutLeavesNoneBehind() {
    var f = threeNodes();
    f.timeout = Optional.of(SECOND);
    f.with(new RoundRobinPolicy());
    assertThat(f.call().outcome()).isEqualTo(Outcome.TIMEOUT);
    f.node("b").execNanos = SECOND / 10;
    f.node("b").pullNanos = SECOND / 10;
    assertThat(f.call().hostContainers()).isZero();
  }

  @Test
  void whereNoHostIsKnownNothingIsSaid() {
    var f = new GatewayFixture("a", "b").with(new RoundRobinPolicy());
    f.start();
    f.start();
    f.runUntilRows(2);
    assertThat(counts(f)).containsExactly(-1, -1);
  }
}
