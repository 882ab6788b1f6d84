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
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.NodeEvent;
import io.github.faasbench.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults are undone whatever ends a cell, and before anything else is asked of the nodes. */
class EventScheduleTest {

  private final TestRun on = new TestRun();
  private final List<String> done = new ArrayList<>();
  private String refuses = "";
  private long effectMillis = 100;
  private long endMillis = 100;
  private long commandMillis;

  private static Experiment experiment(String events) {
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
            + events);
  }

  private void run(String events) throws Exception {
    on.run(Plan.of(experiment(events)), new Breakable(on.cluster));
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
      note("begin " + fault.kind(), answer);
    }

    @Override
    public void end(Fault fault, Callback<Long> answer) {
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
}
