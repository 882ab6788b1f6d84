package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import io.github.faasbench.random.Distribution;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers that a call made and a keep-alive policy keeps. */
class KeepAliveTest {

  private static final long SECOND = 1_000_000_000L;

  /** Calls take no time but for the function's own second. */
  private static GatewayFixture fixed(Duration ttl, boolean reset, String... nodes) {
    return keeping(new FixedKeepAlive(ttl, reset), nodes);
  }

  private static GatewayFixture keeping(KeepAlivePolicy policy, String... nodes) {
    var f = new GatewayFixture(FakeCluster.pushing(nodes));
    f.keepAlive = policy;
    for (String name : nodes) {
      f.node(name).pullNanos = 0;
      f.node(name).startNanos = 0;
      f.node(name).removeNanos = 0;
      f.node(name).execNanos = SECOND;
    }
    return f.with(new RoundRobinPolicy());
  }

  @Test
  void aContainerIsThereForExactlyItsTimeAndGoneAMomentLater() {
    for (long late : new long[] {0, 1}) {
      var f = fixed(Duration.ofSeconds(10), true, "n1");
      f.call();
      f.cluster.pass(10 * SECOND + late);
      f.cluster.pass(0);
      assertThat(f.call().mode()).isEqualTo(late == 0 ? "warmed" : "cold");
    }
  }

  @Test
  void whatAContainerWaitsForMemoryIsQueueingAndNoStart() {
    var f = fixed(Duration.ofSeconds(10), true, "n1");
    f.node("n1").startNanos = 3 * SECOND;
    f.node("n1").queuedNanos = 2 * SECOND;
    Invocation row = f.call();
    assertThat(row.queueSeconds()).isEqualTo(2);
    assertThat(row.startSeconds()).isEqualTo(1);
    assertThat(row.latencySeconds()).isEqualTo(4);
    assertThat(row.transportSeconds()).isZero();
  }

  @Test
  void withResetEveryCallStartsTheTimeAnewAndWithoutItNone() {
    for (boolean reset : new boolean[] {true, false}) {
      var f = fixed(Duration.ofSeconds(10), reset, "n1");
      f.call(); // idle from 1 s on
      f.cluster.pass(8 * SECOND);
      assertThat(f.call().mode()).isEqualTo("warmed"); // until 10 s
      f.cluster.pass(4 * SECOND);
      assertThat(f.call().mode()).isEqualTo(reset ? "warmed" : "cold");
    }
  }

  @Test
  void aCallThatOutlivesTheTimeWithoutResetIsTheLastOfItsContainer() {
    var f = fixed(Duration.ofSeconds(10), false, "n1");
    f.call();
    f.cluster.pass(9 * SECOND);
    f.node("n1").execNanos = 5 * SECOND;
    assertThat(f.call().mode()).isEqualTo("warmed");
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
    assertThat(f.call().mode()).isEqualTo("cold");
  }

  @Test
  void theImageGoesWithTheLastContainer() {
    var f = fixed(Duration.ofSeconds(10), true, "n1");
    f.start();
    f.start();
    f.runUntilRows(2);
    f.cluster.pass(5 * SECOND);
    f.call(); // one of the two is used again
    f.cluster.pass(6 * SECOND);
    assertThat(f.node("n1").containers).hasSize(1);
    assertThat(f.node("n1").images).hasSize(1);
    f.cluster.pass(6 * SECOND);
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
    assertThat(f.node("n1").did).filteredOn(line -> line.startsWith("rmi ")).hasSize(1);
  }

  @Test
  void theFirstCallIsColdAndRunsInsideTheContainerThatStays() {
    var f = fixed(Duration.ofMinutes(10), true, "n1");
    f.node("n1").pullNanos = 2 * SECOND;
    f.node("n1").startNanos = SECOND;
    Invocation cold = f.call();
    assertThat(cold.mode()).isEqualTo("cold");
    assertThat(cold.pullSeconds()).isEqualTo(2.0);
    assertThat(cold.startSeconds()).isEqualTo(1.0);
    assertThat(cold.latencySeconds()).isEqualTo(4.0);
    assertThat(cold.cleanupSeconds()).isZero();
    Invocation warm = f.call();
    assertThat(warm.mode()).isEqualTo("warmed");
    assertThat(warm.latencySeconds()).isEqualTo(1.0);
  }

  @Test
  void anUnusedContainerCostsOneTimerHoweverOftenItIsUsed() {
    var f = fixed(Duration.ofHours(1), true, "n1");
    f.node("n1").execNanos = 1000;
    f.call();
    int pending = f.cluster.loop().pending();
    for (int i = 0; i < 100; i++) {
      f.call();
    }
    assertThat(f.cluster.loop().pending()).isEqualTo(pending);
  }

  @Test
  void afterTheLoadNothingHappensByItself() {
    var f = fixed(Duration.ofSeconds(10), true, "n1", "n2");
    f.start();
    f.start();
    f.runUntilRows(2);
    f.gateway.end();
    assertThat(f.cluster.loop().pending()).isZero();
    List<String> before = List.copyOf(f.node("n1").did);
    f.cluster.pass(60 * SECOND);
    assertThat(f.node("n1").did).isEqualTo(before);
  }

  /** Poisson arrivals of very short calls (policies.md O-16; renewal theory). */
  @ParameterizedTest
  @CsvSource({
    "300, true, 0.135335",
    "600, true, 0.367879",
    "300, false, 0.333333",
    "600, false, 0.5"
  })
  void theShareOfColdStartsIsThatOfTheory(double meanGap, boolean reset, double expected) {
    var f = fixed(Duration.ofSeconds(600), reset, "n1");
    f.node("n1").execNanos = 0;
    var gaps = new Distribution.Exponential(meanGap);
    var random = new Stream(16);
    int calls = 40_000;
    for (int i = 0; i < calls; i++) {
      f.cluster.pass(Math.round(gaps.sample(random) * 1e9));
      f.call();
    }
    double cold = f.rows.stream().filter(r -> r.mode().equals("cold")).count() / (double) calls;
    // With reset calls are independent trials; without, a cold call every 1 + λT, whose variance is
    // smaller. Four standard errors.
    double error = Math.sqrt(expected * (1 - expected) / calls);
    assertThat(cold).isBetween(expected - 4 * error, expected + 4 * error);
  }
}
