package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.node.LeastUsedPolicy;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a call's record says, and what the gateway does before and after it. */
class CallRecordTest {

  @Test
  void thePartsOfAColdCallAddUpToItsLatencyAndCleanUpIsOutside() {
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    Invocation row = f.call();
    assertThat(row.mode()).isEqualTo("cold");
    assertThat(row.pullSeconds()).isEqualTo(1.0);
    assertThat(row.startSeconds()).isEqualTo(0.2);
    assertThat(row.execSeconds()).isEqualTo(3.0);
    assertThat(row.selectSeconds()).isEqualTo(0.001);
    assertThat(row.latencySeconds()).isCloseTo(4.201, within(1e-9));
    assertThat(row.transportSeconds()).isCloseTo(0, within(1e-9));
    assertThat(row.cleanupSeconds()).isCloseTo(0.1, within(1e-9)); // container and image
    assertThat(row.pulledBytes()).isEqualTo(1000);
    assertThat(row.layersPresent()).isZero();
    assertThat(row.loadAgeSeconds()).isZero();
    assertThat(f.node("n1").images).isEmpty();
  }

  @Test
  void aWarmedCallHasNeitherPullNorStart() {
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    Invocation row = f.call();
    assertThat(row.pullSeconds()).isZero();
    assertThat(row.startSeconds()).isZero();
    assertThat(row.latencySeconds()).isCloseTo(3.001, within(1e-9));
    assertThat(row.pulledBytes()).isEqualTo(-1);
  }

  @Test
  void aProcessTooShortForTheEnginesStampsHasNoTimeAndTheRestStillAddsUp() {
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.node("n1").execNanos = -1;
    Invocation row = f.call();
    assertThat(row.execSeconds()).isNaN();
    assertThat(row.transportSeconds()).isCloseTo(0, within(1e-8));
    assertThat(row.phasesFail()).isFalse();
  }

  /** Clocks that disagree show: a rest that was cut at 0 would hide them. */
  @Test
  void aRestBelowZeroStaysAndFailsTheCheck() {
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.node("n1").execAheadNanos = 2_000_000;
    Invocation row = f.call();
    assertThat(row.execSeconds()).isEqualTo(3.002);
    assertThat(row.transportSeconds()).isEqualTo(-0.002);
    assertThat(row.phaseError()).isCloseTo(0, within(1e-9));
    assertThat(row.phasesFail()).isTrue();
    f.node("n1").execAheadNanos = -2_000_000;
    Invocation late = f.call();
    assertThat(late.transportSeconds()).isEqualTo(0.002);
    assertThat(late.phasesFail()).isFalse();
  }

  @Test
  void aFailedCallIsARowWithItsCause() {
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.node("n1").exitCode = 3;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(row.exitCode()).isEqualTo(3);
    assertThat(row.error()).isEqualTo("exit code 3: Ok");

    f.node("n1").pullFails = true;
    Invocation noImage = f.call();
    assertThat(noImage.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(noImage.error()).contains("n1: no such image localhost:5055/f");
    assertThat(f.gateway.open()).isZero();
  }

  @Test
  void theImageGoesAfterTheLastOfOverlappingColdCalls() {
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.start();
    f.cluster.pass(500_000_000L);
    f.start();
    f.runUntilRows(1);
    assertThat(f.node("n1").did).noneMatch(line -> line.startsWith("rmi"));
    f.runUntilRows(2);
    assertThat(f.node("n1").did).filteredOn(line -> line.startsWith("rmi")).hasSize(1);
  }

  @Test
  void nodesOfOneEngineShareTheCountOfAnImagesUsers() {
    var f = new GatewayFixture("n1", "n2");
    f.engineOf.put("n1", "one");
    f.engineOf.put("n2", "one");
    f.with(new RoundRobinPolicy());
    f.start();
    f.cluster.pass(500_000_000L);
    f.start();
    f.runUntilRows(2);
    assertThat(f.node("n1").did).noneMatch(line -> line.startsWith("rmi"));
    assertThat(f.node("n2").did).anyMatch(line -> line.startsWith("rmi"));
  }

  @Test
  void aCallThatMeetsARemovalWaitsForItInItsQueueTime() {
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.start();
    f.cluster.loop().runUntil(() -> f.node("n1").did.contains("rmi localhost:5055/f"));
    f.start();
    f.runUntilRows(2);
    assertThat(f.rows.get(1).queueSeconds()).isBetween(0.04, 0.05);
    assertThat(f.rows.get(1).layersPresent()).isZero();
  }

  @Test
  void aCallOverItsTimeIsKilledAndItsWaitingContainerReplaced() {
    var f = new GatewayFixture("n1");
    f.timeout = Optional.of(1_000_000_000L);
    f.with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(row.latencySeconds()).isCloseTo(1.05, within(0.01));
    assertThat(row.execSeconds()).isNaN();
    f.node("n1").execNanos = 1_000_000;
    assertThat(f.call().mode()).isEqualTo("warmed");
  }

  @Test
  void aReplacementThatStartsSlowlyIsNotKilledWithWhatItReplaces() {
    var f = new GatewayFixture("n1");
    f.timeout = Optional.of(1_000_000_000L);
    f.with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    f.node("n1").startNanos = 3_000_000_000L;
    assertThat(f.call().outcome()).isEqualTo(Outcome.TIMEOUT);
    f.node("n1").execNanos = 1_000_000;
    f.cluster.pass(2_000_000_000L);
    assertThat(f.node("n1").containers).hasSize(1);
    Invocation next = f.call();
    assertThat(next.mode()).isEqualTo("warmed");
    assertThat(next.outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aTimeOutDuringThePullStillEndsTheCall() {
    var f = new GatewayFixture("n1");
    f.timeout = Optional.of(300_000_000L);
    f.with(new RoundRobinPolicy());
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
  }

  @Test
  void closingEndsEveryOpenCallWithARow() {
    var f = new GatewayFixture("n1", "n2").with(new RoundRobinPolicy());
    for (int i = 0; i < 4; i++) {
      f.start();
    }
    f.cluster.pass(2_000_000_000L);
    f.gateway.close();
    f.runUntilRows(4);
    assertThat(f.rows).extracting(Invocation::outcome).containsOnly(Outcome.LOST);
    assertThat(f.rows).extracting(Invocation::error).containsOnly("interrupted");
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
  }

  @Test
  void releasingRemovesWhatWasPrepared() {
    var f = new GatewayFixture("n1", "n2").with(new RoundRobinPolicy());
    Warmer warmer = f.prepare(Preparation.CONTAINER, 2);
    assertThat(f.node("n2").containers).hasSize(1);
    boolean[] done = {false};
    warmer.release(problems -> done[0] = problems.isEmpty());
    f.cluster.loop().runUntil(() -> done[0]);
    for (String node : new String[] {"n1", "n2"}) {
      assertThat(f.node(node).containers).isEmpty();
      assertThat(f.node(node).images).isEmpty();
    }
  }

  @Test
  void whereNoNodeCanBePreparedItIsSaidOfEachWhy() {
    var f = new GatewayFixture("n1", "n2").with(new LeastUsedPolicy());
    f.node("n1").ram = 95;
    f.node("n2").ram = 92;
    var warmer = new Warmer(f.gateway, GatewayFixture.FUNCTION, Preparation.IMAGE);
    List<String> problems = new ArrayList<>();
    warmer.prepare(1, problems::addAll);
    f.cluster.loop().runUntil(() -> !problems.isEmpty());
    assertThat(problems)
        .containsExactly(
            "no node can be prepared for f: no eligible node: n1 has 95.0 % of its memory in use,"
                + " limit 90.0; n2 has 92.0 % of its memory in use, limit 90.0");
  }
}
