package io.github.faasbench.runner;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.gateway.Call;
import io.github.faasbench.gateway.Gateway;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A closed loop: each client makes its next call after its last one has ended, clean-up included,
 * and a think time has passed. One client without think time is the thesis's sequential load. Of
 * several functions each block of calls holds every one once, in an order drawn for the block, so
 * that all get as many.
 */
final class ClosedLoad implements Load {

  private final Gateway gateway;
  private final EventLoop loop;
  private final Cell cell;
  private final Consumer<Call.Finished> recorded;
  private final int clients;
  private final long thinkNanos;
  private final FunctionSpec[] block;
  private final Stream random;
  private long made;
  private long ended;
  private boolean stopped;

  ClosedLoad(Gateway gateway, EventLoop loop, Cell cell, Consumer<Call.Finished> recorded) {
    this.gateway = gateway;
    this.loop = loop;
    this.cell = cell;
    this.recorded = recorded;
    Choice workload = cell.workload();
    clients =
        workload.name().equals("closed")
            ? ((Number) workload.parameters().get("clients")).intValue()
            : 1;
    thinkNanos = workload.parameters().get("think") instanceof Duration think ? think.toNanos() : 0;
    block = cell.functions().toArray(FunctionSpec[]::new);
    random = new Stream(cell.seeds().arrivals());
  }

  @Override
  public void start() {
    for (long client = 0; client < Math.min(clients, cell.invocations()); client++) {
      next();
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public boolean done() {
    return ended == (stopped ? made : cell.invocations());
  }

  private void next() {
    if (stopped || made == cell.invocations()) {
      return;
    }
    int place = (int) (made % block.length);
    if (place == 0) {
      shuffle();
    }
    FunctionSpec function = block[place];
    made++;
    var demand = new RunRequest.Demand(function.name(), made, -1, -1);
    gateway.invoke(function, demand, loop.nowNanos(), this::ended);
  }

  /** Fisher and Yates. */
  private void shuffle() {
    for (int i = block.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      FunctionSpec function = block[i];
      block[i] = block[j];
      block[j] = function;
    }
  }

  private void ended(Call.Finished finished) {
    ended++;
    recorded.accept(finished);
    if (thinkNanos > 0) {
      loop.after(thinkNanos, this::next);
    } else {
      // Through the loop, so that a call that ends at once does not deepen the stack.
      loop.post(this::next);
    }
  }
}
