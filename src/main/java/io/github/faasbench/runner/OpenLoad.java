package io.github.faasbench.runner;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.gateway.Call;
import io.github.faasbench.gateway.Gateway;
import io.github.faasbench.plan.Arrivals;
import io.github.faasbench.plan.Cell;
import java.util.function.Consumer;

/**
 * An open loop: each call is handed over when it is due, however the calls before it fare. One that
 * is handed over late keeps the time at which it was due, and none is left out, so that a system
 * that stalls can't hide the calls it should have had (coordinated omission; Tene, wrk2's README).
 */
final class OpenLoad implements Load {

  private final Gateway gateway;
  private final EventLoop loop;
  private final FunctionSpec[] functions;
  private final Arrivals arrivals;
  private final Consumer<RuntimeException> broken;
  private final Consumer<Call.Finished> whenDone;
  private final Runnable handOver = this::handOver;
  private EventLoop.Timer timer = () -> {};
  private long startNanos;
  private long made;
  private long ended;
  private boolean allMade;

  /**
   * A load of the cell's calls.
   *
   * @param broken told when there is no telling the next call, because its trace can't be read
   */
  OpenLoad(
      Gateway gateway,
      EventLoop loop,
      Cell cell,
      Arrivals arrivals,
      Consumer<Call.Finished> recorded,
      Consumer<RuntimeException> broken) {
    this.gateway = gateway;
    this.loop = loop;
    this.arrivals = arrivals;
    this.broken = broken;
    functions = cell.functions().toArray(FunctionSpec[]::new);
    whenDone =
        finished -> {
          ended++;
          recorded.accept(finished);
        };
  }

  @Override
  public void start() {
    startNanos = loop.nowNanos();
    awaitNext();
  }

  @Override
  public void stop() {
    allMade = true;
    timer.cancel();
  }

  @Override
  public boolean done() {
    return allMade && ended == made;
  }

  private void awaitNext() {
    boolean more = false;
    try {
      more = arrivals.next();
    } catch (RuntimeException e) {
      broken.accept(e);
    }
    if (more) {
      long wait = startNanos + arrivals.dueNanos() - loop.nowNanos();
      timer = loop.after(Math.max(0, wait), handOver);
    } else {
      allMade = true;
    }
  }

  private void handOver() {
    if (allMade) {
      return;
    }
    FunctionSpec function = functions[arrivals.function()];
    var demand =
        new RunRequest.Demand(function.name(), ++made, arrivals.execNanos(), arrivals.initNanos());
    gateway.invoke(function, demand, startNanos + arrivals.dueNanos(), whenDone);
    // A call that is rejected at once may have been the last that was wanted.
    if (!allMade) {
      awaitNext();
    }
  }
}
