package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeContract;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.Experiment.EngineKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
class ApiNodeTest extends NodeContract {
  private static SshCluster cluster;

  @BeforeAll
  static void connect() {
    cluster = RealNodes.connect(EngineKind.API, 1);
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
    return "contract-api-" + ProcessHandle.current().pid();
  }

  @Override
  protected boolean measuresBytes() {
    return true;
  }

  @Test
  void aFunctionThatClosesItsOutputHasNotEnded() {
    Node node = cluster.nodes().get(0);
    RunRequest request =
        new RunRequest(
            "contract-api-quiet",
            image(),
            List.of("sh", "-c", "exec >&- 2>&-; sleep 3; exit 5"),
            Map.of("io.github.faasbench.test", "contract"),
            "none",
            true);
    long begun = cluster.loop().nowNanos();
    CallResult run = Answer.<CallResult>to(cluster.loop(), done -> node.run(request, done)).value();
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.endedAtNanos() - begun).isGreaterThanOrEqualTo(3_000_000_000L);

    Answer.<Void>to(cluster.loop(), done -> node.startWaiting(request, done)).value();
    begun = cluster.loop().nowNanos();
    CallResult exec =
        Answer.<CallResult>to(cluster.loop(), done -> node.exec(request, done)).value();
    assertThat(exec.exitCode()).isEqualTo(5);
    assertThat(exec.execNanos()).isGreaterThanOrEqualTo(3_000_000_000L);
    assertThat(exec.endedAtNanos() - begun).isGreaterThanOrEqualTo(exec.execNanos());
  }
}
