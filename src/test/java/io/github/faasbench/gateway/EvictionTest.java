package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.FunctionModel;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLife.End;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.keepalive.GreedyDualKeepAlive;
import io.github.faasbench.policy.keepalive.LruKeepAlive;
import io.github.faasbench.policy.keepalive.PoolKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import io.github.faasbench.random.Distribution;
import io.github.faasbench.random.Stream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Containers that make room, and such as are loaded ahead, on nodes that do nothing themselves. */
class EvictionTest {

  private static final long SECOND = 1_000_000_000L;

  private static FunctionSpec function(String name, int mebibytes) {
    return new FunctionSpec(
        name,
        "localhost:5055/" + name,
        Optional.empty(),
        List.of("true"),
        Optional.of(FunctionModel.TRACED.withMemory((long) mebibytes << 20)));
  }

  private static final FunctionSpec A = function("a", 100);
  private static final FunctionSpec B = function("b", 100);
  private static final FunctionSpec C = function("c", 100);

  private static GatewayFixture on(KeepAlivePolicy policy, int mebibytes, String... nodes) {
    var f = new GatewayFixture(FakeCluster.pushing(nodes));
    f.keepAlive = policy;
    for (String name : nodes) {
      f.memories.put(name, (long) mebibytes << 20);
      f.node(name).pullNanos = 0;
      f.node(name).startNanos = SECOND;
      f.node(name).removeNanos = 0;
      f.node(name).execNanos = SECOND;
    }
    return f.with(new RoundRobinPolicy());
  }

  private static Invocation call(GatewayFixture f, FunctionSpec function) {
    int before = f.rows.size();
    f.gateway.invoke(
        function,
        new RunRequest.Demand(function.name(), before + 1, -1, -1),
        f.cluster.loop().nowNanos(),
        done -> f.rows.add(done.invocation()));
    f.cluster.loop().runUntil(() -> f.rows.size() > before);
    return f.rows.get(before);
  }

  @Test
  void whereMemoryIsShortTheLeastRecentlyUsedMakesRoomAndNoOther() {
    var f = on(new LruKeepAlive(), 250, "n1");
    call(f, A);
    call(f, B);
    assertThat(call(f, A).mode()).isEqualTo("warmed");
    assertThat(call(f, C).mode()).isEqualTo("cold");
    assertThat(f.lives).hasSize(1);
    assertThat(f.lives.get(0).function()).isEqualTo("b");
    assertThat(f.lives.get(0).end()).isEqualTo(End.EVICTED);
    assertThat(f.node("n1").containers).hasSize(2);
    assertThat(f.node("n1").images).as("its image went with it").hasSize(2);
    assertThat(call(f, A).mode()).isEqualTo("warmed");
    assertThat(call(f, C).mode()).isEqualTo("warmed");
  }

  @Test
  void theRemovalThatANewContainerWaitsForIsQueueing() {
    var f = on(new LruKeepAlive(), 150, "n1");
    call(f, A);
    f.node("n1").removeNanos = 2 * SECOND;
    Invocation row = call(f, B);
    assertThat(row.queueSeconds()).isEqualTo(2);
    assertThat(row.startSeconds()).isEqualTo(1);
    assertThat(row.latencySeconds()).isEqualTo(4);
    assertThat(row.transportSeconds()).isZero();
  }

  @Test
  void theKeepAlivePolicySaysWhoMakesRoom() {
    var f = on(new GreedyDualKeepAlive(), 250, "n1");
    f.node("n1").startNanos = 10 * SECOND;
    call(f, A);
    f.node("n1").startNanos = SECOND;
    call(f, B);
    call(f, C);
    assertThat(f.lives).extracting(ContainerLife::function).containsExactly("b");
    assertThat(call(f, A).mode()).as("dear to start").isEqualTo("warmed");
  }

  @Test
  void aBusyContainerNeverMakesRoom() {
    var f = on(new LruKeepAlive(), 100, "n1");
    f.node("n1").execNanos = 100 * SECOND;
    f.gateway.invoke(
        A,
        new RunRequest.Demand("a", 1, -1, -1),
        f.cluster.loop().nowNanos(),
        done -> f.rows.add(done.invocation()));
    f.cluster.pass(2 * SECOND);
    f.node("n1").execNanos = SECOND;
    call(f, B);
    f.runUntilRows(2);
    assertThat(f.lives).isEmpty();
  }

  /** In any order of calls containers never have more than the node has. */
  @Test
  void containersNeverHaveMoreThanTheNode() {
    List<FunctionSpec> functions =
        List.of(function("a", 50), function("b", 120), function("c", 90), function("d", 200));
    for (KeepAlivePolicy policy :
        List.of(new LruKeepAlive(), new GreedyDualKeepAlive(), new PoolKeepAlive(1))) {
      var f = on(policy, 300, "n1", "n2");
      var random = new Stream(11);
      for (int i = 0; i < 400; i++) {
        call(f, functions.get(random.nextInt(4)));
        for (NodeState node : f.gateway.index.nodes()) {
          long held = node.containers.values().stream().mapToLong(Container::memoryBytes).sum();
          assertThat(held).isEqualTo(node.takenBytes).isLessThanOrEqualTo(300L << 20);
        }
      }
      assertThat(f.rows).extracting(Invocation::mode).contains("warmed", "cold");
    }
  }

  @Test
  void aPoolIsThereBeforeTheFirstCallOnAsManyNodesAsPossible() {
    var f = on(new PoolKeepAlive(3), 1000, "n1", "n2");
    String[] problem = {null};
    f.gateway.loadAhead(A, answer -> problem[0] = answer);
    f.cluster.loop().runUntil(() -> problem[0] != null);
    assertThat(problem[0]).isEmpty();
    assertThat(f.node("n1").containers.size() + f.node("n2").containers.size()).isEqualTo(3);
    assertThat(f.node("n2").containers).isNotEmpty();
    for (int i = 0; i < 4; i++) {
      f.gateway.invoke(
          A,
          new RunRequest.Demand("a", i + 1, -1, -1),
          f.cluster.loop().nowNanos(),
          done -> f.rows.add(done.invocation()));
    }
    f.runUntilRows(4);
    assertThat(f.rows)
        .extracting(Invocation::mode)
        .containsExactlyInAnyOrder("warmed", "warmed", "warmed", "cold");
    f.gateway.end();
    assertThat(f.lives).filteredOn(life -> life.madeBy() == MadeBy.POLICY).hasSize(3);
    assertThat(f.lives).filteredOn(life -> life.end() == End.EXPIRED).hasSize(1);
  }

  @Test
  void aPoolThatFindsNoNodeSaysSo() {
    var f = on(new PoolKeepAlive(1), 1000, "n1");
    f.node("n1").ram = 99;
    f.cluster.push("n1");
    String[] problem = {null};
    f.gateway.loadAhead(A, answer -> problem[0] = answer);
    f.cluster.loop().runUntil(() -> problem[0] != null);
    assertThat(problem[0]).contains("no node for a container of a").contains("no eligible node");
  }

  /** Unloads, loads again 300 s after a call's end, and keeps for 900 s from then. */
  private static final class Window implements KeepAlivePolicy {
    private long lastEnd;

    @Override
    public Verdict idle(ContainerView container, long nowNanos) {
      if (container.uses() > 0) {
        lastEnd = nowNanos;
        return Verdict.loadAt(nowNanos + 300 * SECOND);
      }
      return Verdict.until(lastEnd + 1200 * SECOND);
    }
  }

  /** Poisson arrivals (policies.md O-17; renewal theory). */
  @Test
  void thePreWarmWindowIsHitAndWastedAsOftenAsTheorySays() {
    var f = on(new Window(), 1000, "n1");
    f.node("n1").startNanos = 0;
    f.node("n1").execNanos = 0;
    var gaps = new Distribution.Exponential(600);
    var random = new Stream(17);
    int calls = 40_000;
    for (int i = 0; i < calls; i++) {
      f.cluster.pass(Math.round(gaps.sample(random) * 1e9));
      call(f, A);
    }
    double warm = f.rows.stream().filter(r -> r.mode().equals("warmed")).count() / (double) calls;
    double idle = f.lives.stream().mapToDouble(ContainerLife::idleSeconds).sum() / calls;
    double error = Math.sqrt(.471195 * (1 - .471195) / calls);
    assertThat(warm).isBetween(.471195 - 4 * error, .471195 + 4 * error);
    // An idle time is at most 900 s, so that its deviation is at most 450 s.
    assertThat(idle)
        .isBetween(282.7172 - 4 * 450 / Math.sqrt(calls), 282.7172 + 4 * 450 / Math.sqrt(calls));
    long used = f.lives.stream().filter(ContainerLife::preWarmUsed).count();
    long wasted = f.lives.stream().filter(ContainerLife::preWarmWasted).count();
    assertThat(used).isEqualTo(Math.round(warm * calls));
    assertThat(wasted / (double) calls).isBetween(.135335 - .008, .135335 + .008); // e^-2
  }

  @Test
  void afterTheLoadNothingIsLoadedAheadAnyMore() {
    var f = on(new Window(), 1000, "n1");
    call(f, A);
    f.gateway.end();
    f.cluster.pass(1000 * SECOND);
    assertThat(f.node("n1").containers).isEmpty();
  }
}
