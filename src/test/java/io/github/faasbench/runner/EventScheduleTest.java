package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    public void begin(Fault fault, Callback<Void> answer) {
      note("begin " + fault.kind(), answer);
    }

    @Override
    public void end(Fault fault, Callback<Void> answer) {
      note("end " + fault.kind(), answer);
    }

    private void note(String what, Callback<Void> answer) {
      fake.loop()
          .after(
              100 * FakeNode.MILLI,
              () -> {
                done.add(what);
                if (what.equals(refuses)) {
                  var why = new NodeFailure(NodeFailure.Kind.ENGINE, "n1", "Docker is gone", false);
                  answer.failed(why);
                } else {
                  answer.done(null);
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
}
