package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cluster.NodeFailure.Kind;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.metrics.Attempt;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a call whose attempt fails on its node. */
class RetryTest {

  private static final long SECOND = 1_000_000_000L;

  private static GatewayFixture retrying(int most, String... nodes) {
    var f = new GatewayFixture(nodes);
    f.retry = new RetrySpec(most, false);
    return f;
  }

  private static Call.Finished last(GatewayFixture f) {
    return f.ends.get(f.ends.size() - 1);
  }

  @Test
  void anAttemptThatFailedOnItsNodeIsFollowedByOneOnAnother() {
    var f = retrying(1, "n1", "n2").with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.OK);
    assertThat(row.node()).isEqualTo("n2");
    assertThat(row.attempts()).isEqualTo(2);
    assertThat(row.error()).isEqualTo("attempt 1 failed: n1: no such image localhost:5055/f");
    assertThat(last(f).attempts())
        .containsExactly(
            new Attempt(
                1,
                "n1",
                "cold",
                Outcome.FAILED,
                "n1: no such image localhost:5055/f",
                0.001,
                1.001),
            new Attempt(2, "n2", "cold", Outcome.OK, "", 1.002, row.latencySeconds()));
  }

  @Test
  void theTimeOfEarlierAttemptsIsQueueingAndThePartsAddUp() {
    var f = retrying(2, "n1", "n2", "n3").with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    f.node("n2").pullFails = true;
    Invocation row = f.call();
    assertThat(row.attempts()).isEqualTo(3);
    assertThat(row.queueSeconds()).isCloseTo(2, within(1e-9)); // two pulls that failed
    assertThat(row.selectSeconds()).isCloseTo(0.003, within(1e-9));
    assertThat(row.pullSeconds()).isEqualTo(1);
    assertThat(row.phaseError()).isCloseTo(0, within(1e-8));
    assertThat(row.latencySeconds()).isCloseTo(6.203, within(1e-9));
  }

  @Test
  void aCallThatSucceedsAtOnceTellsNothingOfAttempts() {
    var f = retrying(3, "n1", "n2").with(new RoundRobinPolicy());
    f.call();
    assertThat(last(f).attempts()).isEmpty();
  }

  @Test
  void whatTheFunctionReturnsIsAResultAndNeverTriedAgain() {
    var f = retrying(3, "n1", "n2").with(new RoundRobinPolicy());
    f.node("n1").exitCode = 3;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(row.attempts()).isEqualTo(1);
    assertThat(last(f).attempts()).extracting(Attempt::error).containsExactly("exit code 3: Ok");
  }

  @Test
  void withoutRetriesTheFirstCauseIsTheLast() {
    var f = new GatewayFixture("n1", "n2").with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(row.attempts()).isEqualTo(1);
    assertThat(last(f).attempts()).hasSize(1);
  }

  @Test
  void whenEveryNodeWasTriedTheLastCauseEndsTheCall() {
    var f = retrying(9, "n1", "n2").with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    f.node("n2").pullFails = true;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(row.attempts()).isEqualTo(2);
    assertThat(row.node()).isEqualTo("n2");
    assertThat(row.error()).isEqualTo("n2: no such image localhost:5055/f");
    assertThat(last(f).attempts()).extracting(Attempt::node).containsExactly("n1", "n2");
  }

  @Test
  void whereNoOtherNodeIsEligibleTheRecordSaysWhy() {
    var f = retrying(2, "n1", "n2", "n3").with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    f.node("n2").ram = 95;
    f.node("n3").loadFails = true;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(row.node()).isEqualTo("n1");
    assertThat(row.attempts()).isEqualTo(1);
    assertThat(row.error())
        .isEqualTo(
            "n1: no such image localhost:5055/f; no further attempt: no eligible node: n1 was"
                + " tried by this call; n2 has 95.0 % of its memory in use, limit 90.0; n3 has no"
                + " reading: n3: no answer");
    assertThat(last(f).attempts()).hasSize(1);
  }

  @Test
  void aCallThatFindsNoOtherNodeWaitsForOneWhereCallsWait() {
    var f = retrying(1, "n1", "n2");
    f.waitForNode = true;
    f.with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    f.node("n2").ram = 95;
    f.start();
    f.cluster.pass(3 * SECOND);
    assertThat(f.rows).isEmpty();
    f.node("n2").ram = 10;
    f.runUntilRows(1);
    assertThat(f.rows.get(0).outcome()).isEqualTo(Outcome.OK);
    assertThat(f.rows.get(0).node()).isEqualTo("n2");
  }

  @Test
  void aCallThatMayHaveRunIsLostUnlessThatIsAllowed() {
    var f = retrying(2, "n1", "n2").with(new RoundRobinPolicy());
    f.start();
    f.cluster.pass(2 * SECOND);
    f.node("n1").cut();
    f.runUntilRows(1);
    assertThat(f.rows.get(0).outcome()).isEqualTo(Outcome.LOST);
    assertThat(f.rows.get(0).attempts()).isEqualTo(1);

    var again = new GatewayFixture("n1", "n2");
    again.retry = new RetrySpec(2, true);
    again.with(new RoundRobinPolicy());
    again.start();
    again.cluster.pass(2 * SECOND);
    again.node("n1").cut();
    again.runUntilRows(1);
    assertThat(again.rows.get(0).outcome()).isEqualTo(Outcome.OK);
    assertThat(again.rows.get(0).node()).isEqualTo("n2");
    assertThat(last(again).attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Outcome.LOST, Outcome.OK);
  }

  @Test
  void aNodeThatHasNoRoomIsLeftForAnother() {
    var f = retrying(1, "n1", "n2").with(new RoundRobinPolicy());
    f.node("n1").full = true;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.OK);
    assertThat(last(f).attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Outcome.REJECTED, Outcome.OK);
    f.node("n2").full = true;
    assertThat(f.call().outcome()).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void theTimeLimitIsOfAllAttemptsTogetherAndATimeOutIsNotTriedAgain() {
    var f = retrying(2, "n1", "n2", "n3");
    f.timeout = Optional.of(2 * SECOND);
    f.with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(row.attempts()).isEqualTo(2);
    assertThat(row.latencySeconds()).isCloseTo(2, within(1.0));
    assertThat(last(f).attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Outcome.FAILED, Outcome.TIMEOUT);
    assertThat(f.node("n3").did).isEmpty();
  }

  @Test
  void aCallDoesNotWaitForTheCleanUpOfANodeThatIsGone() {
    var f = retrying(1, "n1", "n2").with(new RoundRobinPolicy());
    f.start();
    f.cluster.pass(500_000_000L);
    f.node("n1").pullFails = true;
    f.node("n1").down = Kind.UNREACHABLE; // shows as soon as it is asked something else
    f.node("n1").failNanos = 30 * SECOND;
    f.runUntilRows(1);
    assertThat(f.rows.get(0).latencySeconds()).isLessThan(6);
    assertThat(f.gateway.settled()).isFalse();
    assertThat(f.gateway.index.nodes().get(0).inFlight).isEqualTo(1);
    f.cluster.loop().runUntil(f.gateway::settled);
    assertThat(f.gateway.index.inFlight()).isZero();
  }

  @Test
  void aFailedAttemptGivesItsImageAndItsContainerBack() {
    var f = retrying(1, "n1", "n2");
    f.keepAlive = new FixedKeepAlive(Duration.ofMinutes(1), true);
    f.with(new RoundRobinPolicy());
    f.node("n1").full = true; // pulls, and then finds no room for a container
    assertThat(f.call().node()).isEqualTo("n2");
    f.cluster.loop().runUntil(f.gateway::settled);
    assertThat(f.node("n1").images).isEmpty();
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n2").containers).hasSize(1);
    assertThat(f.gateway.index.inFlight()).isZero();
  }

  @Test
  void aPreparedContainerThatLostItsCallIsReplaced() {
    var f = retrying(1, "n1", "n2").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 2);
    f.node("n1").containers.clear(); // its engine has forgotten them
    assertThat(f.call().node()).isEqualTo("n2");
    f.cluster.loop().runUntil(f.gateway::settled);
    assertThat(f.node("n1").containers).hasSize(1);
    assertThat(f.call().mode()).isEqualTo("warmed");
  }

  @Test
  void policiesLearnOfEachAttemptWhatItTook() {
    List<SchedulingPolicy.Ended> ended = new ArrayList<>();
    var f = retrying(1, "n1", "n2").with(new FirstNodePolicy(ended));
    f.node("n1").pullFails = true;
    f.call();
    assertThat(ended).extracting(e -> e.node().name()).containsExactly("n1", "n2");
    assertThat(ended).extracting(SchedulingPolicy.Ended::succeeded).containsExactly(false, true);
    assertThat(ended)
        .extracting(SchedulingPolicy.Ended::latencyNanos)
        .containsExactly(1_001_000_000L, 4_201_000_000L);
  }

  @Test
  void anInterruptEndsACallBetweenAttemptsWithItsLastCause() {
    var f = retrying(1, "n1", "n2");
    f.waitForNode = true;
    f.with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    f.node("n2").ram = 95;
    f.start();
    f.cluster.pass(3 * SECOND);
    f.gateway.close();
    f.runUntilRows(1);
    assertThat(f.rows.get(0).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(f.rows.get(0).error()).contains("no such image").contains("interrupted");
    assertThat(List.of(f.gateway.open())).containsExactly(0);
  }
}
