package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.cluster.sim.SimLoop;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Signal;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of nodes answers what a look at all of its eligible nodes would answer. */
class NodeSetTest {

  private final List<NodeState> nodes = new ArrayList<>();
  private ClusterIndex index;

  /** Registered in the opposite order of their names. */
  private void cluster(int size) {
    var loop = new SimLoop();
    for (int i = 0; i < size; i++) {
      nodes.add(new NodeState(new FakeNode("n" + i, loop), i, size - 1 - i, i, 1, 1, 3));
    }
    index = new ClusterIndex(nodes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 9, 64, 65, 100, 4097})
  void anySetAnswersWhatALookAtItsEligibleNodesWouldAnswerAfterAnyChange(int size) {
    cluster(size);
    var random = new Stream(size);
    NodeSet some = index.newSet(Selection.Warmth.WARMED);
    List<NodeState> members = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      NodeState node = nodes.get(random.nextInt(size));
      switch (random.nextInt(4)) {
        case 0 -> {
          node.read(random.nextInt(5), random.nextInt(5), step);
          index.changed(node, Signal.CPU);
          index.changed(node, Signal.RAM);
        }
        case 1 -> {
          index.inFlight(node, random.nextInt(5) - node.inFlight);
        }
        case 2 -> index.eligible(node, random.nextInt(4) != 0);
        default -> {
          if (random.nextInt(5) == 0) {
            some.remove(node);
            members.remove(node);
          } else {
            some.add(node);
            members.remove(node);
            members.add(node);
          }
        }
      }
      if (step % Math.max(1, size / 50) == 0) {
        int cursor = random.nextInt(size);
        assertSame(index.all(), nodes, cursor);
        assertSame(some, members, cursor);
        assertSame(
            some.without(List.of(node)), members.stream().filter(n -> n != node).toList(), cursor);
      }
    }
  }

  private static void assertSame(NodeSet set, List<NodeState> members, int cursor) {
    List<NodeState> eligible = new ArrayList<>(members.stream().filter(n -> n.eligible).toList());
    eligible.sort(Comparator.comparing(NodeState::rank));
    assertThat(set.eligibleCount()).isEqualTo(eligible.size());
    for (int place = 0; place < eligible.size(); place += 1 + eligible.size() / 7) {
      assertThat(set.eligibleAt(place)).isSameAs(eligible.get(place));
    }
    NodeState next =
        eligible.stream()
            .filter(node -> node.rank() >= cursor)
            .findFirst()
            .orElse(eligible.isEmpty() ? null : eligible.get(0));
    assertThat(set.nextEligible(cursor)).isSameAs(next);
    for (Signal signal : Signal.values()) {
      Comparator<NodeState> byValue = Comparator.comparingDouble(node -> node.signal(signal));
      Comparator<NodeState> byPlace = Comparator.comparing(NodeState::index);
      List<NodeState> known =
          eligible.stream().filter(node -> !Double.isNaN(node.signal(signal))).toList();
      NodeState least = known.stream().min(byValue.thenComparing(byPlace)).orElse(null);
      NodeState most = known.stream().min(byValue.reversed().thenComparing(byPlace)).orElse(null);
      assertThat(set.least(signal)).as("least %s", signal).isSameAs(least);
      assertThat(set.most(signal)).as("most %s", signal).isSameAs(most);
      NodeView any = set.least(signal, new Stream(cursor));
      assertThat(any == null).isEqualTo(least == null);
      if (any != null) {
        assertThat(((NodeState) any).eligible && members.contains(any)).isTrue();
        assertThat(((NodeState) any).signal(signal)).isEqualTo(least.signal(signal));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 100})
  void ofNodesThatShareTheLeastValueEachIsAsLikely(int size) {
    cluster(size);
    nodes.forEach(node -> node.inFlight = node.index() % 4 == 1 ? 2 : 3);
    var random = new Stream(7);
    Map<String, Integer> times = new TreeMap<>();
    int draws = 2000 * (size / 4);
    for (int draw = 0; draw < draws; draw++) {
      times.merge(index.all().least(Signal.IN_FLIGHT, random).name(), 1, Integer::sum);
    }
    assertThat(times).hasSize(size / 4);
    // 2000 each, standard deviation below 45: five of them.
    assertThat(times.values()).allSatisfy(count -> assertThat(count).isBetween(1775, 2225));
  }

  @Test
  void aSetForOneDecisionIsNotKeptUpToDateForEver() {
    cluster(100);
    NodeSet rest = index.all().without(List.of(nodes.get(0)));
    assertThat(rest.least(Signal.IN_FLIGHT)).isSameAs(nodes.get(1));
    nodes.get(1).inFlight = 5;
    index.changed(nodes.get(1), Signal.IN_FLIGHT);
    assertThat(rest.least(Signal.IN_FLIGHT)).isSameAs(nodes.get(1));
    assertThat(index.all().least(Signal.IN_FLIGHT)).isSameAs(nodes.get(0));
  }

  @Test
  void theKthMemberIsFoundInWordsFullAndSparse() {
    var random = new Stream(3);
    for (int size : new int[] {1, 63, 64, 65, 1000, 5000}) {
      var set = new RankSet(size);
      List<Integer> members = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        if (random.nextInt(size < 100 ? 2 : 20) == 0 || i % 777 < 70) {
          set.set(i, true);
          members.add(i);
        }
      }
      Collections.sort(members);
      for (int k = 0; k < members.size(); k++) {
        assertThat(set.nth(k)).isEqualTo(members.get(k));
      }
    }
  }
}
