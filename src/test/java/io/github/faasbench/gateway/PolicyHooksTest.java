package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every hook of the policy contracts, each shown by a small fake policy. */
class PolicyHooksTest {

  /** Chooses by calls in flight, and writes down what it is told. */
  private static class Recording implements SchedulingPolicy {
    final List<String> told = new ArrayList<>();
    Needs needs = Needs.NONE;

    @Override
    public Needs needs() {
      return needs;
    }

    @Override
    public Decision choose(Request request, ClusterView cluster, long nowNanos) {
      told.add("choose " + request.invocation() + " at " + nowNanos / 1_000_000);
      return Decision.runOn(cluster.least(Signal.IN_FLIGHT));
    }

    @Override
    public void ended(Ended call, long nowNanos) {
      told.add(
          String.join(
              " ",
              "ended",
              call.node().name(),
              call.mode(),
              String.valueOf(call.succeeded()),
              String.valueOf(call.execNanos() / 1_000_000)));
    }

    @Override
    public void idle(String function, NodeView node, long nowNanos) {
      told.add("idle " + function + " " + node.name());
    }

    @Override
    public void evicted(String function, NodeView node, long nowNanos) {
      told.add("evicted " + function + " " + node.name());
    }

    @Override
    public void nodesChanged(ClusterView cluster) {
      told.add("nodes " + cluster.size());
    }
  }

  @Test
  void aPolicyIsToldOfNodesIdleContainersEndsAndEvictions() {
    var policy = new Recording();
    var f = new GatewayFixture("n1", "n2").with(policy);
    Warmer warmer = f.prepare(Preparation.CONTAINER, 1);
    f.call();
    boolean[] done = {false};
    warmer.release(problems -> done[0] = true);
    f.cluster.loop().runUntil(() -> done[0]);
    assertThat(policy.told)
        .filteredOn(line -> !line.startsWith("choose"))
        .containsExactly(
            "nodes 2", "idle f n1", "ended n1 warmed true 3000", "idle f n1", "evicted f n1");
  }

  @Test
  void needsDecideWhichReadingsAreTakenBeforeAChoice() {
    for (Needs needs : Needs.values()) {
      var policy = new Recording();
      policy.needs = needs;
      var f = new GatewayFixture("n1", "n2", "n3").with(policy);
      f.call();
      long read =
          List.of("n1", "n2", "n3").stream()
              .filter(node -> f.node(node).did.contains("load"))
              .count();
      assertThat(read).as(needs.name()).isEqualTo(needs == Needs.ALL ? 3 : 1);
      assertThat(policy.told.get(1))
          .as(needs.name())
          .isEqualTo(needs == Needs.ALL ? "choose 1 at 1" : "choose 1 at 0");
    }
  }

  @Test
  void viewsFollowTheCallsInFlight() {
    var f = new GatewayFixture("n1", "n2", "n3").with(new Recording());
    for (int i = 0; i < 6; i++) {
      f.start();
      f.cluster.pass(5_000_000);
    }
    f.runUntilRows(6);
    assertThat(f.rows)
        .extracting(Invocation::node)
        .containsExactlyInAnyOrder("n1", "n2", "n3", "n1", "n2", "n3");
  }

  @Test
  void aPolicyMayMakeCallsWaitAndIsAskedAgainWhenCapacityFrees() {
    var policy =
        new Recording() {
          @Override
          public Decision choose(Request request, ClusterView cluster, long nowNanos) {
            NodeView node = cluster.least(Signal.IN_FLIGHT);
            return node.inFlight() > 0 ? new Decision.Wait("busy") : Decision.runOn(node);
          }
        };
    var f = new GatewayFixture("n1").with(policy);
    f.start();
    f.cluster.pass(5_000_000);
    f.start();
    f.runUntilRows(2);
    assertThat(f.rows.get(1).queueSeconds()).isBetween(4.2, 4.4);
    assertThat(f.rows.get(1).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aPolicyMayRejectWithItsOwnReason() {
    var policy =
        new Recording() {
          @Override
          public Decision choose(Request request, ClusterView cluster, long nowNanos) {
            return new Decision.Reject("budget spent");
          }
        };
    Invocation row = new GatewayFixture("n1").with(policy).call();
    assertThat(row.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(row.error()).isEqualTo("budget spent");
  }

  @Test
  void aChoiceOfANodeThatWasNotOfferedIsRefused() {
    var policy =
        new Recording() {
          @Override
          public Decision choose(Request request, ClusterView cluster, long nowNanos) {
            return Decision.runOn(cluster.node(0));
          }
        };
    var f = new GatewayFixture("n1", "n2").with(policy);
    f.node("n1").ram = 99;
    assertThat(f.call().error()).isEqualTo("the policy chose n1, which was not offered");
  }

  /** Keeps a container ten seconds after its last call, and loads one five seconds after that. */
  private static final class TenSeconds implements KeepAlivePolicy {
    final List<String> arrived = new ArrayList<>();
    boolean loads;

    @Override
    public Verdict idle(ContainerView container, long nowNanos) {
      long load = loads ? nowNanos + 15_000_000_000L : Long.MAX_VALUE;
      return new Verdict(nowNanos + 10_000_000_000L, load);
    }

    @Override
    public void arrived(String function, long idleNanos, long nowNanos) {
      arrived.add(function + " " + idleNanos / 1_000_000_000L);
    }
  }

  @Test
  void aKeepAlivePolicySaysHowLongAContainerStays() {
    var keepAlive = new TenSeconds();
    var policy = new Recording();
    var f = new GatewayFixture("n1", "n2");
    f.keepAlive = keepAlive;
    f.with(policy);
    assertThat(f.call().mode()).isEqualTo("cold");
    f.cluster.pass(9_000_000_000L);
    assertThat(f.call().mode()).isEqualTo("warmed");
    f.cluster.pass(9_000_000_000L); // the first deadline has passed, the second has not
    assertThat(f.call().mode()).isEqualTo("warmed");
    f.cluster.pass(11_000_000_000L);
    assertThat(policy.told).contains("evicted f n1");
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
    assertThat(f.call().mode()).isEqualTo("cold");
    assertThat(keepAlive.arrived)
        .as("and hears how long the function was idle")
        .containsExactly("f 0", "f 9", "f 9", "f 11");
  }

  @Test
  void aKeepAlivePolicySaysWhenAContainerIsLoadedAheadOfACall() {
    var keepAlive = new TenSeconds();
    keepAlive.loads = true;
    var f = new GatewayFixture("n1");
    f.keepAlive = keepAlive;
    f.with(new RoundRobinPolicy());
    f.call();
    f.cluster.pass(11_000_000_000L);
    assertThat(f.node("n1").containers).isEmpty();
    f.cluster.pass(7_000_000_000L);
    assertThat(f.node("n1").containers).hasSize(1);
    assertThat(f.call().mode()).isEqualTo("warmed");
  }
}
