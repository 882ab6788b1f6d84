package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.Experiment.EngineKind;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster does for a load, of whatever nodes. */
class SshClusterTest {
  @TempDir Path state;

  @Test
  void whatPreparingLeftIsCollectedBeforeALoadBegins() throws Exception {
    var settings =
        SshCluster.Settings.of(
            EngineKind.API, TestSshServer.settings(state, "x", line -> {}), "script");
    try (SshCluster cluster = SshCluster.connect(List.of(), settings)) {
      var garbage = new WeakReference<>(new byte[1000]);
      cluster.loadBegins();
      assertThat(garbage.get()).isNull();
    }
  }
}
