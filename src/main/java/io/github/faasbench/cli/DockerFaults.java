package io.github.faasbench.cli;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Faults;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.experiment.EventSpec.Action;
import io.github.faasbench.provision.NodeFaults;
import io.github.faasbench.provision.ProvisionException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

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
  public void begin(Fault fault, Callback<Long> done) {
    Action action = Action.valueOf(fault.kind().name());
    background(fault, done, inForce -> faults.begin(action, fault.node(), fault.factor(), inForce));
  }

  @Override
  public void end(Fault fault, Callback<Long> done) {
    background(
        fault,
        done,
        over -> {
          faults.end(fault.node());
          over.run();
        });
  }

  private interface Step {
    /**
     * Carries it out.
     *
     * @param done called at the moment from which it is so; the first time counts
     */
    void carryOut(Runnable done) throws ProvisionException, InterruptedException, IOException;
  }

  private void background(Fault fault, Callback<Long> done, Step step) {
    var thread = new Thread(() -> answer(fault, done, step), "fault-" + fault.node());
    thread.setDaemon(true);
    thread.start();
  }

  private void answer(Fault fault, Callback<Long> done, Step step) {
    try {
      var nanos = new AtomicLong();
      step.carryOut(() -> nanos.compareAndSet(0, loop.nowNanos()));
      loop.post(() -> done.done(nanos.get()));
    } catch (ProvisionException | IOException | RuntimeException e) {
      fail(fault, done, e.getMessage());
    } catch (InterruptedException e) {
      fail(fault, done, "interrupted");
    }
  }

  private void fail(Fault fault, Callback<Long> done, String why) {
    var failure = new NodeFailure(NodeFailure.Kind.UNREACHABLE, fault.node(), why, false);
    loop.post(() -> done.failed(failure));
  }
}
