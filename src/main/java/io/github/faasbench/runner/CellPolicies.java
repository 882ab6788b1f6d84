package io.github.faasbench.runner;

import io.github.faasbench.plan.Cell;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy;

/** The policies of one cell, made anew for it: no cell learns from another. */
public record CellPolicies(
    SchedulingPolicy scheduling, WarmingPolicy warming, KeepAlivePolicy keepAlive) {

  /** Makes a cell's policies; the command line wires it to the catalog. */
  public interface Factory {
    CellPolicies of(Cell cell);
  }
}
