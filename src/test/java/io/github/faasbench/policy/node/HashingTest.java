package io.github.faasbench.policy.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Numbers that other implementations give. */
class HashingTest {

  @Test
  void stepsAreOpenWhisks() {
    assertThat(HomeInvokerPolicy.steps(1)).containsExactly(1);
    assertThat(HomeInvokerPolicy.steps(4)).containsExactly(1, 3);
    assertThat(HomeInvokerPolicy.steps(8)).containsExactly(1, 3, 5, 7);
    assertThat(HomeInvokerPolicy.steps(10)).containsExactly(1, 3, 7);
    assertThat(HomeInvokerPolicy.steps(12)).containsExactly(1, 5, 7, 11);
    assertThat(HomeInvokerPolicy.steps(16)).containsExactly(1, 3, 5, 7, 11, 13);
    assertThat(HomeInvokerPolicy.steps(18)).containsExactly(1, 5, 7, 11, 13, 17);
  }

  @Test
  void hashesAndTheOrderOfNodesAreOpenWhisks() {
    assertThat(HomeInvokerPolicy.hash("guest", "guest/hello")).isEqualTo(13198339);
    assertThat(order("hello", 10)).containsExactly(9, 2, 5, 8, 1, 4, 7, 0, 3, 6);
    assertThat(HomeInvokerPolicy.hash("guest", "guest/f0")).isEqualTo(1369993735);
    assertThat(order("f0", 10)).containsExactly(5, 8, 1, 4, 7, 0, 3, 6, 9, 2);
    assertThat(HomeInvokerPolicy.hash("guest", "guest/f1")).isEqualTo(1369993734);
    assertThat(order("f1", 10)).startsWith(4, 5);
    assertThat(order("f2", 10)).containsExactly(3, 0, 7, 4, 1, 8, 5, 2, 9, 6);
    assertThat(HomeInvokerPolicy.hash("guest", "guest/matmul")).isEqualTo(1384948829);
    assertThat(order("matmul", 4)).containsExactly(1, 0, 3, 2);
  }

  private static int[] order(String function, int nodes) {
    int hash = HomeInvokerPolicy.hash("guest", "guest/" + function);
    int[] steps = HomeInvokerPolicy.steps(nodes);
    int step = steps[hash % steps.length];
    return IntStream.range(0, nodes).map(i -> (hash % nodes + i * step) % nodes).toArray();
  }

  @Test
  void theOneHashThatHasNoAbsoluteValueIsNotNegative() {
    // Their hash codes differ in the sign bit alone.
    String action = "polygenelubricants"; // hash code: the smallest integer
    assertThat(action.hashCode()).isEqualTo(Integer.MIN_VALUE);
    assertThat(HomeInvokerPolicy.hash("", action)).isZero();
  }

  /** By a second implementation; before the finalizer "a" is FNV-1a's own af63dc4c8601ec8c. */
  @Test
  void hashesOfTheRingAreFnvAndSplitMix() {
    assertThat(Ring.hash("")).isEqualTo(0xF52A15E9A9B5E89BL);
    assertThat(Ring.hash("a")).isEqualTo(0x02C0BDBF481420F8L);
    assertThat(Ring.hash("foobar")).isEqualTo(0x404DA9E3B74078C2L);
    assertThat(Ring.hash("node_1#1")).isEqualTo(0x4BF9E0173ECA87EBL);
  }

  @Test
  void peakEwmaRisesAtOnceAndDecaysInTime() {
    var average = new PeakEwmaPolicy.Average(Duration.ofSeconds(10).toNanos());
    average.start(1);
    assertMillis(average.observe(0, 100e6, 0), 100);
    assertMillis(average.observe(0, 50e6, 1_000_000_000L), 95.241871);
    assertMillis(average.observe(0, 200e6, 2_000_000_000L), 200);
    assertMillis(average.observe(0, 100e6, 5_000_000_000L), 174.081822);
    assertMillis(average.load(0, 2, 15_000_000_000L), 192.123370);
    assertMillis(average.load(0, 0, 15_000_000_000L), 64.041123);
  }

  @Test
  void peakEwmaTakesANodeWithCallsAndNoLatencyForTheWorst() {
    var average = new PeakEwmaPolicy.Average(1);
    average.start(2);
    average.observe(1, 1e15, 0);
    assertThat(average.load(0, 1, 0)).isGreaterThan(1e13).isLessThan(average.load(0, 2, 0));
    assertThat(average.load(0, 0, 0)).isZero();
  }

  private static void assertMillis(double nanos, double millis) {
    assertThat(nanos / 1e6).isCloseTo(millis, Assertions.within(1e-6));
  }
}
