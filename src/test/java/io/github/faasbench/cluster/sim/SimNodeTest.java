package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.Faults;
import io.github.faasbench.cluster.NodeContract;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.cluster.RunRequest.Demand;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A simulated node keeps what real ones keep. */
class SimNodeTest extends NodeContract {

  private final SimFixture fixture =
      new SimFixture()
          .faulty()
          .cpu(0.5)
          .memory(512 * SimFixture.MIB)
          .function(
              "tiny",
              f -> {
                f.pull = 1;
                f.start = 0.2;
                f.exec = 0.1;
                f.cores = 0.5;
                f.memory = 32 * SimFixture.MIB;
              });

  @Override
  protected Cluster connect() {
    return fixture.cluster();
  }

  @Override
  protected RunRequest taking(double seconds, RunRequest request) {
    return new RunRequest(
        request.container(),
        request.image(),
        List.of("run"),
        request.labels(),
        request.network(),
        request.pull(),
        new Demand("tiny", 1, Math.round(seconds * SimFixture.SECOND), -1));
  }

  @Override
  protected void endConnections() {
    var fault = new Faults.Fault(Faults.Kind.STOP_SSH, node().name(), 1);
    this.<Long>ask(done -> cluster().faults().begin(fault, done)).value();
    this.<Long>ask(done -> cluster().faults().end(fault, done)).value();
  }

  @AfterEach
  void theLawsHold() {
    fixture.cluster().verify();
  }
}
