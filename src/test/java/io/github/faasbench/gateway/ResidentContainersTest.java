package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.time.Duration;
import java.util.List;
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
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
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
    f.with(new RoundRobinPolicy()).prepare(Preparation.CONTAINER, 2);
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
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    f.call();
    String first = onlyContainer(f);

    f.cluster.end("n1", first);
    f.cluster.pass(SECOND);

    assertThat(onlyContainer(f)).isNotEqualTo(first);
    assertThat(f.call().mode()).isEqualTo("warmed");
    f.cluster.end("n1", onlyContainer(f));
    f.cluster.pass(SECOND);
    assertThat(f.call().outcome()).isEqualTo(Outcome.OK);
    assertThat(f.notices)
        .containsExactly(
            "n1: a waiting container of f ended between calls (exit code 3); it is started anew,"
                + " and so are others that end so");
  }

  @Test
  void aProcessThatEndsBeforeItsFirstCallIsNotStartedAgainAndAgain() {
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);

    f.cluster.end("n1", onlyContainer(f));
    f.cluster.pass(10 * SECOND);

    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.notices)
        .containsExactly("n1: a waiting container of f ended before it had a call (exit code 3)");
    assertThat(f.call().mode()).isEqualTo("pre-warmed");
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
    var f = new GatewayFixture("n1").with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    f.cluster.end("n1", "another");
    assertThat(f.call().mode()).isEqualTo("warmed");
    assertThat(f.notices).isEmpty();
  }
}
