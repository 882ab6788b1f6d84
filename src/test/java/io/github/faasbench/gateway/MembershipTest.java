package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.experiment.Experiment.Busy;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream.Builder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that come, are drained and are removed while calls come. */
class MembershipTest {

  private static final String[] FOUR = {"n1", "n2", "n3", "n4"};

  static java.util.stream.Stream<Arguments> policiesAndLoads() {
    Builder<Arguments> cases = java.util.stream.Stream.builder();
    for (Entry<SchedulingPolicy> policy : Catalog.node()) {
      for (boolean pushed : new boolean[] {false, true}) {
        for (boolean kept : new boolean[] {false, true}) {
          cases.add(Arguments.of(policy.name(), pushed, kept));
        }
      }
    }
    return cases.build();
  }

  @ParameterizedTest
  @MethodSource("policiesAndLoads")
  void underAnyPolicyNoCallGoesToANodeThatIsNotThere(String policy, boolean pushed, boolean kept) {
    String[] names = {"n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"};
    var f = new GatewayFixture(pushed ? FakeCluster.pushing(names) : new FakeCluster(names));
    f.keepAlive = kept ? new FixedKeepAlive(Duration.ofSeconds(20), true) : f.keepAlive;
    f.with(EveryPolicyTest.policy(policy, 7));
    f.gateway.membership().await(List.of("n9"));
    var random = new Stream(policy.hashCode());
    Set<String> came = new HashSet<>();
    int[] before = new int[names.length];
    int calls = 0;
    for (int step = 0; step < 300; step++) {
      NodeState node = f.gateway.index.node(random.nextInt(names.length));
      switch (random.nextInt(8)) {
        case 0 -> f.gateway.membership().add(node.name());
        case 1 -> {
          if (f.gateway.index.present().size() > 1) {
            f.gateway.membership().drain(node.name());
          }
        }
        case 2 -> {
          if (f.gateway.index.present().size() > 1) {
            f.gateway.membership().remove(node.name());
          }
        }
        default -> {
          f.start();
          calls++;
        }
      }
      note(f, before);
      long until = f.cluster.loop().nowNanos() + FakeNode.MILLI * random.nextInt(2000);
      boolean[] over = {false};
      f.cluster.loop().after(until - f.cluster.loop().nowNanos(), () -> over[0] = true);
      f.cluster
          .loop()
          .runUntil(
              () -> {
                for (NodeState one : f.gateway.index.nodes()) {
                  assertThat(one.isPresent() || one.inFlight <= before[one.index()])
                      .as("%s got a call, but it %s", one.name(), one.presence.why)
                      .isTrue();
                }
                note(f, before);
                return over[0];
              });
    }
    f.runUntilRows(calls);
    f.rows.forEach(row -> came.add(row.node()));
    assertThat(came).as("nodes used by " + policy).hasSizeGreaterThan(1);
    assertThat(f.gateway.open()).isZero();
    assertThat(f.rows)
        .extracting(Invocation::outcome)
        .contains(Outcome.OK)
        .isSubsetOf(Outcome.OK, Outcome.LOST, Outcome.FAILED);
    assertThat(f.rows)
        .filteredOn(row -> row.outcome() != Outcome.OK)
        .allMatch(row -> row.error().contains("was removed while the call was there"));
    f.gateway.index.nodes().stream()
        .filter(node -> !node.isPresent())
        .forEach(node -> assertThat(node.containers).as(node.name()).isEmpty());
  }

  private static void note(GatewayFixture f, int[] inFlight) {
    f.gateway.index.nodes().forEach(node -> inFlight[node.index()] = node.inFlight);
  }

  @Test
  void aCallOnADrainedNodeEndsAndTheNextOneGoesElsewhere() {
    var f = new GatewayFixture(FOUR).with(new RoundRobinPolicy());
    f.start();
    f.cluster.pass(2000 * FakeNode.MILLI);
    f.gateway.membership().drain("n1");
    f.runUntilRows(1);
    assertThat(f.rows.get(0).outcome()).isEqualTo(Outcome.OK);
    assertThat(f.rows.get(0).node()).isEqualTo("n1");
    assertThat(f.nodesOf(4)).containsExactly("n2", "n3", "n4", "n2");
  }

  @Test
  void aCallOnARemovedNodeIsLostAtOnceAndSaysWhy() {
    var f = new GatewayFixture(FOUR).with(new RoundRobinPolicy());
    f.start();
    f.cluster.pass(2000 * FakeNode.MILLI);
    long removed = f.cluster.loop().nowNanos();
    f.gateway.membership().remove("n1");
    f.runUntilRows(1);
    Invocation row = f.rows.get(0);
    assertThat(row.outcome()).isEqualTo(Outcome.LOST);
    assertThat(row.error()).isEqualTo("node n1 was removed while the call was there");
    // The fake node takes 50 ms to remove a container, and as long for an image.
    assertThat(f.cluster.loop().nowNanos() - removed).isEqualTo(100 * FakeNode.MILLI);
  }

  @Test
  void roundRobinStartsAgainWhenTheListChanges() {
    var f = new GatewayFixture(FOUR).with(new RoundRobinPolicy());
    f.gateway.membership().await(List.of("n3"));
    assertThat(f.nodesOf(2)).containsExactly("n1", "n2");
    f.gateway.membership().add("n3");
    assertThat(f.nodesOf(3)).containsExactly("n1", "n2", "n3");
    f.gateway.membership().drain("n1");
    assertThat(f.nodesOf(4)).containsExactly("n2", "n3", "n4", "n2");
  }

  @Test
  void aPolicyIsToldOfEachChangeAndSeesHowManyNodesAreThere() {
    List<String> told = new ArrayList<>();
    var policy =
        new SchedulingPolicy() {
          @Override
          public Needs needs() {
            return Needs.NONE;
          }

          @Override
          public Decision choose(Request request, ClusterView cluster, long nowNanos) {
            return Decision.runOn(cluster.nextEligible(0));
          }

          @Override
          public void nodesChanged(ClusterView cluster) {
            told.add(cluster.present() + " of " + cluster.size() + ", " + cluster.eligibleCount());
          }
        };
    var f = new GatewayFixture(FOUR).with(policy);
    f.gateway.membership().await(List.of("n4"));
    f.gateway.membership().add("n4");
    f.gateway.membership().drain("n2");
    f.gateway.membership().remove("n1");
    assertThat(told)
        .containsExactly("4 of 4, 4", "3 of 4, 3", "4 of 4, 4", "3 of 4, 3", "2 of 4, 2");
  }

  @Test
  void whatADrainedNodeKeptGoesAndTheFunctionIsColdElsewhere() {
    var f = new GatewayFixture(FOUR);
    f.keepAlive = new FixedKeepAlive(Duration.ofHours(1), true);
    f.with(new RoundRobinPolicy());
    assertThat(f.call().mode()).isEqualTo("cold");
    assertThat(f.call().mode()).isEqualTo("warmed");
    f.gateway.membership().drain("n1");
    Invocation next = f.call();
    assertThat(next.mode()).isEqualTo("cold");
    assertThat(next.node()).isEqualTo("n2");
    f.cluster.pass(1000 * FakeNode.MILLI);
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
    assertThat(f.lives).extracting(ContainerLife::end).containsExactly(ContainerLife.End.DRAINED);
  }

  @Test
  void aKeptContainerAtWorkOnADrainedNodeGoesAfterItsCall() {
    var f = new GatewayFixture(FOUR);
    f.keepAlive = new FixedKeepAlive(Duration.ofHours(1), true);
    f.with(new RoundRobinPolicy());
    f.start();
    f.cluster.pass(3000 * FakeNode.MILLI);
    f.gateway.membership().drain("n1");
    f.runUntilRows(1);
    assertThat(f.rows.get(0).outcome()).isEqualTo(Outcome.OK);
    assertThat(f.node("n1").containers).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
  }

  @Test
  void aCallThatWaitsForAContainerOfADrainedNodeIsServedElsewhere() {
    var f = new GatewayFixture(FOUR);
    f.busy = Busy.WAIT;
    f.with(new RoundRobinPolicy());
    Warmer warmer = f.prepare(Preparation.CONTAINER, 1);
    f.start();
    f.start();
    f.cluster.pass(1000 * FakeNode.MILLI);
    f.gateway.membership().drain("n1");
    f.runUntilRows(2);
    assertThat(f.rows).extracting(Invocation::outcome).containsOnly(Outcome.OK);
    assertThat(f.rows).extracting(Invocation::node).containsExactlyInAnyOrder("n1", "n2");
    assertThat(f.node("n1").containers).isEmpty();
    f.gateway.end();
    List<List<String>> released = new ArrayList<>();
    warmer.release(released::add);
    f.cluster.loop().runUntil(() -> !released.isEmpty());
    assertThat(released.get(0)).isEmpty();
    assertThat(f.node("n1").images).isEmpty();
  }

  @Test
  void whoMustWaitForANodeIsServedByOneThatIsAdded() {
    var f = new GatewayFixture("n1", "n2");
    f.waitForNode = true;
    f.with(new RoundRobinPolicy());
    f.gateway.membership().await(List.of("n2"));
    f.gateway.membership().drain("n1");
    f.start();
    f.cluster.pass(1000 * FakeNode.MILLI);
    assertThat(f.rows).isEmpty();
    f.gateway.membership().add("n2");
    f.runUntilRows(1);
    assertThat(f.rows.get(0).node()).isEqualTo("n2");
  }

  @Test
  void aRejectedCallSaysWhichNodesAreGoneAndHow() {
    var f = new GatewayFixture("n1", "n2", "n3").with(EveryPolicyTest.policy("least-used", 1));
    f.gateway.membership().await(List.of("n3"));
    f.gateway.membership().drain("n1");
    f.gateway.membership().remove("n2");
    assertThat(f.call().error())
        .isEqualTo("no eligible node: n1 was drained; n2 was removed; n3 is not there yet");
  }
}
