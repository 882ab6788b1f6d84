package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.NodeContract;
import io.github.faasbench.experiment.Experiment.EngineKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class CliNodeTest extends NodeContract {
  private static SshCluster cluster;

  @BeforeAll
  static void connect() {
    cluster = RealNodes.connect(EngineKind.CLI, 2);
  }

  @AfterAll
  static void letGo() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  protected Cluster cluster() {
    return cluster;
  }

  @Override
  protected String prefix() {
    return "contract-cli-" + ProcessHandle.current().pid();
  }

  @Override
  protected boolean measuresBytes() {
    return false;
  }
}
