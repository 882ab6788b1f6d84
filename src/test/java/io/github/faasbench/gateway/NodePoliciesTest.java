package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.cluster.sim.SimLoop;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import io.github.faasbench.policy.node.FirstFitPolicy;
import io.github.faasbench.policy.node.JoinShortestQueuePolicy;
import io.github.faasbench.policy.node.PowerOfDPolicy;
import io.github.faasbench.policy.node.RandomPolicy;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the names of the policies that draw, count or pack promise, over hundreds of requests. */
class NodePoliciesTest {

  private static final Request REQUEST = new Request("f", "i", Double.NaN, 1, 0);

  private final List<NodeState> nodes = new ArrayList<>();
  private ClusterIndex index;

  private void cluster(int size, int slots) {
    var loop = new SimLoop();
    for (int i = 0; i < size; i++) {
      nodes.add(new NodeState(new FakeNode("n" + i, loop), i, i, i, 1, 1, slots));
    }
    index = new ClusterIndex(nodes);
  }

  private void inFlight(NodeState node, int calls) {
    node.inFlight = calls;
    for (var signal : Signal.values()) {
      index.changed(node, signal);
    }
  }

  private NodeState choice(SchedulingPolicy policy) {
    return (NodeState) ((Decision.Run) policy.choose(REQUEST, index.all(), 0)).node();
  }

  /** A few calls more or less somewhere, and now and then a node that is not eligible. */
  private void change(Stream random) {
    NodeState node = nodes.get(random.nextInt(nodes.size()));
    inFlight(node, random.nextInt(5));
    NodeState other = nodes.get(random.nextInt(nodes.size()));
    index.eligible(other, nodes.size() > 1 && random.nextInt(5) != 0);
    index.eligible(node, true); // so that one is
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 40})
  void randomTakesEveryEligibleNodeEquallyOften(int size) {
    cluster(size, 1);
    index.eligible(nodes.get(0), size == 1);
    int offered = Math.max(1, size - 1);
    var policy = new RandomPolicy(new Stream(11));
    int[] times = new int[size];
    for (int draw = 0; draw < 400 * offered; draw++) {
      times[choice(policy).index()]++;
    }
    // 400 each, standard deviation below 20: five of them.
    IntStream.range(0, size)
        .filter(i -> nodes.get(i).eligible)
        .forEach(i -> assertThat(times[i]).isBetween(300, 500));
    assertThat(IntStream.of(times).filter(count -> count > 0)).hasSize(offered);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 40})
  void joinShortestQueueNeverPassesANodeWithFewerCallsInFlight(int size) {
    cluster(size, 1);
    var policy = new JoinShortestQueuePolicy(new Stream(5));
    var random = new Stream(6);
    for (int request = 0; request < 500; request++) {
      change(random);
      NodeState chosen = choice(policy);
      assertThat(chosen.eligible).isTrue();
      assertThat(nodes)
          .filteredOn(node -> node.eligible)
          .allSatisfy(node -> assertThat(node.inFlight).isGreaterThanOrEqualTo(chosen.inFlight));
    }
  }

  @Test
  void joinShortestQueueBreaksTiesAtRandom() {
    cluster(4, 1);
    inFlight(nodes.get(2), 1);
    var policy = new JoinShortestQueuePolicy(new Stream(5));
    int[] times = new int[4];
    for (int request = 0; request < 1200; request++) {
      times[choice(policy).index()]++;
    }
    assertThat(times[2]).isZero();
    for (int tied : new int[] {0, 1, 3}) {
      assertThat(times[tied]).isBetween(320, 480);
    }
  }

  /** Hands out a view that writes down which nodes were looked at. */
  private static final class Watched implements ClusterView {
    private final NodeSet all;
    final List<NodeState> drawn = new ArrayList<>();

    Watched(NodeSet all) {
      this.all = all;
    }

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public int eligibleCount() {
      return all.eligibleCount();
    }

    @Override
    public NodeView eligibleAt(int place) {
      drawn.add((NodeState) all.eligibleAt(place));
      return drawn.get(drawn.size() - 1);
    }

    @Override
    public NodeView least(Signal signal) {
      throw new AssertionError("power of d looks at d nodes, not at all");
    }

    @Override
    public NodeView least(Signal signal, RandomGenerator ties) {
      return least(signal);
    }

    @Override
    public NodeView most(Signal signal) {
      return least(signal);
    }

    @Override
    public NodeView nextEligible(int cursor) {
      return least(null);
    }

    @Override
    public NodeView node(int place) {
      return least(null);
    }

    @Override
    public boolean eligible(int place) {
      return all.eligible(place);
    }

    @Override
    public int inFlight() {
      return all.inFlight();
    }

    @Override
    public ClusterView all() {
      return this;
    }

    @Override
    public String mode() {
      return all.mode();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 50})
  void powerOfDLooksAtDDistinctNodesAndTakesTheFirstDrawnOfTheLeastLoaded(int d) {
    cluster(10, 1);
    var policy = new PowerOfDPolicy(d, new Stream(17));
    var random = new Stream(18);
    for (int request = 0; request < 500; request++) {
      change(random);
      var view = new Watched(index.all());
      NodeState chosen = (NodeState) ((Decision.Run) policy.choose(REQUEST, view, request)).node();
      assertThat(view.drawn).hasSize(Math.min(d, view.eligibleCount())).doesNotHaveDuplicates();
      assertThat(view.drawn).allSatisfy(node -> assertThat(node.eligible).isTrue());
      int least = view.drawn.stream().mapToInt(NodeState::inFlight).min().orElseThrow();
      NodeState first =
          view.drawn.stream().filter(node -> node.inFlight == least).findFirst().orElseThrow();
      assertThat(chosen).isSameAs(first);
    }
  }

  @Test
  void powerOfDDrawsEveryPairOfNodesEquallyOften() {
    cluster(5, 1);
    var policy = new PowerOfDPolicy(2, new Stream(19));
    int[] times = new int[25];
    for (int request = 0; request < 8000; request++) {
      var view = new Watched(index.all());
      policy.choose(REQUEST, view, request);
      times[view.drawn.get(0).index() * 5 + view.drawn.get(1).index()]++;
    }
    for (int pair = 0; pair < 25; pair++) {
      if (pair % 6 == 0) {
        assertThat(times[pair]).as("a node with itself").isZero();
      } else {
        assertThat(times[pair]).isBetween(300, 500); // 20 ordered pairs, 400 each
      }
    }
  }

  @Test
  void firstFitFillsANodeBeforeItTakesTheNextAndComesBackWhenASlotIsFree() {
    var f = new GatewayFixture("n3", "n1", "n2");
    List.of("n1", "n2", "n3").forEach(name -> f.slots.put(name, 2));
    f.with(new FirstFitPolicy());
    for (int i = 0; i < 5; i++) {
      f.start();
      f.cluster.pass(5_000_000);
    }
    f.runUntilRows(5);
    assertThat(f.rows)
        .extracting(Invocation::node)
        .containsExactlyInAnyOrder("n3", "n3", "n1", "n1", "n2");
    assertThat(f.call().node()).isEqualTo("n3");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 40})
  void firstFitNeverPassesANodeWithASlotFree(int size) {
    cluster(size, 3);
    var policy = new FirstFitPolicy();
    var random = new Stream(23);
    int full = 0;
    for (int request = 0; request < 500; request++) {
      change(random);
      NodeState first =
          nodes.stream().filter(n -> n.eligible && n.inFlight < 3).findFirst().orElse(null);
      Decision decision = policy.choose(REQUEST, index.all(), 0);
      if (first == null) {
        full++;
        assertThat(decision).isEqualTo(new Decision.Reject("no eligible node has a slot free"));
      } else {
        assertThat(decision).isEqualTo(new Decision.Run(first));
      }
    }
    assertThat(full).isGreaterThanOrEqualTo(size == 1 ? 100 : 0);
  }

  @Test
  void whenNoSlotIsFreeACallIsRejectedOrWaitsAsTheFileSays() {
    for (boolean wait : new boolean[] {false, true}) {
      var f = new GatewayFixture("n1");
      f.slots.put("n1", 1);
      f.waitForNode = wait;
      f.with(new FirstFitPolicy());
      f.start();
      f.cluster.pass(5_000_000);
      f.start();
      f.runUntilRows(2);
      assertThat(f.rows)
          .extracting(Invocation::outcome)
          .containsExactlyInAnyOrder(Outcome.OK, wait ? Outcome.OK : Outcome.REJECTED);
      assertThat(f.rows.get(wait ? 1 : 0).queueSeconds())
          .isBetween(wait ? 4.1 : 0, wait ? 5. : 0.1);
    }
  }

  @Test
  void aNodesSlotsAreThoseOfTheFileElseItsCoresRoundedUp() {
    var node = new FakeNode("n", new SimLoop());
    int unlimited = Integer.MAX_VALUE;
    assertThat(new NodeState(node, 0, 0, 0, 1, 0.5, 8).slots()).isEqualTo(8);
    assertThat(new NodeState(node, 0, 0, 0, 1, 0.5, unlimited).slots()).isEqualTo(1);
    assertThat(new NodeState(node, 0, 0, 0, 1, 2.5, unlimited).slots()).isEqualTo(3);
    assertThat(new NodeState(node, 0, 0, 0, 1, Double.NaN, unlimited).slots()).isEqualTo(unlimited);
  }

  @Test
  void packingFillsCoresAndNotSlotsWhereBothAreKnown() {
    var node = new NodeState(new FakeNode("n", new SimLoop()), 0, 0, 0, 1, 1.5, 8);
    double[] signals = new double[4];
    for (int calls = 0; calls < 4; calls++) {
      node.inFlight = calls;
      signals[calls] = node.signal(Signal.PACKING);
    }
    assertThat(signals).containsExactly(1, 0, 2, 2);
  }

  @Test
  void aPolicyThatDrawsAsksAgainWithoutANodeFoundOverTheThreshold() {
    var f = new GatewayFixture("n1", "n2", "n3", "n4").with(new RandomPolicy(new Stream(4)));
    f.node("n1").ram = 95;
    f.node("n3").ram = 95;
    List<String> nodes = f.nodesOf(100);
    assertThat(new HashSet<>(nodes)).containsExactlyInAnyOrder("n2", "n4");
    assertThat(Collections.frequency(nodes, "n2")).isBetween(25, 75);
  }
}
