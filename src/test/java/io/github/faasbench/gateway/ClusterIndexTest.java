package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.VirtualLoop;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index answers what a scan over all nodes would answer, after any change. */
class ClusterIndexTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 65, 100, 4097})
  void theIndexAnswersWhatAScanWouldAnswer(int size) {
    var random = new SplittableRandom(size);
    List<NodeState> nodes = new ArrayList<>();
    var loop = new VirtualLoop();
    for (int i = 0; i < size; i++) {
      nodes.add(new NodeState(new FakeNode("n" + i, loop), i, size - 1 - i, 1, 1));
    }
    var index = new ClusterIndex(nodes);
    var scan = new SubsetView(index, node -> true);
    for (int step = 0; step < 2000; step++) {
      NodeState node = nodes.get(random.nextInt(size));
      switch (random.nextInt(3)) {
        case 0 -> {
          node.reading = new LoadReading(random.nextInt(5), random.nextInt(5), step);
          index.changed(node, Signal.CPU);
          index.changed(node, Signal.RAM);
        }
        case 1 -> {
          node.inFlight = random.nextInt(4);
          index.changed(node, Signal.IN_FLIGHT);
        }
        default -> index.eligible(node, random.nextInt(4) == 0);
      }
      if (step % Math.max(1, size / 50) == 0) {
        assertSame(index, scan, random.nextInt(size));
      }
    }
  }

  private static void assertSame(ClusterIndex index, SubsetView scan, int cursor) {
    for (Signal signal : Signal.values()) {
      assertThat(name(index.least(signal))).isEqualTo(name(scan.least(signal)));
      assertThat(name(index.most(signal))).isEqualTo(name(scan.most(signal)));
    }
    assertThat(name(index.nextEligible(cursor))).isEqualTo(name(scan.nextEligible(cursor)));
  }

  private static String name(NodeView node) {
    return Stream.ofNullable(node).map(NodeView::name).findFirst().orElse("none");
  }
}
