package io.github.faasbench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy.Past;
import io.github.faasbench.policy.node.PredictivePolicy;
import io.github.faasbench.random.Stream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a policy that learns promises: it comes to know what calls cost, and acts on it. */
class PredictivePolicyTest {

  private final PolicyBench bench = new PolicyBench(4, 2);
  private final PredictivePolicy policy = bench.told(new PredictivePolicy(1000, new Stream(1)));
  private final Stream random = new Stream(2);
  private long number;

  /** Seconds that calls really take: linear in size and load, more when cold, twice on n3. */
  private static double truth(Request request, NodeState node, boolean cold) {
    double load = Math.max(1, (node.inFlight + 1) / 2.0);
    return (0.2 + 0.001 * request.inputSize() * load + (cold ? 3 : 0))
        * (node.index() == 3 ? 2 : 1);
  }

  /** Asks, compares the expectation with the truth, and tells it; the relative error. */
  private double call(String function, double size, NodeSet view) {
    var request = new Request(function, "python", size, ++number, 0);
    Decision decision = policy.choose(request, view, 0);
    if (!(decision instanceof Decision.Run run)) {
      return Double.NaN;
    }
    NodeState node = (NodeState) run.node();
    double took = truth(request, node, view == bench.index.all());
    double expected = policy.expectedNanos(request) / 1e9;
    policy.ended(PolicyBench.ended(request, node, view.mode(), (long) (took * 1e9)), 0);
    assertThat(policy.expectedNanos(request)).as("the call is over").isNaN();
    return Math.abs(expected - took) / took;
  }

  private void shuffle() {
    bench.nodes.forEach(node -> bench.inFlight(node, random.nextInt(6)));
  }

  @Test
  void itStartsFromNothingAndItsErrorsBecomeSmall() {
    double[] errors = new double[1500];
    for (int i = 0; i < errors.length; i++) {
      shuffle();
      errors[i] = call("f" + i % 2, i % 2 == 0 ? 1000 : 4000, bench.index.all());
    }
    assertThat(errors[0]).as("nothing is known yet").isNaN();
    double first = Arrays.stream(errors, 1, 21).average().orElseThrow();
    double last = Arrays.stream(errors, 1300, 1500).average().orElseThrow();
    assertThat(last).isLessThan(0.05).isLessThan(first);
  }

  @Test
  void itTakesTheNodeWhereTheCallEndsFirst() {
    for (int i = 0; i < 1500; i++) {
      shuffle();
      call("f", 2000, bench.index.all());
    }
    int best = 0;
    for (int i = 0; i < 300; i++) {
      shuffle();
      var request = new Request("f", "python", 2000, ++number, 0);
      NodeState chosen =
          (NodeState) ((Decision.Run) policy.choose(request, bench.index.all(), 0)).node();
      double least = bench.nodes.stream().mapToDouble(n -> truth(request, n, true)).min().orElse(0);
      best += truth(request, chosen, true) < least * 1.05 ? 1 : 0;
    }
    assertThat(best).isGreaterThan(285);
  }

  @Test
  void aSizeNeverSeenIsExpectedFromThoseThatWere() {
    for (int i = 0; i < 600; i++) {
      shuffle();
      double size = 1000 * (1 + i % 3);
      call("f" + size, size, bench.index.all());
    }
    bench.nodes.forEach(node -> bench.inFlight(node, 0));
    var request = new Request("new", "python", 10_000, ++number, 0);
    NodeState node =
        (NodeState) ((Decision.Run) policy.choose(request, bench.index.all(), 0)).node();
    assertThat(policy.expectedNanos(request) / 1e9)
        .isCloseTo(truth(request, node, true), within(1.5));
  }

  @Test
  void aBusyWarmNodeIsLeftForAColdOneWhenThatEndsSoonerAndNotBefore() {
    NodeSet warm = bench.warm(bench.nodes.get(0));
    bench.inFlight(bench.nodes.get(0), 100);
    assertThat(call("f", 4000, warm)).as("no cold start is known").isNaN();
    assertThat(policy.choose(bench.request("f"), warm, 0)).isInstanceOf(Decision.Run.class);
    for (int i = 0; i < 400; i++) {
      shuffle();
      call("f", 4000, i % 2 == 0 ? warm : bench.index.all());
    }
    bench.nodes.forEach(node -> bench.inFlight(node, 0));
    var request = new Request("f", "python", 4000, ++number, 0);
    // Empty: 4.2 s warm against 7.2 s cold. With 9 calls: 20.2 s against 7.2 s.
    assertThat(policy.choose(request, warm, 0)).isEqualTo(new Decision.Run(bench.nodes.get(0)));
    bench.inFlight(bench.nodes.get(0), 9);
    assertThat(policy.choose(request, warm, 0)).isInstanceOf(Decision.Reject.class);
  }

  @Test
  void callsOfAnEarlierRunAreKnownBeforeTheFirst() {
    var another = new PredictivePolicy(1000, new Stream(1));
    for (int i = 0; i < 300; i++) {
      var request = new Request("f", "python", 1000, i, 0);
      another.remember(new Past(request, "n" + i % 4, "cold", 0, 2_000_000_000L));
      another.remember(new Past(request, "gone", "cold", 0, 9_000_000_000L));
    }
    another.nodesChanged(bench.index.all());
    var request = new Request("f", "python", 1000, 1, 0);
    assertThat(another.choose(request, bench.index.all(), 0)).isInstanceOf(Decision.Run.class);
    assertThat(another.expectedNanos(request) / 1e9).isCloseTo(2, within(0.05));
  }

  /** Calls that take 2 s where they run, after any time of waiting. */
  @Test
  void whatACallWaitedBeforeItWasChosenForIsNoPartOfWhatItTakes() {
    for (int i = 0; i < 200; i++) {
      long chosenAt = random.nextInt(60) * 1_000_000_000L;
      var request = new Request("f", "python", 1000, ++number, 0);
      NodeState node =
          (NodeState) ((Decision.Run) policy.choose(request, bench.index.all(), chosenAt)).node();
      policy.ended(PolicyBench.ended(request, node, "cold", chosenAt + 2_000_000_000L), 0);
    }
    var request = new Request("f", "python", 1000, ++number, 0);
    policy.choose(request, bench.index.all(), 0);
    assertThat(policy.expectedNanos(request) / 1e9).isCloseTo(2, within(0.01));
  }

  @Test
  void itNeedsNoReading() {
    assertThat(policy.needs()).isEqualTo(Needs.NONE);
  }

  /** What one node was found to be is nothing that another one at its place has to do with. */
  @Test
  void whenTheNodesAreOthersTheyStartAsAverage() {
    for (int i = 0; i < 600; i++) {
      shuffle();
      call("f", 1000, bench.index.all());
    }
    bench.nodes.forEach(node -> bench.inFlight(node, node.index() == 3 ? 0 : 1));
    var before = new Request("f", "python", 1000, ++number, 0);
    assertThat(policy.choose(before, bench.index.all(), 0))
        .isNotEqualTo(new Decision.Run(bench.nodes.get(3)));
    var others = new PolicyBench(5, 2);
    policy.nodesChanged(others.index.all());
    others.nodes.forEach(node -> others.inFlight(node, node.index() == 3 ? 0 : 3));
    var request = new Request("f", "python", 1000, ++number, 0);
    assertThat(policy.choose(request, others.index.all(), 0))
        .isEqualTo(new Decision.Run(others.nodes.get(3)));
  }

  @Test
  void failedCallsTeachNothing() {
    var request = new Request("f", "python", 1000, ++number, 0);
    NodeState node =
        (NodeState) ((Decision.Run) policy.choose(request, bench.index.all(), 0)).node();
    policy.ended(
        new io.github.faasbench.policy.SchedulingPolicy.Ended(request, node, "cold", false, 1, -1),
        0);
    var next = new Request("f", "python", 1000, ++number, 0);
    policy.choose(next, bench.index.all(), 0);
    assertThat(policy.expectedNanos(next)).isNaN();
  }
}
