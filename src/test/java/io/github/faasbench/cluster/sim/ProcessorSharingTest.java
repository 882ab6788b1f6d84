package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * How calls share a node's cores. The cases with five and ten jobs are those of DSLab FaaS's own
 * tests (github.com/osukhoroslov/dslab, crates/dslab-faas/src/cpu.rs), with the times they state.
 */
class ProcessorSharingTest {

  /** A time is a whole number of nanoseconds. */
  private static final Offset<Double> EXACT = within(1e-9);

  private final List<Answer<CallResult>> calls = new ArrayList<>();

  private static SimFixture node(double cores) {
    return new SimFixture().cpu(cores);
  }

  private void run(SimFixture node, int jobs, String function) {
    for (int i = 0; i < jobs; i++) {
      calls.add(node.run(function));
    }
  }

  private void assertEnds(SimFixture node, int from, int to, double seconds) {
    for (Answer<CallResult> call : calls.subList(from, to)) {
      assertThat(node.end(call)).isCloseTo(seconds, EXACT);
    }
    node.cluster().verify();
  }

  @Test
  void tenJobsOnFourCoresTakeTenFourthsAsLong() {
    SimFixture node = node(4).function("f", f -> f.exec = 1).has("f");
    run(node, 10, "f");
    assertEnds(node, 0, 10, 2.5);
  }

  @Test
  void fiveJobsOfTwoCoresFillTenCores() {
    SimFixture node = node(10).function("f", f -> f.cores = 2).has("f");
    run(node, 5, "f");
    assertEnds(node, 0, 5, 1);
  }

  private static SimFixture sevenCores(double execOfTwo) {
    return node(7)
        .function(
            "two",
            f -> {
              f.cores = 2;
              f.exec = execOfTwo;
            })
        .function(
            "three",
            f -> {
              f.cores = 3;
              f.exec = 2;
            })
        .has("two")
        .has("three");
  }

  @Test
  void jobsOfUnequalSharesTogether() {
    SimFixture node = sevenCores(1);
    run(node, 5, "two");
    run(node, 5, "three");
    assertEnds(node, 0, 5, 3.5714285714);
    assertEnds(node, 5, 10, 5.7142857143);
  }

  @Test
  void jobsOfUnequalSharesOneAfterTheOther() {
    SimFixture node = sevenCores(2);
    run(node, 5, "three");
    node.pass(0.5);
    run(node, 5, "two");
    assertEnds(node, 0, 5, 6.8095238095);
    assertEnds(node, 5, 10, 7.1428571429);
  }

  @Test
  void callsInOneContainerShareItsCores() {
    SimFixture node =
        node(2).function("a", f -> f.cores = 1).function("b", f -> f.cores = 2).has("a").has("b");
    node.waiting("a", "ca");
    node.waiting("b", "cb");
    for (String function : new String[] {"a", "a", "b", "b", "b"}) {
      calls.add(node.exec(function, "c" + function));
    }
    assertEnds(node, 0, 2, 3);
    assertEnds(node, 2, 5, 4);
  }

  @Test
  void aCallAloneTakesItsServiceTimeWhateverItsCores() {
    SimFixture node = node(0.5).function("f", f -> f.cores = 0.5).has("f");
    run(node, 1, "f");
    assertEnds(node, 0, 1, 1);
  }

  @Test
  void aCallThatWantsMoreThanTheNodeHasIsSlowedDown() {
    SimFixture node = node(0.5).function("f", f -> f.cores = 1).has("f");
    run(node, 1, "f");
    assertEnds(node, 0, 1, 2);
  }

  @Test
  void whoComesLaterIsSharedWithFromThenOn() {
    SimFixture node = node(1).function("f", f -> f.exec = 1).has("f");
    run(node, 1, "f");
    node.pass(0.25);
    run(node, 1, "f");
    assertEnds(node, 0, 1, 1.75);
    assertEnds(node, 1, 2, 2);
  }

  /** Against a reckoning of all calls' rates at every event, which shares nothing with ours. */
  @Test
  void anyMixOfCallsAndContainersEndsWhenAReckoningFromEventToEventSays() {
    var random = new Stream(11);
    SimFixture node = node(1.5);
    double[] cores = {0.3, 0.7, 1, 2};
    int containers = cores.length;
    for (int c = 0; c < containers; c++) {
      double wanted = cores[c];
      node.function("f" + c, f -> f.cores = wanted);
    }
    for (int c = 0; c < containers; c++) {
      node.has("f" + c).waiting("f" + c, "c" + c);
    }
    int number = 40;
    double[] arrivals = new double[number];
    int[] container = new int[number];
    double now = 0;
    for (int i = 0; i < number; i++) {
      now += random.nextDouble();
      arrivals[i] = Math.round(now * 1e9) / 1e9;
      container[i] = random.nextInt(containers);
    }
    for (int i = 0; i < number; i++) {
      node.pass(arrivals[i] - node.loop().nowNanos() / 1e9);
      calls.add(node.exec("f" + container[i], "c" + container[i]));
    }
    double[] reckoned = reckon(1.5, cores, arrivals, container);
    for (int i = 0; i < number; i++) {
      assertThat(node.end(calls.get(i))).isCloseTo(reckoned[i], within(1e-7));
    }
    node.cluster().verify();
  }

  private static double[] reckon(double cpu, double[] cores, double[] arrivals, int[] container) {
    int number = arrivals.length;
    double[] left = new double[number];
    double[] ends = new double[number];
    java.util.Arrays.fill(left, 1);
    java.util.Arrays.fill(ends, -1);
    double now = 0;
    while (java.util.Arrays.stream(ends).anyMatch(end -> end < 0)) {
      int[] calls = new int[cores.length];
      double next = Double.MAX_VALUE;
      for (int i = 0; i < number; i++) {
        boolean here = arrivals[i] <= now && ends[i] < 0;
        calls[container[i]] += here ? 1 : 0;
        next = arrivals[i] > now ? Math.min(next, arrivals[i]) : next;
      }
      double wanted = 0;
      for (int c = 0; c < cores.length; c++) {
        wanted += calls[c] > 0 ? cores[c] : 0;
      }
      double pace = Math.min(1, cpu / wanted);
      for (int i = 0; i < number; i++) {
        if (arrivals[i] <= now && ends[i] < 0) {
          next = Math.min(next, now + left[i] * calls[container[i]] / pace);
        }
      }
      for (int i = 0; i < number; i++) {
        if (arrivals[i] <= now && ends[i] < 0) {
          left[i] -= (next - now) * pace / calls[container[i]];
          ends[i] = left[i] < 1e-12 ? next : -1;
        }
      }
      now = next;
    }
    return ends;
  }

  /** Virtual time starts anew now and then on a node that is never idle; nothing is lost by it. */
  @Test
  void aNodeThatIsBusyForDaysLosesNoTime() {
    SimFixture node =
        node(1)
            .function(
                "long",
                f -> {
                  f.exec = 100_000;
                  f.cores = 1;
                })
            .function("short", f -> f.exec = 0.75)
            .has("long")
            .has("short");
    run(node, 1, "long");
    for (int i = 0; i < 50_000; i++) {
      // Alone the short one would need 0.75 s; beside the long one it gets half of the core.
      assertThat(node.run("short").value().execNanos()).isEqualTo(1_500_000_000L);
    }
    node.pass(100_000);
    assertEnds(node, 0, 1, 100_000 + 50_000 * 0.75);
  }
}
