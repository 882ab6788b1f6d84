package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.cluster.Faults;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.sim.SimCluster;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.NodeEvent;
import io.github.faasbench.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Faults are undone whatever ends a cell, and before anything else is asked of the nodes. */
class EventScheduleTest {

  private final TestRun on = new TestRun();
  private final List<String> done = new ArrayList<>();
  private String refuses = "";
  private long effectMillis = 100;
  private long endMillis = 100;
  private long commandMillis;

  /** How many seconds a node stays away after its fault is over; 0: it was never away. */
  private long downFor;

  private static Experiment experiment(String events, String... overrides) {
    return Experiments.of(
        """
        name: e
        backend: sim
        nodes: [{name: n1, cpu: 1}, {name: n2, cpu: 1}, {name: n3, cpu: 1}, {name: n4, cpu: 1}]
        functions:
          - {name: f, image: "localhost:5055/f", model: {exec: 1s}}
        policy: round-robin
        warming: cold
        invocations: 10
        events:
        """
            + events,
        overrides);
  }

  private void run(String events, String... overrides) throws Exception {
    on.run(Plan.of(experiment(events, overrides)), new Breakable(on.cluster));
  }

  /** Fake nodes whose faults take 100 ms and are noted. */
  private final class Breakable implements Cluster, Faults {
    private final FakeCluster fake;

    Breakable(FakeCluster fake) {
      this.fake = fake;
    }

    @Override
    public EventLoop loop() {
      return fake.loop();
    }

    @Override
    public List<Node> nodes() {
      return fake.nodes();
    }

    @Override
    public Faults faults() {
      return this;
    }

    @Override
    public void begin(Fault fault, Callback<Long> answer) {
      if (downFor > 0) {
        fake.fake(fault.node()).down = NodeFailure.Kind.UNREACHABLE;
      }
      note("begin " + fault.kind(), answer);
    }

    @Override
    public void end(Fault fault, Callback<Long> answer) {
      if (downFor > 0) {
        fake.loop()
            .after(downFor * 1000 * FakeNode.MILLI, () -> fake.fake(fault.node()).down = null);
      }
      note("end " + fault.kind(), answer);
    }

    private void note(String what, Callback<Long> answer) {
      boolean begins = what.startsWith("begin");
      long effect = begins ? effectMillis : endMillis;
      fake.loop()
          .after(
              effect * FakeNode.MILLI,
              () -> {
                done.add(what);
                long now = fake.loop().nowNanos();
                if (what.equals(refuses)) {
                  var why = new NodeFailure(NodeFailure.Kind.ENGINE, "n1", "Docker is gone", false);
                  answer.failed(why);
                } else if (begins) {
                  fake.loop().after(commandMillis * FakeNode.MILLI, () -> answer.done(now));
                } else {
                  answer.done(now);
                }
              });
    }

    @Override
    public void close() {}
  }

  @Test
  void aFaultThatLastsEndsInTimeAndAnotherAtTheEndOfTheCell() throws Exception {
    run("  - {at: 1s, cut: n1, for: 2s}\n  - {atInvocation: 2, freeze: n2}\n");
    assertThat(done).containsExactly("begin CUT", "end CUT", "begin FREEZE", "end FREEZE");
    assertThat(on.rows).hasSize(10);
  }

  @Test
  void aFaultLastsFromItsEffectToTheEndOfItsEffect() throws Exception {
    effectMillis = 500;
    endMillis = 500;
    run("  - {at: 1s, cut: n1, for: 2s}\n");
    assertCourse(1.5, 3.5, "");
  }

  @Test
  void itsTimeRunsFromItsEffectNotFromTheEndOfItsCommand() throws Exception {
    effectMillis = 800;
    commandMillis = 1500;
    run("  - {at: 1s, cut: n1, for: 4s}\n");
    assertCourse(1.8, 5.4, "");
  }

  @Test
  void oneThatComesLateAndLastsLongerSaysSo() throws Exception {
    effectMillis = 1200;
    endMillis = 4000;
    run("  - {at: 1s, cut: n1, for: 2s}\n");
    assertCourse(2.2, 7.7, "began 1.200 s late; lasted 5.500 s");
  }

  @Test
  void oneThatOutlivesTheLoadIsUndoneWithItAndToldOnce() throws Exception {
    run("  - {at: 1s, cut: n1, for: 1h}\n");
    assertThat(on.warnings)
        .filteredOn(line -> line.contains("at 1s: cut n1 for 1h was not over when the load ended"))
        .hasSize(1);
    assertThat(on.events.get(0).note()).contains("lasted ").contains("the load had ended at ");
  }

  @Test
  void oneThatIsInForceOnlyAfterTheLoadIsTold() throws Exception {
    effectMillis = 60_000;
    run("  - {at: 1s, cut: n1}\n");
    assertThat(on.warnings)
        .anyMatch(line -> line.contains("cut n1 was in force only after the load had ended, at "));
  }

  private void assertCourse(double began, double ended, String note) {
    NodeEvent event = on.events.get(0);
    assertThat(on.events).hasSize(1);
    assertThat(event.beganSeconds()).isCloseTo(began, within(1e-9));
    assertThat(event.endedSeconds()).isCloseTo(ended, within(1e-9));
    assertThat(event.note()).isEqualTo(note);
  }

  @Test
  void anInterruptUndoesWhatIsOpenAndBeginsNothingMore() throws Exception {
    on.interruptAfter = 3;
    run("  - {at: 1s, cut: n1}\n  - {at: 1h, freeze: n2}\n");
    assertThat(done).containsExactly("begin CUT", "end CUT");
    on.assertClean();
  }

  /** Else they would end only when the connection does, 20 s after it fell silent. */
  @Test
  void aFaultIsUndoneBeforeCallsThatItHoldsBackAreWaitedFor() throws Exception {
    Experiment experiment =
        experiment("  - {at: 500ms, cut: n1}\n", "workload={closed: {clients: 4}}");
    on.interruptAfter = 3; // those of the other nodes
    on.run(
        Plan.of(experiment),
        (Clusters)
            cell ->
                new SimCluster(
                    experiment.nodes(),
                    cell.functions(),
                    Duration.ZERO,
                    new SimCluster.Seeds(1, 2),
                    Set.of("n1")));
    assertThat(on.rows).hasSizeGreaterThan(3);
    Invocation held =
        on.rows.stream().filter(row -> row.node().equals("n1")).findFirst().orElseThrow();
    assertThat(held.outcome()).isEqualTo(Invocation.Outcome.LOST);
    assertThat(held.latencySeconds()).isEqualTo(1);
  }

  @Test
  void soDoesARowThatCanNotBeKept() {
    on.failAfter = 3;
    assertThatThrownBy(() -> run("  - {at: 1s, cut: n1}\n")).isInstanceOf(IOException.class);
    assertThat(done).containsExactly("begin CUT", "end CUT");
  }

  @Test
  void aFaultThatCanNotBeDoneEndsTheRunAndIsUndoneAllTheSame() {
    refuses = "begin CUT";
    assertThatThrownBy(() -> run("  - {at: 1s, cut: n1}\n"))
        .isInstanceOf(NodeTrouble.class)
        .hasMessageContaining("at 1s: cut n1 could not be done: Docker is gone");
    assertThat(done).containsExactly("begin CUT", "end CUT");
    on.assertClean();
  }

  @Test
  void oneThatCanNotBeUndoneSaysSo() {
    refuses = "end CUT";
    assertThatThrownBy(() -> run("  - {at: 1s, cut: n1}\n"))
        .isInstanceOf(NodeTrouble.class)
        .hasMessageContaining("cut n1 could not be undone: Docker is gone");
  }

  @Test
  void aSecondFaultOfANodeWhoseFirstIsNotOverDoesNotHappenAndIsTold() throws Exception {
    run("  - {at: 1s, cut: n1}\n  - {atInvocation: 3, freeze: n1}\n");
    assertThat(done).containsExactly("begin CUT", "end CUT");
    assertThat(on.warnings)
        .anyMatch(line -> line.contains("at invocation 3: freeze n1 did not happen"));
  }

  @Test
  void eachEventIsToldWithItsTimeSinceTheLoadBegan() throws Exception {
    run(
        "  - {at: 1s, cut: n1, for: 2s}\n"
            + "  - {at: 4s, drain: n2}\n"
            + "  - {at: 5s, remove: n3}\n"
            + "  - {at: 6s, add: n3}\n",
        "warming=pre-warmed"); // which takes a second before it
    assertThat(on.told)
        .filteredOn(line -> line.contains(" s: "))
        .containsExactly(
            "1.1 s: cut n1 for 2s",
            "3.1 s: cut n1 is over",
            "4.0 s: drain n2",
            "5.0 s: remove n3",
            "6.0 s: add n3");
    assertThat(on.rows.subList(5, 10)).noneMatch(row -> row.node().equals("n2"));
  }

  /** A cold call takes 4.3 s here, one after the other. */
  @Test
  void aNodeThatIsRemovedGetsNoCallsFromThenOnAndOneThatIsAddedNoneBefore() throws Exception {
    run("  - {at: 1s, remove: n3}\n  - {at: 20s, add: n4}\n");
    List<String> nodes = on.rows.stream().map(Invocation::node).toList();
    assertThat(nodes.subList(0, 5)).containsOnly("n1", "n2");
    assertThat(nodes.subList(5, 10)).contains("n4").doesNotContain("n3");
  }

  @Test
  void whatTheLoadWasTooShortForIsToldAndWhatHappenedIsNot() throws Exception {
    run("  - {at: 1s, drain: n1}\n  - {at: 1h, cut: n2}\n  - {atInvocation: 10, drain: n3}\n");
    assertThat(on.warnings)
        .singleElement()
        .asString()
        .endsWith(": the load had ended before at 1h: cut n2; it did not happen");
    assertThat(done).isEmpty();
  }

  /** Connections are made anew: a node's first answers after its fault may be refusals. */
  @Test
  void aNodeIsWaitedForAfterItsFaultBeforeAnythingElseIsAskedOfIt() throws Exception {
    downFor = 7;
    run("  - {atInvocation: 10, cut: n1}\n");
    assertThat(on.rows).hasSize(10);
    assertThat(on.cluster.fake("n1").down).isNull();
    on.assertClean();
  }

  @Test
  void oneThatDoesNotComeBackIsWaitedForNoLongerThan90Seconds() {
    downFor = 3600;
    assertThatThrownBy(() -> run("  - {atInvocation: 10, cut: n1}\n"))
        .isInstanceOf(NodeTrouble.class)
        .hasMessageContaining("n1: is down");
    assertThat(on.cluster.loop().nowNanos() / 1e9).isBetween(90.0, 200.0);
  }
}
