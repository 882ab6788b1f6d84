package io.github.faasbench.runner;

import io.github.faasbench.plan.Cell;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The policies of one cell, made anew for it: no cell learns from another.
 *
 * @param reuse draws for {@code reuse: random}
 * @param failure what one of them did that ends the run, asked between events; null: nothing
 */
public record CellPolicies(
    SchedulingPolicy scheduling,
    WarmingPolicy warming,
    KeepAlivePolicy keepAlive,
    QueueOrder queueOrder,
    RandomGenerator reuse,
    Supplier<RuntimeException> failure) {

  /** Of policies that never fail. */
  public CellPolicies(
      SchedulingPolicy scheduling,
      WarmingPolicy warming,
      KeepAlivePolicy keepAlive,
      QueueOrder queueOrder,
      RandomGenerator reuse) {
    this(scheduling, warming, keepAlive, queueOrder, reuse, () -> null);
  }

  /** Makes a cell's policies; the command line wires it to the catalog. */
  public interface Factory {
    CellPolicies of(Cell cell);
  }
}
