package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.experiment.Experiment.EngineKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Loads that a real node pushes, and that its sshd leaves no watch behind. */
@Tag("docker")
@Timeout(60)
class LoadWatchNodeTest {
  private static final String WATCHES =
      "for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null; echo; done"
          + " | grep -c '^[^ ]*bash [^ ]*get_node_metrics.sh --watch' || true";

  @TempDir Path state;

  private int watches(SshLink link, int wanted) throws Exception {
    int running = -1;
    for (int i = 0; i < 400 && running != wanted; i++) { // what ends needs a moment
      running = Integer.parseInt(link.ask(WATCHES, 10_000).strip());
      Thread.sleep(50);
    }
    return running;
  }

  @Test
  void aNodePushesItsLoadAndNoWatchOutlivesItsUse() throws Exception {
    String script = Files.readString(RealNodes.root().resolve("nodes/get_node_metrics.sh"));
    SshCluster.Settings settings =
        SshCluster.Settings.of(EngineKind.API, RealNodes.settings(state), script)
            .watching(Duration.ofMillis(200));
    List<LoadReading> readings = new ArrayList<>();
    List<Optional<NodeFailure>> unread = new ArrayList<>();
    try (SshLink link = RealNodes.link(state, 2)) {
      int before = watches(link, 0);
      try (SshCluster cluster = SshCluster.connect(List.of(RealNodes.node(2)), settings)) {
        assertThat(cluster.pushesLoads()).isTrue();
        cluster.listen(
            new ClusterListener() {
              @Override
              public void load(int node, double cpu, double ram, long takenAtNanos) {
                readings.add(new LoadReading(cpu, ram, takenAtNanos));
              }

              @Override
              public void unread(int node, Optional<NodeFailure> failure) {
                unread.add(failure);
              }

              @Override
              public void evicted(int node, String container) {}
            });
        cluster.loop().runUntil(() -> readings.size() == 4);
        Node node = cluster.nodes().get(0);
        LoadReading asked = Answer.<LoadReading>to(cluster.loop(), node::load).value();
        assertThat(asked.takenAtNanos()).isGreaterThanOrEqualTo(readings.get(3).takenAtNanos());
        assertThat(asked.ramPercent()).isBetween(0.1, 100.0);
        assertThat(watches(link, before + 1)).isEqualTo(before + 1);

        node.followLoad(false);
        assertThat(watches(link, before)).isEqualTo(before);
        node.followLoad(true);
        int known = readings.size();
        cluster.loop().runUntil(() -> readings.size() > known + 1);

        RealNodes.endConnections(2);
        int then = readings.size();
        cluster.loop().runUntil(() -> readings.size() > then + 1);
        assertThat(unread).as("only when nobody followed it").containsExactly(Optional.empty());
      }
      assertThat(watches(link, before)).isEqualTo(before);
    }
  }
}
