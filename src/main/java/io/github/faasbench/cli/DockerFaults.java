package io.github.faasbench.cli;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Faults;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.experiment.EventSpec.Action;
import io.github.faasbench.provision.NodeFaults;
import io.github.faasbench.provision.ProvisionException;
import java.io.IOException;

/**
 * Faults through this machine's Docker, each on a thread of its own: the loop goes on meanwhile.
 */
final class DockerFaults implements Faults {

  private final NodeFaults faults;
  private final EventLoop loop;

  /**
   * @param faults prepared for what may come
   */
  DockerFaults(NodeFaults faults, EventLoop loop) {
    this.faults = faults;
    this.loop = loop;
  }

  @Override
  public void begin(Fault fault, Callback<Void> done) {
    Action action = Action.valueOf(fault.kind().name());
    background(fault, done, () -> faults.begin(action, fault.node(), fault.factor()));
  }

  @Override
  public void end(Fault fault, Callback<Void> done) {
    background(fault, done, () -> faults.end(fault.node()));
  }

  private interface Step {
    void carryOut() throws ProvisionException, InterruptedException, IOException;
  }

  private void background(Fault fault, Callback<Void> done, Step step) {
    var thread = new Thread(() -> answer(fault, done, step), "fault-" + fault.node());
    thread.setDaemon(true);
    thread.start();
  }

  private void answer(Fault fault, Callback<Void> done, Step step) {
    try {
      step.carryOut();
      loop.post(() -> done.done(null));
    } catch (ProvisionException | IOException | RuntimeException e) {
      fail(fault, done, e.getMessage());
    } catch (InterruptedException e) {
      fail(fault, done, "interrupted");
    }
  }

  private void fail(Fault fault, Callback<Void> done, String why) {
    var failure = new NodeFailure(NodeFailure.Kind.UNREACHABLE, fault.node(), why, false);
    loop.post(() -> done.failed(failure));
  }
}
