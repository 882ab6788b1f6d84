package io.github.faasbench.gateway;

import static io.github.faasbench.cluster.FakeNode.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.BreakerSpec;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that take what they are asked and never answer: each call has its row in time. */
@Timeout(60)
class GivenUpTest {
  private static final long SECOND = 1000 * MILLI;
  private static final Optional<Long> TIMEOUT = Optional.of(8 * SECOND);

  /** The first of two nodes is silent at that. */
  private static GatewayFixture silentAt(String... asked) {
    GatewayFixture fixture = new GatewayFixture("n1", "n2");
    fixture.timeout = TIMEOUT;
    fixture.breaker =
        Optional.of(new BreakerSpec(1, Duration.ofSeconds(60), Duration.ofSeconds(60)));
    fixture.node("n1").silent.addAll(List.of(asked));
    return fixture;
  }

  private static void endsSilent(GatewayFixture fixture) {
    Invocation row = fixture.call();
    assertThat(row.node()).isEqualTo("n1");
    assertThat(row.outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(row.latencySeconds()).isEqualTo(13);
    assertThat(row.error())
        .isEqualTo(
            "timed out; n1 did not say within 5 s that its container is gone;"
                + " `faasbench doctor` looks closer");
    assertThat(fixture.notices)
        .singleElement()
        .asString()
        .startsWith("n1 is set aside after a failure: n1 did not say within 5 s");
    assertThat(fixture.call().node()).isEqualTo("n2");
    assertThat(fixture.call().node()).isEqualTo("n2");
  }

  @ParameterizedTest
  @CsvSource({"cold,", "cold,rm", "pull,", "pull,rm"})
  void aNodeThatNeverSaysThatACallEndedIsSetAside(String asked, String besides) {
    GatewayFixture fixture = silentAt(asked);
    if (besides != null) {
      fixture.node("n1").silent.add(besides);
    }
    endsSilent(fixture.with(new RoundRobinPolicy()));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTAINER", "RESIDENT", "PAUSED"})
  void soItIsWhereContainersWait(Preparation preparation) {
    GatewayFixture fixture = silentAt();
    fixture.prepared(new RoundRobinPolicy(), preparation, 2);
    fixture.node("n1").silent.addAll(List.of("exec", "rm"));
    endsSilent(fixture);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pull", "start", "exec"})
  void soItIsWhereContainersAreKept(String asked) {
    GatewayFixture fixture = silentAt(asked, "rm");
    fixture.keepAlive = new FixedKeepAlive(Duration.ofSeconds(600), true);
    endsSilent(fixture.with(new RoundRobinPolicy()));
  }

  @Test
  void aLoadThatNeverComesKeepsNoCall() {
    Invocation row = silentAt("load").with(new RoundRobinPolicy()).call();
    assertThat(row.outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(row.latencySeconds()).isEqualTo(13);
    assertThat(row.error()).isEqualTo("timed out while a node was chosen");
  }

  @Test
  void aCallThatHasEndedKeepsItsEndThoughItsImageNeverGoes() {
    GatewayFixture fixture = silentAt("rmi").with(new RoundRobinPolicy());
    long began = fixture.cluster.loop().nowNanos();
    Invocation row = fixture.call();
    assertThat(row.outcome()).isEqualTo(Outcome.OK);
    assertThat(row.error()).isEqualTo("what is done after it has not ended yet");
    assertThat(row.latencySeconds()).isBetween(4.2, 4.3);
    assertThat(fixture.cluster.loop().nowNanos() - began).isEqualTo(13 * SECOND);
    assertThat(fixture.gateway.settled()).isFalse();
  }

  @Test
  void aCallThatWaitsForAnotherOnesRemovalIsNotKeptByIt() {
    GatewayFixture fixture = silentAt("rmi").with(new RoundRobinPolicy());
    fixture.node("n2").ram = 95;
    assertThat(fixture.call().outcome()).isEqualTo(Outcome.OK);
    Invocation row = fixture.call();
    assertThat(row.outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(row.latencySeconds()).isEqualTo(13);
  }

  @Test
  void atTheRunsEndEveryCallHasItsRowWithinTheGrace() {
    GatewayFixture fixture = silentAt("cold", "rm");
    fixture.timeout = Optional.empty();
    fixture.with(new RoundRobinPolicy());
    fixture.start();
    fixture.start();
    boolean[] later = {false};
    fixture.cluster.loop().after(SECOND, () -> later[0] = true);
    fixture.cluster.loop().runUntil(() -> later[0]);
    fixture.gateway.close();
    fixture.runUntilRows(2);
    assertThat(fixture.rows).extracting(Invocation::outcome).containsOnly(Outcome.LOST);
    assertThat(fixture.rows.get(1).latencySeconds()).isEqualTo(6);
    assertThat(fixture.rows.get(1).error())
        .startsWith("interrupted; n1 did not say within 5 s that its container is gone");
    assertThat(fixture.notices).isEmpty();
  }

  @Test
  void aCallThatEndsWhenItIsKilledIsNoFailureOfItsNode() {
    GatewayFixture fixture = silentAt();
    fixture.node("n1").execNanos = 60 * SECOND;
    Invocation row = fixture.with(new RoundRobinPolicy()).call();
    assertThat(row.error()).isEqualTo("timed out; its container was killed");
    assertThat(row.latencySeconds()).isBetween(8.0, 8.1);
    assertThat(fixture.notices).isEmpty();
  }
}
