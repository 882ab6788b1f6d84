package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.NodeFailure.Kind;
import io.github.faasbench.experiment.BreakerSpec;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.node.LeastUsedPolicy;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nodes that fail repeatedly are set aside, and come back when they answer. */
class BreakerTest {

  private static final long SECOND = 1_000_000_000L;
  private static final BreakerSpec THREE =
      new BreakerSpec(3, Duration.ofSeconds(1), Duration.ofSeconds(4));

  private static GatewayFixture pushing(String... nodes) {
    return guarded(FakeCluster.pushing(nodes));
  }

  private static GatewayFixture guarded(FakeCluster cluster) {
    var f = new GatewayFixture(cluster);
    f.breaker = Optional.of(THREE);
    return f;
  }

  private static long asked(GatewayFixture f, String node) {
    return f.node(node).did.stream().filter("inventory"::equals).count();
  }

  @Test
  void aNodeThatFailsThreeTimesInARowIsOfferedToNoPolicy() {
    var f = pushing("n1", "n2").with(new RoundRobinPolicy());
    f.node("n1").down = Kind.ENGINE;
    for (int i = 0; i < 6; i++) {
      f.call();
    }
    assertThat(f.rows)
        .extracting(Invocation::outcome)
        .containsExactly(
            Outcome.FAILED, Outcome.OK, Outcome.FAILED, Outcome.OK, Outcome.FAILED, Outcome.OK);
    assertThat(f.call().node()).isEqualTo("n2");
    assertThat(f.call().node()).isEqualTo("n2");
    assertThat(f.notices)
        .containsExactly(
            "n1 is set aside after 3 failures in a row: n1: is down; it is asked again in 1.0 s,"
                + " then less and less often");
  }

  @Test
  void aCallThatSucceedsInBetweenStartsTheCountAnew() {
    var f = pushing("n1").with(new RoundRobinPolicy());
    for (int round = 0; round < 4; round++) {
      f.node("n1").down = Kind.ENGINE;
      f.call();
      f.call();
      f.node("n1").down = null;
      f.call();
    }
    assertThat(f.notices).isEmpty();
  }

  @Test
  void withoutABreakerANodeIsNeverSetAside() {
    var f = pushing("n1");
    f.breaker = Optional.empty();
    f.with(new RoundRobinPolicy());
    f.node("n1").down = Kind.UNREACHABLE;
    for (int i = 0; i < 20; i++) {
      assertThat(f.call().outcome()).isEqualTo(Outcome.FAILED);
    }
    assertThat(f.notices).isEmpty();
  }

  @Test
  void anImageThatIsNotToBeHadCountsAgainstNoNode() {
    var f = pushing("n1").with(new RoundRobinPolicy());
    f.node("n1").pullFails = true;
    for (int i = 0; i < 9; i++) {
      assertThat(f.call().error()).contains("no such image");
    }
    assertThat(f.notices).isEmpty();
  }

  @Test
  void aResidentProcessThatTakesNoCallCountsAgainstNoNode() {
    var f = pushing("n1").with(new RoundRobinPolicy());
    f.node("n1").callsFail = Kind.RUNTIME;
    for (int i = 0; i < 9; i++) {
      assertThat(f.call().outcome()).isEqualTo(Outcome.FAILED);
    }
    assertThat(f.notices).isEmpty();
  }

  @Test
  void itIsAskedLessAndLessOftenAndComesBackWhenItAnswers() {
    var f = pushing("n1", "n2").with(new FirstNodePolicy(new ArrayList<>()));
    f.node("n1").down = Kind.UNREACHABLE;
    for (int i = 0; i < 3; i++) {
      f.call();
    }
    assertThat(f.notices).hasSize(1);
    f.cluster.pass(20 * SECOND); // after 1, 2, 4, 4, 4, 4 s
    assertThat(asked(f, "n1")).isEqualTo(6);
    f.node("n1").down = null;
    assertThat(f.call().node()).isEqualTo("n2");
    f.cluster.pass(4 * SECOND);
    assertThat(f.notices).hasSize(2);
    assertThat(f.notices.get(1)).startsWith("n1 answers again and takes calls, after 2");
    assertThat(f.call().node()).isEqualTo("n1");
    assertThat(f.node("n1").did).filteredOn("load"::equals).hasSize(1);
  }

  @Test
  void aNodeThatCameBackIsSetAsideAgainByOneFailureForTwiceAsLong() {
    var f = pushing("n1").with(new RoundRobinPolicy());
    f.node("n1").down = Kind.UNREACHABLE;
    for (int i = 0; i < 3; i++) {
      f.call();
    }
    f.node("n1").down = null;
    f.cluster.pass(2 * SECOND);
    f.node("n1").down = Kind.UNREACHABLE;
    f.call();
    assertThat(f.notices).hasSize(3);
    assertThat(f.notices.get(2))
        .contains("n1 is set aside after 3 failures in a row")
        .contains("asked again in 2.0 s");
    f.node("n1").down = null;
    f.cluster.pass(3 * SECOND);
    assertThat(f.call().outcome()).isEqualTo(Outcome.OK); // by which it has proved itself
    f.node("n1").down = Kind.UNREACHABLE;
    f.call();
    f.call();
    assertThat(f.notices).hasSize(4);
  }

  @Test
  void aRejectedCallSaysSinceWhenAndWhyANodeIsSetAside() {
    var f = pushing("n1", "n2").with(new RoundRobinPolicy());
    f.node("n2").ram = 99;
    f.cluster.push("n2");
    f.node("n1").down = Kind.UNREACHABLE;
    for (int i = 0; i < 3; i++) {
      f.call();
    }
    f.cluster.pass(SECOND / 2);
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(row.error())
        .isEqualTo(
            "no eligible node: n1 is set aside since 0.5 s, after 3 failures in a row: n1: is down;"
                + " n2 has 99.0 % of its memory in use, limit 90.0");
  }

  @Test
  void aCallThatWaitsForANodeGoesThereWhenItIsBack() {
    var f = pushing("n1");
    f.waitForNode = true;
    f.with(new RoundRobinPolicy());
    f.node("n1").down = Kind.UNREACHABLE;
    for (int i = 0; i < 3; i++) {
      f.call();
    }
    f.start();
    f.cluster.pass(5 * SECOND);
    assertThat(f.rows).hasSize(3);
    f.node("n1").down = null;
    f.runUntilRows(4);
    assertThat(f.rows.get(3).outcome()).isEqualTo(Outcome.OK);
    assertThat(f.rows.get(3).phaseError()).isLessThan(1e-6);
  }

  @Test
  void readingsThatFailCountAsWellAndANodeThatIsAsideIsNotRead() {
    var f = guarded(new FakeCluster("n1", "n2")).with(new LeastUsedPolicy());
    f.node("n1").loadFails = true;
    for (int i = 0; i < 5; i++) {
      assertThat(f.call().node()).isEqualTo("n2");
    }
    assertThat(f.notices).hasSize(1);
    // Three for decisions; then one at each question, while the engine answers.
    f.cluster.pass(SECOND);
    long read = f.node("n1").did.stream().filter("load"::equals).count();
    assertThat(read).isEqualTo(3 + asked(f, "n1"));
    f.node("n1").loadFails = false;
    f.cluster.pass(5 * SECOND);
    assertThat(f.notices).hasSize(2);
    assertThat(f.call().node()).isEqualTo("n1");
  }

  @Test
  void aReadingThatSucceedsDoesNotHideAnEngineThatFails() {
    var f = guarded(new FakeCluster("n1", "n2")).with(new LeastUsedPolicy());
    f.node("n2").cpu = 50;
    f.node("n1").callsFail = Kind.ENGINE;
    for (int i = 0; i < 3; i++) {
      assertThat(f.call().outcome()).isEqualTo(Outcome.FAILED);
    }
    assertThat(f.call().node()).isEqualTo("n2");
  }

  @Test
  void aCellThatIsOverAsksNobody() {
    var f = pushing("n1").with(new RoundRobinPolicy());
    f.node("n1").down = Kind.UNREACHABLE;
    for (int i = 0; i < 3; i++) {
      f.call();
    }
    f.gateway.end();
    f.cluster.pass(60 * SECOND);
    assertThat(asked(f, "n1")).isZero();
  }

  @Test
  void aSimulationInWhichNothingElseHappensEnds() {
    var f = pushing("n1");
    f.waitForNode = true;
    f.with(new RoundRobinPolicy());
    f.node("n1").down = Kind.UNREACHABLE;
    for (int i = 0; i < 4; i++) {
      f.start();
    }
    org.junit.jupiter.api.Assertions.assertThrows(
        io.github.faasbench.cluster.StandstillException.class, () -> f.runUntilRows(5));
    assertThat(f.notices.get(1)).isEqualTo("n1 has not answered for a day and is asked no more");
  }

  @Test
  void aCallGoesElsewhereAndCountsAgainstTheNodeThatFailed() {
    var f = pushing("n1", "n2");
    f.retry = new RetrySpec(1, false);
    f.with(new RoundRobinPolicy());
    f.node("n1").down = Kind.UNREACHABLE;
    for (int i = 0; i < 8; i++) {
      assertThat(f.call().outcome()).isEqualTo(Outcome.OK);
    }
    assertThat(f.rows).extracting(Invocation::attempts).filteredOn(n -> n == 2).hasSize(3);
  }

  @Test
  void whatANodeLostWhileItWasGoneIsStartedAnewAndWhatItKeptGoes() {
    var f = pushing("n1", "n2");
    f.retry = new RetrySpec(1, true);
    f.with(new FirstNodePolicy(new ArrayList<>()));
    f.prepare(Preparation.CONTAINER, 1);
    String before = f.node("n1").containers.keySet().iterator().next();
    f.start();
    f.start(); // finds no place inside and is cold, on the same node
    f.cluster.pass(2 * SECOND);
    f.node("n1").cut();
    f.runUntilRows(2);
    assertThat(f.rows).extracting(Invocation::node).containsOnly("n2");
    assertThat(f.call().outcome()).isEqualTo(Outcome.OK); // the third failure
    f.node("n1").containers.remove(before);
    f.node("n1").down = null;
    f.cluster.pass(5 * SECOND);
    assertThat(f.notices).hasSize(2);
    assertThat(f.node("n1").containers).hasSize(1).doesNotContainKey(before);
    assertThat(f.call().mode()).isEqualTo("warmed");
  }
}
