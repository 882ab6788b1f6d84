package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.ContainerContract;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.Experiment.EngineKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
class ApiNodeTest extends ContainerContract {
  @Override
  protected Cluster connect() {
    return RealNodes.connect(EngineKind.API, 1);
  }

  @Override
  protected void endConnections() throws Exception {
    RealNodes.endConnections(1);
  }

  @Override
  protected boolean measuresBytes() {
    return true;
  }

  @Test
  void aFunctionThatClosesItsOutputHasNotEnded() {
    RunRequest request = request(true, "sh", "-c", "exec >&- 2>&-; sleep 3; exit 5");
    long begun = cluster().loop().nowNanos();
    CallResult run = run(request);
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.endedAtNanos() - begun).isGreaterThanOrEqualTo(3_000_000_000L);

    this.<Long>ask(done -> node().startWaiting(request, done)).value();
    begun = cluster().loop().nowNanos();
    CallResult exec = exec(request);
    assertThat(exec.exitCode()).isEqualTo(5);
    assertThat(exec.execNanos()).isGreaterThanOrEqualTo(3_000_000_000L);
    assertThat(exec.endedAtNanos() - begun).isGreaterThanOrEqualTo(exec.execNanos());
  }
}
