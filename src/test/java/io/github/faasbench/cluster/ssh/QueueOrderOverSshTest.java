package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.Experiment.Busy;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.Experiment.Reuse;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.gateway.CellContext;
import io.github.faasbench.gateway.Gateway;
import io.github.faasbench.gateway.GatewaySettings;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.random.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The orders of waiting calls on the wall clock, over SSH: a real connection to a server on which
 * {@code docker} only runs what it is to run in a container. The node takes one call at a time.
 */
class QueueOrderOverSshTest {

  private static final String DOCKER =
      """
      #!/bin/sh
      shift 2
      case $1 in
        version) echo 1.41 ;;
        exec) shift 2; exec "$@" ;;
      esac
      """;

  private static final String LOADS =
      """
      while read -r line; do echo '{"cpu": 1, "ram": 1}'; done
      """;

  @TempDir private Path folder;
  private final List<Invocation> rows = new ArrayList<>();
  private SshCluster cluster;
  private Gateway gateway;

  private static FunctionSpec function(String name, String seconds) {
    return new FunctionSpec(
        name,
        "localhost:5055/" + name,
        Optional.empty(),
        List.of("sleep", seconds),
        Optional.empty());
  }

  private void call(FunctionSpec function) {
    var demand = new RunRequest.Demand(function.name(), rows.size() + 1, -1, -1);
    gateway.invoke(
        function, demand, cluster.loop().nowNanos(), done -> rows.add(done.invocation()));
  }

  private void untilEnded(int calls) throws InterruptedException {
    cluster.loop().runUntil(() -> rows.size() == calls);
  }

  private void connect(TestSshServer server, QueueOrder order) throws Exception {
    cluster =
        SshCluster.connect(
            List.of(server.node(Optional.empty())),
            new SshCluster.Settings(
                EngineKind.CLI,
                TestSshServer.settings(folder, TestSshServer.PASSWORD, line -> {}),
                "",
                LOADS,
                Optional.empty(),
                SshCluster.Needs.LOAD));
    gateway =
        new Gateway(
            cluster,
            new GatewaySettings(
                "run1",
                90,
                true,
                Optional.empty(),
                "bridge",
                Map.of(),
                (node, image) -> true,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                RetrySpec.NONE,
                Optional.empty(),
                new GatewaySettings.Containers(
                    Preparation.NOTHING, 1, Reuse.NEWEST, Busy.SPILL, new Stream(1))),
            new CellContext("e", "run1", "c1", 1, "p", "w", "k", "l", "ssh"),
            new OneAtATime(),
            new FixedKeepAlive(Duration.ofMinutes(10), true),
            order,
            life -> {},
            notice -> {});
  }

  /** Counts by itself: a node is taken only after its load was read. */
  private static final class OneAtATime implements SchedulingPolicy {
    private boolean busy;

    @Override
    public Needs needs() {
      return Needs.NONE;
    }

    @Override
    public Decision choose(Request request, ClusterView cluster, long nowNanos) {
      if (busy) {
        return new Decision.Wait("a call runs");
      }
      busy = true;
      return Decision.runOn(cluster.least(Signal.IN_FLIGHT));
    }

    @Override
    public void ended(Ended call, long nowNanos) {
      busy = false;
    }
  }

  @ParameterizedTest
  @Timeout(60)
  @CsvSource({
    "fifo,new long short",
    "sjf,new short long",
    "eedf,new short long",
    "cold-last,long short new"
  })
  void theOrderDecidesWhichOfTheWaitingCallsGoesNext(String order, String expected)
      throws Exception {
    Path sudo = Files.createDirectories(folder.resolve("bin")).resolve("sudo");
    Files.writeString(sudo, DOCKER);
    assertThat(sudo.toFile().setExecutable(true)).isTrue();
    FunctionSpec slow = function("long", "0.8");
    FunctionSpec quick = function("short", "0.1");
    try (TestSshServer server = new TestSshServer("PATH=" + sudo.getParent() + ":$PATH; ")) {
      Map<String, Object> patience =
          order.equals("fifo") ? Map.of() : Map.of("patience", Duration.ofMinutes(1));
      connect(server, Catalog.create(Catalog.queue(), order, patience, new Stream(1)));
      call(slow);
      untilEnded(1);
      call(quick);
      untilEnded(2);
      for (FunctionSpec next : List.of(slow, function("new", "0.1"), slow, quick)) {
        call(next);
      }
      untilEnded(6);
    } finally {
      cluster.close();
    }
    assertThat(rows).allMatch(row -> row.outcome() == Invocation.Outcome.OK);
    assertThat(rows.subList(3, 6))
        .extracting(Invocation::function)
        .containsExactly(expected.split(" "));
    assertThat(rows.get(5).queueSeconds()).isGreaterThan(rows.get(3).queueSeconds());
  }
}
