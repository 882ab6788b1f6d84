package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLife.End;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.keepalive.NoKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of each container that waited for calls. */
class ContainerLivesTest {

  private static final long SECOND = 1_000_000_000L;

  private static GatewayFixture keeping(KeepAlivePolicy policy) {
    var f = new GatewayFixture(FakeCluster.pushing("n1"));
    f.keepAlive = policy;
    f.node("n1").pullNanos = 2 * SECOND;
    f.node("n1").startNanos = SECOND;
    f.node("n1").execNanos = 3 * SECOND;
    f.node("n1").removeNanos = 0;
    return f.with(new RoundRobinPolicy());
  }

  private static ContainerLife only(GatewayFixture f) {
    assertThat(f.lives).hasSize(1);
    return f.lives.get(0);
  }

  @Test
  void timesAreCountedFromReadyToTheEndBusyAndIdleApart() {
    var f = keeping(new FixedKeepAlive(Duration.ofSeconds(10), true));
    f.call(); // asked for at 0 s, ready at 3 s, busy until 6 s
    f.cluster.pass(4 * SECOND);
    f.call(); // from 10 s to 13 s
    f.cluster.pass(11 * SECOND);
    ContainerLife life = only(f);
    assertThat(life.madeBy()).isEqualTo(MadeBy.CALL);
    assertThat(life.end()).isEqualTo(End.EXPIRED);
    assertThat(life.function()).isEqualTo("f");
    assertThat(life.node()).isEqualTo("n1");
    assertThat(life.uses()).isEqualTo(2);
    assertThat(Duration.between(life.createdAt(), life.readyAt())).hasSeconds(3);
    assertThat(life.firstUsedAt()).isEqualTo(life.readyAt());
    assertThat(life.busySeconds()).isEqualTo(6);
    assertThat(life.idleSeconds()).isCloseTo(14, within(1e-8)); // 6 to 10 s, and 13 to 23 s
    assertThat(Duration.between(life.readyAt(), life.endedAt()).toNanos() / 1e9)
        .isCloseTo(life.busySeconds() + life.idleSeconds(), within(1e-8));
    assertThat(life.idleMebibyteSeconds()).isNaN(); // its function says nothing of memory
  }

  @Test
  void callsThatOverlapAreBusyTimeOnce() {
    var f = keeping(new FixedKeepAlive(Duration.ofSeconds(10), true));
    f.concurrency = 2;
    f.with(new RoundRobinPolicy());
    f.call(); // until 6 s
    f.start(); // 6 s to 9 s
    f.cluster.pass(2 * SECOND);
    f.start(); // 8 s to 11 s
    f.runUntilRows(3);
    f.cluster.pass(11 * SECOND);
    assertThat(only(f).uses()).isEqualTo(3);
    assertThat(only(f).busySeconds()).isEqualTo(8);
    assertThat(only(f).idleSeconds()).isCloseTo(10, within(1e-8));
  }

  @Test
  void whatIsThereWhenTheLoadEndsIsToldThenAndOnce() {
    var f = keeping(new FixedKeepAlive(Duration.ofSeconds(10), true));
    f.call();
    f.cluster.pass(5 * SECOND);
    f.gateway.end();
    assertThat(only(f).end()).isEqualTo(End.CELL_END);
    assertThat(only(f).idleSeconds()).isEqualTo(5);
    f.gateway.end();
    assertThat(f.lives).hasSize(1);
  }

  @Test
  void aPreparedContainerSaysWhoMadeItAndIsToldOnceThoughItIsRemovedLater() {
    var f = keeping(new NoKeepAlive());
    Warmer warmer = f.prepare(Preparation.CONTAINER, 1);
    f.call();
    f.gateway.end();
    warmer.release(problems -> {});
    f.cluster.pass(SECOND);
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(only(f).madeBy()).isEqualTo(MadeBy.WARMING);
    assertThat(only(f).uses()).isEqualTo(1);
    assertThat(only(f).end()).isEqualTo(End.CELL_END);
  }

  @Test
  void aKilledContainerIsLost() {
    var f = new GatewayFixture(FakeCluster.pushing("n1"));
    f.keepAlive = new FixedKeepAlive(Duration.ofSeconds(10), true);
    f.timeout = Optional.of(SECOND);
    f.node("n1").pullNanos = 0;
    f.node("n1").startNanos = 0;
    f.with(new RoundRobinPolicy());
    f.call();
    assertThat(only(f).end()).isEqualTo(End.LOST);
  }

  @Test
  void aCallsOwnContainerHasNoLifeApart() {
    var f = keeping(new NoKeepAlive());
    f.call();
    f.gateway.end();
    assertThat(f.lives).isEmpty();
  }
}
