package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.FakeCluster;
import io.github.faasbench.cluster.FakeNode;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.metrics.Attempt;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.NodeEvent;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.policy.WarmingPolicy;
import io.github.faasbench.policy.keepalive.NoKeepAlive;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import io.github.faasbench.policy.queue.FifoOrder;
import io.github.faasbench.policy.warming.ColdWarming;
import io.github.faasbench.policy.warming.PreWarmedWarming;
import io.github.faasbench.policy.warming.WarmedWarming;
import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Carries plans out on four fake nodes, under round robin, and keeps what comes of it. */
final class TestRun {

  final FakeCluster cluster = new FakeCluster("n1", "n2", "n3", "n4");
  final List<Invocation> rows = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<NodeEvent> events = new ArrayList<>();
  final Set<String> owned = new HashSet<>();

  /** Node and image. */
  final Set<String> built = new HashSet<>();

  /** What the listener was told besides rows and warnings, in that order. */
  final List<String> told = new ArrayList<>();

  /** What failed calls printed, and how many attempts they and others had. */
  final List<String> outputs = new ArrayList<>();

  final List<Integer> attempts = new ArrayList<>();
  CellJournal journal = CellJournal.NONE;
  int interruptAfter = -1;
  int failAfter = -1;
  boolean interruptInPreparation;
  private PlanRunner runner;

  private static CellPolicies policies(Cell cell) {
    WarmingPolicy warming =
        switch (cell.warming().name()) {
          case "cold" -> new ColdWarming();
          case "pre-warmed" -> new PreWarmedWarming();
          default -> new WarmedWarming();
        };
    return new CellPolicies(
        new RoundRobinPolicy(), warming, new NoKeepAlive(), new FifoOrder(), new Stream(1));
  }

  void run(Experiment experiment) throws Exception {
    run(Plan.of(experiment), cluster);
  }

  /** On the fake nodes, as {@code seen} shows them. */
  void run(Plan plan, Cluster seen) throws Exception {
    run(plan, (Clusters) cell -> seen);
  }

  void run(Plan plan, Clusters clusters) throws Exception {
    var listener =
        new RunListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }

          @Override
          public void cellStarted(Cell cell, int number, int cells) {
            told.add("cell " + number + "/" + cells);
          }

          @Override
          public void stage(Cell cell, String stage) {
            told.add(stage);
            if (interruptInPreparation
                && stage.equals("preparing")
                && !cell.warming().name().equals("cold")) {
              // Later than now: the pull is under way.
              cluster.loop().after(1_000_000_000L, runner::interrupt);
            }
          }

          @Override
          public void event(Cell cell, long sinceNanos, String what) {
            told.add(String.format(Locale.ROOT, "%.1f s: %s", sinceNanos / 1e9, what));
          }

          @Override
          public void cellEnded(Cell cell) {
            told.add("ended");
          }

          @Override
          public void recorded(Cell cell, Invocation invocation) {
            if (rows.size() == interruptAfter) {
              runner.interrupt();
            }
          }
        };
    runner = new PlanRunner(clusters, plan, TestRun::policies, ownership(), listener);
    runner.run("run1", Map.of(), sink(), (row, output) -> outputs.add(output), journal);
  }

  /** Keeps in {@link #owned} what the tool brought to the nodes. */
  ImageOwnership ownership() {
    return new ImageOwnership() {
      @Override
      public boolean owns(String node, String image) {
        return owned.contains(node + " " + image);
      }

      @Override
      public boolean built(String node, String image) {
        return built.contains(node + " " + image);
      }

      @Override
      public void own(String node, String image) {
        owned.add(node + " " + image);
      }

      @Override
      public void gone(String node, String image) {
        owned.remove(node + " " + image);
      }
    };
  }

  Set<String> unclean() {
    return runner.unclean();
  }

  private RecordSink sink() {
    return new RecordSink() {
      @Override
      public void accept(Invocation invocation) throws IOException {
        if (rows.size() == failAfter) {
          throw new IOException("disk full");
        }
        rows.add(invocation);
      }

      @Override
      public void event(NodeEvent event) {
        events.add(event);
      }

      @Override
      public void attempts(Invocation invocation, List<Attempt> all) {
        attempts.add(all.size());
      }

      @Override
      public void cellEnded() {
        told.add("on disk");
      }

      @Override
      public void close() {}
    };
  }

  void assertClean() {
    for (String name : List.of("n1", "n2", "n3", "n4")) {
      FakeNode node = cluster.fake(name);
      assertThat(node.images).as(name).isEmpty();
      assertThat(node.containers).as(name).isEmpty();
    }
  }
}
