package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.ContainerContract;
import io.github.faasbench.experiment.Experiment.EngineKind;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class CliNodeTest extends ContainerContract {
  @Override
  protected Cluster connect() {
    return RealNodes.connect(EngineKind.CLI, 2);
  }

  @Override
  protected void endConnections() throws Exception {
    RealNodes.endConnections(2);
  }

  @Override
  protected boolean measuresBytes() {
    return false;
  }
}
