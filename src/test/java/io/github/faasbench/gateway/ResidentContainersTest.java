package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.Resident;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.BreakerSpec;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.keepalive.PoolKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Containers in which the function's own process waits: how calls go there, and how they end. */
class ResidentContainersTest {

  private static final long SECOND = 1_000_000_000L;

  private static String onlyContainer(GatewayFixture f) {
    List<String> there = List.copyOf(f.node("n1").containers.keySet());
    assertThat(there).hasSize(1);
    return there.get(0);
  }

  @Test
  void aProcessThatEndsDuringACallFailsThatCallAndIsReplaced() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    String first = onlyContainer(f);
    f.node("n1").runtimeEnds = true;
    f.node("n1").exitCode = 3;

    Invocation failed = f.call();

    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.error()).isEqualTo("the runtime ended (exit code 3): its last words");
    assertThat(f.ends.get(0).output()).isEqualTo("its last words\n");
    assertThat(onlyContainer(f)).isNotEqualTo(first);
    assertThat(f.lives).extracting(ContainerLife::end).containsExactly(ContainerLife.End.LOST);
    f.node("n1").runtimeEnds = false;
    f.node("n1").exitCode = 0;
    assertThat(f.call().outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aBrokenProtocolHasNoExitCodeAndIsNotTriedAgain() {
    var f = new GatewayFixture("n1", "n2");
    f.retry = new RetrySpec(3, true);
    f.prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 2);
    f.node("n1").runtimeEnds = true;
    f.node("n1").exitCode = -1;

    Invocation failed = f.call();

    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.exitCode()).isEqualTo(-1);
    assertThat(failed.error()).isEqualTo("no line of the protocol: its last words");
    assertThat(failed.attempts()).isEqualTo(1);
    assertThat(f.node("n1").containers).hasSize(1);
  }

  @Test
  void aContainerThatWasKeptAndEndsWithItsCallIsNotReplaced() {
    var f = new GatewayFixture("n1");
    f.keepAlive = new FixedKeepAlive(Duration.ofHours(1), true);
    f.with(new RoundRobinPolicy());
    f.node("n1").runtimeEnds = true;
    f.node("n1").exitCode = 3;

    assertThat(f.call().outcome()).isEqualTo(Outcome.FAILED);

    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
    f.node("n1").runtimeEnds = false;
    f.node("n1").exitCode = 0;
    assertThat(f.call().mode()).isEqualTo("cold");
  }

  @Test
  void aProcessThatEndsBetweenCallsIsReplacedBeforeTheNextOne() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    f.call();
    String first = onlyContainer(f);

    f.cluster.end("n1", first);
    f.cluster.pass(SECOND);

    assertThat(onlyContainer(f)).isNotEqualTo(first);
    assertThat(f.call().mode()).isEqualTo("resident");
    f.cluster.end("n1", onlyContainer(f));
    f.cluster.pass(SECOND);
    assertThat(f.call().outcome()).isEqualTo(Outcome.OK);
    assertThat(f.notices)
        .containsExactly(
            "n1: a waiting container of f ended between calls (exit code 3); another one is started,"
                + " also for those that end so later");
  }

  @Test
  void processesThatEndBeforeTheirFirstCallAreNotStartedAgainAndAgain() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);

    for (int i = 0; i < 3; i++) {
      f.cluster.end("n1", onlyContainer(f));
      f.cluster.pass(SECOND);
    }

    assertThat(f.node("n1").containers).isEmpty();
    String ended = "n1: a waiting container of f ended before it had a call (exit code 3)";
    assertThat(f.notices)
        .containsExactly(
            ended + "; another one is started, also for those that end so later",
            ended + ", as those before it: no other one is started");
    assertThat(f.call().mode()).isEqualTo("pre-warmed");
  }

  @Test
  void anEndAfterACallIsNoneOfTheEndsBeforeTheFirst() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    for (int i = 0; i < 6; i++) {
      f.cluster.end("n1", onlyContainer(f));
      f.cluster.pass(SECOND);
      if (i % 2 == 1) {
        assertThat(f.call().mode()).isEqualTo("resident");
      }
    }
    assertThat(f.call().mode()).isEqualTo("resident");
  }

  @Test
  void aContainerThatCanNotBeStartedAnewIsTold() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    f.call();
    f.node("n1").full = true;
    f.cluster.end("n1", onlyContainer(f));
    f.cluster.pass(SECOND);
    assertThat(f.notices)
        .hasSize(2)
        .contains(
            "n1: the container of f that warming prepared is gone, and could not be started anew:"
                + " n1: no room for 128 MiB");
  }

  @Test
  void aContainerThatANodeInTroubleCouldNotStartAnewIsStartedWhenItWorksAgain() {
    var f = new GatewayFixture("n1");
    f.breaker = Optional.of(BreakerSpec.DEFAULT);
    f.prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    String first = onlyContainer(f);
    f.node("n1").down = NodeFailure.Kind.UNREACHABLE;
    f.cluster.end("n1", first);
    f.cluster.pass(SECOND);
    f.node("n1").down = null;

    assertThat(f.call().mode()).isEqualTo("pre-warmed");
    f.cluster.pass(SECOND);

    assertThat(f.call().mode()).isEqualTo("resident");
  }

  @Test
  void aKeptContainerWhoseProcessEndsGivesItsImageBack() {
    var f = new GatewayFixture("n1");
    f.keepAlive = new FixedKeepAlive(Duration.ofHours(1), true);
    f.with(new RoundRobinPolicy());
    f.call();

    f.cluster.end("n1", onlyContainer(f));
    f.cluster.pass(10 * SECOND);

    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
    assertThat(f.gateway.index.inFlight()).isZero();
  }

  @Test
  void aContainerThatIsNotTheGatewaysMayEndUnheard() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    f.cluster.end("n1", "another");
    assertThat(f.call().mode()).isEqualTo("resident");
    assertThat(f.notices).isEmpty();
  }

  /** The parts of the row add up to its latency. */
  private static void assertParts(Invocation row, double start, double exec, double cleanUp) {
    assertThat(row.startSeconds()).isEqualTo(start);
    assertThat(row.execSeconds()).isEqualTo(exec);
    assertThat(row.cleanupSeconds()).isEqualTo(cleanUp);
    double parts =
        row.queueSeconds()
            + row.selectSeconds()
            + row.pullSeconds()
            + row.startSeconds()
            + row.execSeconds()
            + row.transportSeconds();
    assertThat(parts).isCloseTo(row.latencySeconds(), within(1e-9));
    assertThat(row.transportSeconds()).isZero();
  }

  @Test
  void aCallToAResidentContainerIsItsLineAndNothingElse() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);

    Invocation row = f.call();

    assertThat(row.mode()).isEqualTo("resident");
    assertParts(row, 0, 3, 0);
    assertThat(f.node("n1").requests)
        .extracting(RunRequest::resident)
        .containsExactly(
            new Resident(List.of("serve"), List.of("1000"), false),
            new Resident(List.of("serve"), List.of("1000"), false));
    assertThat(f.node("n1").requests).extracting(RunRequest::leftNanos).containsOnly(-1L);
  }

  @Test
  void aPausedContainerIsUnpausedForACallAndPausedAfterIt() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.PAUSED, 1);
    assertThat(f.node("n1").paused).hasSize(1);

    Invocation row = f.call();

    assertThat(row.mode()).isEqualTo("paused");
    assertParts(row, 0.011, 3, 0.009);
    assertThat(f.node("n1").paused).hasSize(1);
    assertParts(f.call(), 0.011, 3, 0.009);
  }

  @Test
  void aCallThatMakesAResidentContainerRunsInItAndLeavesItThere() {
    var f = new GatewayFixture("n1");
    f.keepAlive = new FixedKeepAlive(Duration.ofHours(1), true);
    f.preparation = Preparation.PAUSED;
    f.with(new RoundRobinPolicy());

    Invocation first = f.call();
    Invocation second = f.call();

    assertThat(first.mode()).isEqualTo("cold");
    assertParts(first, 0.2, 3, 0.009); // it was never paused before its first call
    assertThat(second.mode()).isEqualTo("paused");
    assertParts(second, 0.011, 3, 0.009);
    assertThat(f.node("n1").requests)
        .extracting(request -> request.resident().paused())
        .containsExactly(false, true, true);
  }

  @Test
  void aCallThatFindsAllResidentContainersBusyStartsAProcessOfItsOwn() {
    var f = new GatewayFixture("n1").prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    f.start();
    f.start();
    f.runUntilRows(2);
    assertThat(f.rows)
        .extracting(Invocation::mode)
        .containsExactlyInAnyOrder("resident", "pre-warmed");
    RunRequest own = f.node("n1").requests.get(2);
    assertThat(own.command()).containsExactly("true", "1000");
    assertThat(own.resident()).isNull();
  }

  @Test
  void onlyTheLastOfSeveralCallsInsidePausesTheContainer() {
    var f = new GatewayFixture("n1");
    f.concurrency = 2;
    f.prepared(new RoundRobinPolicy(), Preparation.PAUSED, 1);
    f.start();
    f.cluster.pass(SECOND);
    f.start();
    f.runUntilRows(2);
    assertThat(f.rows).extracting(Invocation::mode).containsOnly("paused");
    assertParts(f.rows.get(0), 0.011, 3, 0);
    assertParts(f.rows.get(1), 0, 3, 0.009);
    assertThat(f.node("n1").paused).hasSize(1);
  }

  @Test
  void aCallsLineKnowsWhatItsTimeoutLeavesIt() {
    var f = new GatewayFixture(FakeCluster.pushing("n1"));
    f.timeout = Optional.of(10 * SECOND);
    f.busy = Experiment.Busy.WAIT;
    f.prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    f.start();
    f.start(); // waits for 3 s
    f.runUntilRows(2);
    assertThat(f.node("n1").requests)
        .extracting(RunRequest::leftNanos)
        .containsExactly(-1L, 10 * SECOND, 7 * SECOND);
  }

  @Test
  void aCallThatTakesTooLongIsKilledWithItsContainerWhichIsReplaced() {
    var f = new GatewayFixture(FakeCluster.pushing("n1"));
    f.timeout = Optional.of(SECOND);
    f.concurrency = 2;
    f.prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 1);
    String first = onlyContainer(f);
    f.start();
    f.cluster.pass(SECOND / 2);
    f.start();
    f.runUntilRows(2);
    assertThat(f.rows)
        .extracting(Invocation::outcome)
        .containsExactlyInAnyOrder(Outcome.TIMEOUT, Outcome.LOST);
    assertThat(onlyContainer(f)).isNotEqualTo(first);
    f.node("n1").execNanos = SECOND / 10;
    assertThat(f.call().mode()).isEqualTo("resident");
  }

  @Test
  void aCallThatFindsItsContainerGoneIsTriedElsewhereAndTheContainerIsReplaced() {
    var f = new GatewayFixture("n1", "n2");
    f.retry = new RetrySpec(1, false);
    f.prepared(new RoundRobinPolicy(), Preparation.RESIDENT, 2);
    f.node("n1").containers.clear(); // nobody has heard of it

    Invocation row = f.call();
    f.cluster.pass(SECOND);

    assertThat(row.outcome()).isEqualTo(Outcome.OK);
    assertThat(row.node()).isEqualTo("n2");
    assertThat(row.attempts()).isEqualTo(2);
    assertThat(f.node("n1").containers).hasSize(1);
  }

  @Test
  void containersLoadedAheadAreResidentToo() {
    var f = new GatewayFixture("n1");
    f.keepAlive = new PoolKeepAlive(1);
    f.preparation = Preparation.RESIDENT;
    f.with(new RoundRobinPolicy());
    List<String> answer = new ArrayList<>();
    f.gateway.loadAhead(GatewayFixture.FUNCTION, answer::add);
    f.cluster.loop().runUntil(() -> !answer.isEmpty());
    assertThat(f.call().mode()).isEqualTo("resident");
  }
}
