package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.experiment.Experiment.Busy;
import io.github.faasbench.experiment.Experiment.Reuse;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How calls share containers that wait: many on a node, several calls in one, and who waits. */
class WaitingContainersTest {

  private static final long SECOND = 1_000_000_000L;

  private GatewayFixture kept(String... nodes) {
    var f = new GatewayFixture(FakeCluster.pushing(nodes));
    f.keepAlive = new FixedKeepAlive(Duration.ofHours(1), true);
    return f;
  }

  /** The containers that calls ran in, by the order of their creation, from 1. */
  private static List<Integer> used(GatewayFixture f, String node) {
    List<String> made = new ArrayList<>();
    List<Integer> used = new ArrayList<>();
    for (String line : f.node(node).did) {
      String container = line.substring(line.indexOf(' ') + 1);
      if (line.startsWith("start ")) {
        made.add(container);
      } else if (line.startsWith("exec ")) {
        used.add(made.indexOf(container) + 1);
      }
    }
    return used;
  }

  @Test
  void aNodeHoldsAsManyContainersAsCallsOverlapped() {
    var f = kept("n1").with(new RoundRobinPolicy());
    for (int i = 0; i < 5; i++) {
      f.start();
    }
    f.runUntilRows(5);
    assertThat(f.rows).extracting(Invocation::mode).containsOnly("cold");
    assertThat(f.node("n1").containers).hasSize(5);
    for (int i = 0; i < 7; i++) {
      f.start();
    }
    f.runUntilRows(12);
    assertThat(f.rows.subList(5, 12)).filteredOn(row -> row.mode().equals("warmed")).hasSize(5);
    assertThat(f.node("n1").containers).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPlaceThatComesFreeHasLoadsReadForTheCallsItMayServeAndNoOther(boolean always) {
    var f = new GatewayFixture("n1", "n2");
    f.busy = Busy.WAIT;
    f.prepared(
        always ? new FirstNodePolicy(new ArrayList<>()) : new RoundRobinPolicy(),
        Preparation.CONTAINER,
        2);
    for (int i = 0; i < 200; i++) {
      f.start();
    }
    f.runUntilRows(200);
    assertThat(f.rows).extracting(Invocation::mode).containsOnly("warmed");
    assertThat(f.rows).extracting(Invocation::node).contains("n1", "n2");
    long read =
        f.node("n1").did.stream().filter("load"::equals).count()
            + f.node("n2").did.stream().filter("load"::equals).count();
    // One for each call that runs, and of those that came at once for two places, for nothing.
    assertThat(read).isBetween(200L, 800L);
  }

  @Test
  void aNodeThatDoesNotAnswerKeepsNobodyFromTheOthers() {
    var f = new GatewayFixture("n1", "n2");
    f.busy = Busy.WAIT;
    f.prepared(new RoundRobinPolicy(), Preparation.CONTAINER, 2);
    f.node("n1").execNanos = SECOND;
    f.start();
    f.cluster.loop().runUntil(() -> f.node("n1").running() == 1);
    f.node("n2").execNanos = SECOND / 100;
    for (int i = 0; i < 100; i++) {
      f.start();
    }
    f.cluster.pass(SECOND / 10);
    f.node("n1").loadNanos = 30 * SECOND;
    f.cluster.pass(8 * SECOND);
    // Each call that ends lets the next two be chosen for: one waits for the node that is silent.
    assertThat(f.rows).hasSizeGreaterThan(50);
    assertThat(f.rows).filteredOn(row -> row.node().equals("n1")).hasSize(1);
  }

  /**
   * Both places are free, and the policy chooses the silent node for each call that it is asked.
   */
  @Test
  void theLongerAnAnswerIsMissingTheMoreCallsAreChosenFor() {
    var f = new GatewayFixture("n1", "n2");
    f.busy = Busy.WAIT;
    f.prepared(new FirstNodePolicy(new ArrayList<>()), Preparation.CONTAINER, 2);
    for (int i = 0; i < 102; i++) {
      f.start();
    }
    f.cluster.loop().runUntil(() -> f.node("n2").running() == 1);
    f.node("n1").loadNanos = 30 * SECOND;
    f.node("n1").did.clear();
    f.runUntilRows(2);
    List<Long> asked = new ArrayList<>();
    f.cluster.pass(SECOND / 20);
    for (int i = 0; i < 6; i++) {
      asked.add(f.node("n1").did.stream().filter("load"::equals).count());
      f.cluster.pass(SECOND / 10);
    }
    assertThat(asked).containsExactly(2L, 4L, 8L, 16L, 32L, 64L);
  }

  @ParameterizedTest
  @EnumSource(Reuse.class)
  void reuseSaysWhichIdleContainerServesACall(Reuse reuse) {
    var f = kept("n1");
    f.reuse = reuse;
    f.with(new RoundRobinPolicy());
    // Three overlapping calls make containers 1, 2 and 3; they end as 2, 3, 1.
    List<Long> seconds = List.of(10L, 2L, 5L);
    for (int i = 0; i < 3; i++) {
      int running = i + 1;
      f.node("n1").execNanos = seconds.get(i) * SECOND;
      f.start();
      f.cluster.loop().runUntil(() -> f.node("n1").running() == running);
    }
    f.runUntilRows(3);
    assertThat(f.rows).extracting(Invocation::invocation).containsExactly(2L, 3L, 1L);
    f.node("n1").execNanos = SECOND;
    for (int i = 0; i < 40; i++) {
      f.call();
    }
    List<Integer> served = used(f, "n1").subList(3, 43);
    switch (reuse) {
      case NEWEST -> assertThat(served).containsOnly(3);
      case OLDEST -> assertThat(served).containsOnly(1);
      case RECENT -> assertThat(served).containsOnly(1);
      default -> {
        assertThat(served).contains(1, 2, 3);
        for (int container = 1; container <= 3; container++) {
          int number = container;
          assertThat(served.stream().filter(c -> c == number).count()).isBetween(4L, 26L);
        }
      }
    }
  }

  @Test
  void recentGoesByUseAndNotByCreation() {
    var f = kept("n1");
    f.reuse = Reuse.RECENT;
    f.with(new RoundRobinPolicy());
    f.start();
    f.start();
    f.runUntilRows(2);
    f.start(); // takes the one whose call ended last
    f.cluster.pass(SECOND / 2);
    f.start(); // takes the other, which is then used last
    f.runUntilRows(4);
    f.call();
    List<Integer> used = used(f, "n1");
    assertThat(used.get(4)).isEqualTo(used.get(3)).isNotEqualTo(used.get(2));
  }

  @Test
  void theHeapOfFreeContainersHandsOutInItsOrderAfterAnyRemoval() {
    var random = new Stream(8);
    for (Reuse reuse : List.of(Reuse.NEWEST, Reuse.OLDEST, Reuse.RECENT)) {
      var free = new FreeContainers(reuse, random);
      List<Container> model = new ArrayList<>();
      for (int step = 0; step < 3000; step++) {
        if (model.isEmpty() || random.nextInt(5) < 3) {
          var container = new Container(ContainerName.of("c" + step), null, null, MadeBy.CALL, 0);
          container.created = step;
          container.used = random.nextInt(1_000_000) * 3000L + step;
          model.add(container);
          free.add(container);
        } else {
          Container gone = model.remove(random.nextInt(model.size()));
          free.remove(gone);
          assertThat(gone.place).isEqualTo(-1);
        }
        assertThat(free.isEmpty()).isEqualTo(model.isEmpty());
        if (!model.isEmpty()) {
          Comparator<Container> order =
              switch (reuse) {
                case NEWEST -> Comparator.comparing((Container c) -> c.created).reversed();
                case OLDEST -> Comparator.comparing((Container c) -> c.created);
                default -> Comparator.comparing((Container c) -> c.used).reversed();
              };
          assertThat(free.next()).isSameAs(model.stream().min(order).orElseThrow());
        }
      }
    }
  }

  @Test
  void aContainerTakesAsManyCallsAtATimeAsItsConcurrencySays() {
    var f = new GatewayFixture(FakeCluster.pushing("n1", "n2"));
    f.concurrency = 3;
    f.with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    for (int i = 0; i < 5; i++) {
      f.start();
    }
    assertThat(f.node("n1").running()).isEqualTo(5);
    assertThat(f.node("n1").containers).hasSize(3); // the waiting one, and two of their own
    f.runUntilRows(5);
    assertThat(f.rows).filteredOn(row -> row.mode().equals("warmed")).hasSize(3);
    assertThat(f.rows).filteredOn(row -> row.mode().equals("pre-warmed")).hasSize(2);
  }

  @Test
  void aContainerThatACallMakesTakesFurtherCallsAsSoonAsItIsThere() {
    var f = kept("n1");
    f.concurrency = 2;
    f.with(new RoundRobinPolicy());
    f.start();
    f.cluster.pass(2 * SECOND);
    f.start();
    f.start();
    f.runUntilRows(3);
    assertThat(f.rows).extracting(Invocation::mode).containsExactly("cold", "warmed", "cold");
  }

  @Test
  void whenAllWarmContainersAreBusyACallSpillsOrWaits() {
    for (Busy busy : Busy.values()) {
      var f = new GatewayFixture(FakeCluster.pushing("n1", "n2"));
      f.busy = busy;
      f.with(new RoundRobinPolicy());
      f.prepare(Preparation.CONTAINER, 1);
      f.start();
      f.start();
      f.start();
      f.runUntilRows(3);
      List<String> modes = f.rows.stream().map(Invocation::mode).toList();
      if (busy == Busy.SPILL) {
        assertThat(modes).containsExactlyInAnyOrder("warmed", "pre-warmed", "pre-warmed");
      } else {
        assertThat(modes).containsOnly("warmed");
        assertThat(f.rows)
            .extracting(Invocation::invocation)
            .as("first come, first served")
            .containsExactly(1L, 2L, 3L);
        assertThat(f.rows).extracting(Invocation::queueSeconds).containsExactly(0.0, 3.0, 6.0);
      }
    }
  }

  @Test
  void aCallThatComesWhileOthersWaitStandsBehindThem() {
    var f = new GatewayFixture(FakeCluster.pushing("n1"));
    f.busy = Busy.WAIT;
    f.with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      f.start();
      f.cluster.pass(SECOND);
    }
    f.runUntilRows(200);
    f.rows.forEach(row -> order.add(row.invocation()));
    assertThat(order).isSorted();
    assertThat(f.node("n1").containers).hasSize(1);
  }

  @Test
  void withNoWarmContainerAtAllNobodyWaits() {
    var f = kept("n1");
    f.busy = Busy.WAIT;
    f.with(new RoundRobinPolicy());
    f.start();
    f.start();
    f.cluster.pass(2 * SECOND); // both containers are there and busy
    f.start();
    f.runUntilRows(3);
    assertThat(f.rows).extracting(Invocation::mode).containsExactly("cold", "cold", "warmed");
    assertThat(f.rows.get(2).queueSeconds()).isCloseTo(2.2, within(1e-9));
  }

  @Test
  void aWaitingCallThatTimesOutLeavesTheLine() {
    var f = new GatewayFixture(FakeCluster.pushing("n1"));
    f.busy = Busy.WAIT;
    f.timeout = Optional.of(4 * SECOND);
    f.with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    f.start();
    f.start();
    f.start();
    f.runUntilRows(3);
    assertThat(f.rows)
        .extracting(Invocation::outcome)
        .containsExactlyInAnyOrder(Outcome.OK, Outcome.TIMEOUT, Outcome.TIMEOUT);
    assertThat(f.rows).filteredOn(row -> row.node().isEmpty()).hasSize(1);
    assertThat(f.call().outcome()).isEqualTo(Outcome.OK);
    assertThat(f.gateway.open()).isZero();
  }

  @Test
  void aCallThatIsKilledTakesThoseInItsContainerWithItAndTheirRowsSayWhy() {
    var f = new GatewayFixture(FakeCluster.pushing("n1"));
    f.concurrency = 2;
    f.timeout = Optional.of(2 * SECOND);
    f.with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    f.start();
    f.cluster.pass(SECOND);
    f.start();
    f.runUntilRows(2);
    assertThat(f.rows)
        .extracting(Invocation::outcome)
        .containsExactlyInAnyOrder(Outcome.TIMEOUT, Outcome.LOST);
    assertThat(f.rows)
        .filteredOn(row -> row.outcome() == Outcome.LOST)
        .extracting(Invocation::error)
        .containsExactly("its container was killed: another call in it timed out");
    f.cluster.pass(SECOND);
    assertThat(f.node("n1").containers).as("started anew, once").hasSize(1);
    f.node("n1").execNanos = SECOND;
    assertThat(f.call().mode()).isEqualTo("warmed");
  }

  @Test
  void aCallForWhichANodeHasNoRoomIsRejectedWithItsReason() {
    var f = new GatewayFixture(FakeCluster.pushing("n1")).with(new RoundRobinPolicy());
    f.node("n1").full = true;
    Invocation row = f.call();
    assertThat(row.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(row.node()).isEqualTo("n1");
    assertThat(row.error()).isEqualTo("n1: no room for 128 MiB");
    assertThat(f.node("n1").images).as("given back").isEmpty();
    f.node("n1").full = false;
    assertThat(f.call().outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aCallForWhichThereIsNoSlotIsRejectedAndItsContainerStays() {
    var f = new GatewayFixture(FakeCluster.pushing("n1")).with(new RoundRobinPolicy());
    f.prepare(Preparation.CONTAINER, 1);
    f.node("n1").full = true;
    assertThat(f.call().error()).isEqualTo("n1: no slot free");
    f.node("n1").full = false;
    assertThat(f.call().mode()).isEqualTo("warmed");
    assertThat(f.node("n1").did).filteredOn(line -> line.startsWith("start ")).hasSize(1);
  }

  @Test
  void whenACallKeepsContainersAndTheNodeHasNoRoomForOneItIsRejectedToo() {
    var f = kept("n1").with(new RoundRobinPolicy());
    f.node("n1").full = true;
    assertThat(f.call().outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(f.node("n1").images).as("given back").isEmpty();
  }

  @Test
  void aContainerThatTheNodeEvictedIsForgottenWithItsImage() {
    var f = kept("n1", "n2").with(new RoundRobinPolicy());
    f.start();
    f.start();
    f.start();
    f.runUntilRows(3); // two on n1, one on n2
    for (String name : List.copyOf(f.node("n1").containers.keySet())) {
      assertThat(f.node("n1").images).isNotEmpty();
      f.cluster.evict("n1", name);
    }
    f.cluster.pass(SECOND);
    assertThat(f.node("n1").images).as("gone with the last container").isEmpty();
    assertThat(f.call().node()).isEqualTo("n2");
    f.cluster.evict("n2", f.node("n2").containers.keySet().iterator().next());
    assertThat(f.call().mode()).isEqualTo("cold");
    assertThat(new HashSet<>(f.rows.stream().map(Invocation::outcome).toList()))
        .containsExactly(Outcome.OK);
  }

  @Test
  void whatANodeEvictsByAnotherNameIsNoneOfOurs() {
    var f = kept("n1").with(new RoundRobinPolicy());
    f.call();
    f.cluster.evict("n1", "someone-elses");
    assertThat(f.call().mode()).isEqualTo("warmed");
  }
}
