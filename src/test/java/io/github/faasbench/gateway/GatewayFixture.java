package io.github.faasbench.gateway;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.BreakerSpec;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.NoKeepAlive;
import io.github.faasbench.policy.queue.FifoOrder;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway on fake nodes, and short words for what tests do with it. */
final class GatewayFixture {

  static final FunctionSpec FUNCTION =
      new FunctionSpec(
          "f",
          "localhost:5055/f",
          Optional.empty(),
          List.of("true"),
          List.of("1000"),
          List.of("serve"),
          Optional.empty());

  final FakeCluster cluster;
  final List<Invocation> rows = new ArrayList<>();
  final List<ContainerLife> lives = new ArrayList<>();
  final List<Call.Finished> ends = new ArrayList<>();
  final List<String> notices = new ArrayList<>();
  final Map<String, String> engineOf = new HashMap<>();
  final Map<String, Integer> slots = new HashMap<>();
  final Map<String, Long> memories = new HashMap<>();
  Preparation preparation = Preparation.CONTAINER;
  int concurrency = 1;
  Experiment.Reuse reuse = Experiment.Reuse.NEWEST;
  Experiment.Busy busy = Experiment.Busy.SPILL;
  double ramThreshold = 90;
  boolean waitForNode;
  Optional<Long> timeout = Optional.empty();
  RetrySpec retry = RetrySpec.NONE;
  Optional<BreakerSpec> breaker = Optional.empty();
  KeepAlivePolicy keepAlive = new NoKeepAlive();
  QueueOrder queueOrder = new FifoOrder();
  Gateway gateway;
  private long number;

  GatewayFixture(String... nodes) {
    this(new FakeCluster(nodes));
  }

  GatewayFixture(FakeCluster cluster) {
    this.cluster = cluster;
  }

  GatewayFixture with(SchedulingPolicy policy) {
    gateway =
        new Gateway(
            cluster,
            new GatewaySettings(
                "run1",
                ramThreshold,
                waitForNode,
                timeout,
                "bridge",
                engineOf,
                (node, image) -> true,
                Map.of(),
                Map.of(),
                slots,
                memories,
                retry,
                breaker,
                new GatewaySettings.Containers(
                    preparation, concurrency, reuse, busy, new Stream(99))),
            new CellContext("e", "run1", "c1", 1, "p", "w", "none", "sequential", "ssh"),
            policy,
            keepAlive,
            queueOrder,
            lives::add,
            notices::add);
    return this;
  }

  FakeNode node(String name) {
    return cluster.fake(name);
  }

  /** A gateway whose warming prepares that, and has. */
  GatewayFixture prepared(SchedulingPolicy policy, Preparation warming, int replicas) {
    preparation = warming;
    with(policy).prepare(warming, replicas);
    return this;
  }

  Warmer prepare(Preparation preparation, int replicas) {
    var warmer = new Warmer(gateway, FUNCTION, preparation);
    List<List<String>> answer = new ArrayList<>();
    warmer.prepare(replicas, answer::add);
    cluster.loop().runUntil(() -> !answer.isEmpty());
    org.assertj.core.api.Assertions.assertThat(answer.get(0)).isEmpty();
    return warmer;
  }

  void start() {
    gateway.invoke(
        FUNCTION,
        new RunRequest.Demand(FUNCTION.name(), ++number, -1, -1),
        cluster.loop().nowNanos(),
        done -> {
          rows.add(done.invocation());
          ends.add(done);
        });
  }

  Invocation call() {
    int before = rows.size();
    start();
    cluster.loop().runUntil(() -> rows.size() > before);
    return rows.get(rows.size() - 1);
  }

  void runUntilRows(int count) {
    cluster.loop().runUntil(() -> rows.size() == count);
  }

  /** The nodes of so many calls, one after the other. */
  List<String> nodesOf(int calls) {
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      nodes.add(call().node());
    }
    return nodes;
  }
}
