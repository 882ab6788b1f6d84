package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.Faults;
import io.github.faasbench.cluster.LoadReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is told of simulated nodes' loads, and when. */
class LoadFeedTest {

  private final SimFixture node =
      new SimFixture()
          .cpu(2)
          .memory(512 * SimFixture.MIB)
          .function("f", f -> f.memory = 128 * SimFixture.MIB);
  private final List<String> told = new ArrayList<>();

  private void listen() {
    node.has("f")
        .cluster()
        .listen(
            new ClusterListener() {
              @Override
              public void load(int index, double cpu, double ram, long takenAtNanos) {
                told.add(
                    String.format(
                        Locale.ROOT,
                        "%.1f: n%d %.0f %.0f of %.1f",
                        node.loop().nowNanos() / 1e9,
                        index,
                        cpu,
                        ram,
                        takenAtNanos / 1e9));
              }

              @Override
              public void evicted(int index, String container) {}
            });
  }

  @Test
  void everyNodeIsToldFirst() {
    var three = new SimFixture().nodes(3).function("f", f -> {});
    List<Integer> indices = new ArrayList<>();
    three
        .cluster()
        .listen(
            new ClusterListener() {
              @Override
              public void load(int index, double cpu, double ram, long takenAtNanos) {
                indices.add(index);
                assertThat(List.of(cpu, ram)).containsOnly(0.0);
              }

              @Override
              public void evicted(int index, String container) {}
            });
    assertThat(indices).containsExactly(0, 1, 2);
    assertThat(three.cluster().pushesLoads()).isTrue();
  }

  @Test
  void aFreshLoadIsToldAtEveryChangeAndOnlyThen() {
    listen();
    node.run("f");
    node.pass(0.5);
    node.run("f");
    node.run("f");
    node.pass(5);
    assertThat(told)
        .containsExactly(
            "0.0: n0 0 0 of 0.0",
            "0.0: n0 50 25 of 0.0",
            "0.5: n0 100 50 of 0.5",
            "0.5: n0 100 75 of 0.5",
            "1.3: n0 100 50 of 1.3",
            "1.8: n0 0 0 of 1.8");
  }

  @Test
  void waitingCallsAreNotCounted() {
    var narrow = new SimFixture().cpu(2).slots(1).function("f", f -> {}).has("f");
    narrow.run("f");
    narrow.run("f");
    assertThat(narrow.<LoadReading>ask(narrow.node()::load).value().cpuPercent()).isEqualTo(50);
  }

  @Test
  void aStreamedLoadIsThatOfTheLastMultipleOfItsInterval() {
    node.probed(Duration.ofSeconds(1));
    listen();
    node.pass(0.2);
    node.run("f"); // ends at 1.2
    node.pass(0.1);
    assertThat(node.<LoadReading>ask(node.node()::load).value())
        .isEqualTo(new LoadReading(0, 0, 0));
    node.pass(0.8);
    assertThat(node.<LoadReading>ask(node.node()::load).value())
        .isEqualTo(new LoadReading(50, 25, SimFixture.SECOND));
    node.pass(0.4); // 1.5: the call has ended, and the policy must not know yet
    assertThat(node.<LoadReading>ask(node.node()::load).value())
        .isEqualTo(new LoadReading(50, 25, SimFixture.SECOND));
    node.pass(5);
    assertThat(told)
        .containsExactly("0.0: n0 0 0 of 0.0", "1.0: n0 50 25 of 1.0", "2.0: n0 0 0 of 2.0");
  }

  @Test
  void aLoadThatStaysIsReadAgainAllTheSame() {
    listen();
    node.pass(1234.5);
    assertThat(node.node().loadReadAtNanos()).isEqualTo(1_234_500_000_000L);
    var streamed = new SimFixture().probed(Duration.ofSeconds(10));
    streamed.pass(1234.5);
    assertThat(streamed.node().loadReadAtNanos()).isEqualTo(1_230_000_000_000L);
  }

  private static void cut(SimFixture node, boolean begin) {
    var fault = new Faults.Fault(Faults.Kind.CUT, node.node().name(), 1);
    Faults faults = node.cluster().faults();
    node.<Long>ask(
            done -> {
              if (begin) {
                faults.begin(fault, done);
              } else {
                faults.end(fault, done);
              }
            })
        .value();
  }

  /**
   * The reading grows old while nothing is heard of the node, also when its connection has ended.
   */
  @Test
  void ofANodeThatIsCutOffTheLoadWasReadLastBeforeIt() {
    var fresh = new SimFixture().nodes(2).faulty();
    var streamed = new SimFixture().nodes(2).faulty().probed(Duration.ofSeconds(1));
    for (SimFixture both : List.of(fresh, streamed)) {
      both.pass(2.3);
      cut(both, true);
      both.pass(3.5);
    }
    assertThat(fresh.node().loadReadAtNanos()).isEqualTo(2_300_000_000L);
    assertThat(fresh.cluster().nodes().get(1).loadReadAtNanos()).isEqualTo(5_800_000_000L);
    assertThat(streamed.node().loadReadAtNanos()).isEqualTo(2 * SimFixture.SECOND);
    assertThat(streamed.cluster().nodes().get(1).loadReadAtNanos())
        .isEqualTo(5 * SimFixture.SECOND);
    fresh.pass(30);
    assertThat(fresh.node().loadReadAtNanos()).isEqualTo(2_300_000_000L);
    cut(fresh, false);
    assertThat(fresh.node().loadReadAtNanos()).isEqualTo(35_800_000_000L);
  }

  @Test
  void whileANodeIsCutOffNothingIsToldOfItsLoad() {
    node.faulty();
    listen();
    node.run("f"); // ends at 1
    node.pass(0.5);
    cut(node, true);
    node.pass(2);
    assertThat(told).containsExactly("0.0: n0 0 0 of 0.0", "0.0: n0 50 25 of 0.0");
    cut(node, false);
    node.pass(1);
    assertThat(told).contains("2.5: n0 0 0 of 2.5").hasSize(3);
  }

  @Test
  void aStreamWithoutChangesCostsNoEvents() {
    node.probed(Duration.ofMillis(1));
    listen();
    node.run("f").value();
    boolean[] over = {false};
    int[] events = {0};
    node.loop().after(3600 * SimFixture.SECOND, () -> over[0] = true);
    node.loop()
        .runUntil(
            () -> {
              events[0]++;
              return over[0];
            });
    assertThat(events[0]).isLessThan(5); // and not 3,600,000
  }
}
