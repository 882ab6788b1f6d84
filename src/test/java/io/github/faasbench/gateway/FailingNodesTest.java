package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.cluster.NodeFailure.Kind;
import io.github.faasbench.experiment.BreakerSpec;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.metrics.Attempt;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.keepalive.NoKeepAlive;
import io.github.faasbench.policy.node.JoinShortestQueuePolicy;
import io.github.faasbench.policy.node.LeastUsedPolicy;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever nodes do, and when: what must hold of the calls, and of the nodes after them. */
class FailingNodesTest {

  private static final long MILLI = 1_000_000;
  private static final String[] NAMES = {"n1", "n2", "n3", "n4"};

  private static final Preparation[] WARMINGS = {
    Preparation.NOTHING,
    Preparation.CONTAINER,
    Preparation.CONTAINER,
    Preparation.RESIDENT,
    Preparation.PAUSED
  };

  private static final Map<String, Integer> SEEN = new TreeMap<>();

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= 60; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCallHasOneRecordThatAddsUpAndNothingIsLeftBehind(long seed) {
    var random = new Stream(seed);
    Preparation warming = WARMINGS[random.nextInt(WARMINGS.length)];
    var f = fixture(random, warming);
    int calls = 40;
    var warmer = f.prepare(warming, 1 + random.nextInt(4));
    for (int i = 0; i < calls; i++) {
      f.start();
      trouble(f.node(NAMES[random.nextInt(NAMES.length)]), random);
      f.cluster.pass(random.nextInt(1500) * MILLI);
      endOne(f, NAMES[random.nextInt(NAMES.length)], random);
    }
    for (String name : NAMES) {
      f.node(name).down = null;
      f.node(name).callsFail = null;
      f.node(name).loadFails = false;
      f.node(name).full = false;
      f.node(name).pullFails = false;
      f.node(name).runtimeEnds = false;
      f.node(name).exitCode = 0;
    }
    f.cluster.loop().runUntil(() -> f.rows.size() >= calls && f.gateway.settled());
    f.cluster.pass(600_000 * MILLI);

    assertThat(f.rows).hasSize(calls);
    assertThat(f.rows).extracting(Invocation::invocation).doesNotHaveDuplicates();
    assertThat(f.gateway.open()).isZero();
    f.ends.forEach(end -> assertRight(end, f.retry));
    count(f);

    warmer.release(problems -> {});
    f.cluster.pass(600_000 * MILLI);
    assertThat(f.gateway.index.inFlight()).isZero();
    for (NodeState node : f.gateway.index.nodes()) {
      assertThat(node.inFlight).isZero();
      assertThat(node.containers).isEmpty();
      assertThat(f.gateway.images()).allMatch(image -> image.users(node) == 0);
    }
  }

  /** That what is tested does happen. */
  @AfterAll
  static void allKindsOfEndsWereMet() {
    assertThat(SEEN.keySet())
        .contains("ok after 2", "ok after 3", "lost", "failed", "timeout", "rejected", "aside");
    assertThat(SEEN.get("lost between calls")).isPositive();
  }

  private static void count(GatewayFixture f) {
    for (Call.Finished end : f.ends) {
      Invocation row = end.invocation();
      boolean ok = row.outcome() == Outcome.OK;
      SEEN.merge(ok ? "ok after " + row.attempts() : row.outcome().text(), 1, Integer::sum);
    }
    f.notices.forEach(
        notice -> SEEN.merge(notice.contains("aside") ? "aside" : "other", 1, Integer::sum));
    SEEN.merge(
        "lost between calls",
        (int) f.notices.stream().filter(n -> n.contains("ended")).count(),
        Integer::sum);
  }

  private static void assertRight(Call.Finished end, RetrySpec retry) {
    Invocation row = end.invocation();
    boolean ran = row.outcome() == Outcome.OK || row.exitCode() >= 0;
    if (ran) {
      assertThat(row.phaseError()).as("%s", row).isBetween(-1e-6, 1e-6);
      assertThat(row.transportSeconds()).isNotNegative();
    }
    assertThat(row.queueSeconds()).isNotNegative();
    assertThat(row.attempts()).isBetween(0, retry.most() + 1);
    List<Attempt> attempts = end.attempts();
    if (attempts.isEmpty()) {
      assertThat(row.outcome() == Outcome.OK && row.attempts() == 1 || row.attempts() == 0)
          .isTrue();
      return;
    }
    assertThat(attempts).hasSize(row.attempts());
    assertThat(attempts).extracting(Attempt::node).doesNotHaveDuplicates();
    double before = 0;
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      assertThat(attempt.number()).isEqualTo(i + 1);
      assertThat(attempt.startedSeconds()).isGreaterThanOrEqualTo(before);
      assertThat(attempt.endedSeconds()).isGreaterThanOrEqualTo(attempt.startedSeconds());
      before = attempt.endedSeconds();
      boolean last = i == attempts.size() - 1;
      assertThat(attempt.outcome() == Outcome.OK).isEqualTo(last && row.outcome() == Outcome.OK);
      if (!last && attempt.outcome() == Outcome.LOST) {
        assertThat(retry.lost()).isTrue();
      }
    }
    assertThat(row.node()).isEqualTo(attempts.get(attempts.size() - 1).node());
    assertThat(row.latencySeconds()).isGreaterThanOrEqualTo(before - 1e-9);
  }

  /** The process in one of its idle containers ends. */
  private static void endOne(GatewayFixture f, String name, Stream random) {
    List<String> there = List.copyOf(f.node(name).containers.keySet());
    if (!there.isEmpty() && f.node(name).running() == 0 && random.nextInt(4) == 0) {
      f.cluster.end(name, there.get(random.nextInt(there.size())));
    }
  }

  private static void trouble(FakeNode node, Stream random) {
    switch (random.nextInt(11)) {
      case 0 -> node.cut();
      case 1 -> node.down = Kind.UNREACHABLE;
      case 2 -> node.down = Kind.ENGINE;
      case 3 -> node.callsFail = Kind.GARBLED;
      case 4 -> node.full = random.nextInt(2) == 0;
      case 5 -> node.pullFails = random.nextInt(2) == 0;
      case 6 -> node.loadFails = random.nextInt(2) == 0;
      case 7 -> {
        node.runtimeEnds = random.nextInt(2) == 0;
        node.exitCode = node.runtimeEnds ? random.nextInt(3) - 1 : 0;
      }
      default -> {
        node.down = null;
        node.callsFail = null;
      }
    }
    node.failNanos = random.nextInt(5000) * MILLI;
  }

  private static GatewayFixture fixture(Stream random, Preparation warming) {
    var f = new GatewayFixture(NAMES);
    f.preparation = warming;
    f.retry = new RetrySpec(random.nextInt(5), random.nextInt(2) == 0);
    f.breaker =
        random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(
                new BreakerSpec(
                    1 + random.nextInt(3), Duration.ofMillis(500), Duration.ofSeconds(8)));
    f.waitForNode = random.nextInt(2) == 0;
    f.timeout = random.nextInt(2) == 0 ? Optional.of(9_000 * MILLI) : Optional.empty();
    f.keepAlive =
        random.nextInt(2) == 0
            ? new NoKeepAlive()
            : new FixedKeepAlive(Duration.ofSeconds(5), true);
    f.concurrency = 1 + random.nextInt(2);
    SchedulingPolicy policy =
        switch (random.nextInt(3)) {
          case 0 -> new RoundRobinPolicy();
          case 1 -> new LeastUsedPolicy();
          default -> new JoinShortestQueuePolicy(random);
        };
    return f.with(policy);
  }
}
