package io.github.faasbench.runner;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.plan.Cell;

/** Told how a run goes on; called on the loop's thread. */
public interface RunListener {

  /** A cell begins; number counts from 1. */
  default void cellStarted(Cell cell, int number, int cells) {}

  /** What is being done now: cleaning, preparing, invoking. */
  default void stage(Cell cell, String stage) {}

  default void recorded(Cell cell, Invocation invocation) {}

  /** A node came or went, or a fault was done to it or is over, so long after the load began. */
  default void event(Cell cell, long sinceNanos, String what) {}

  default void cellEnded(Cell cell) {}

  /** Something the user should know that does not stop the run. */
  default void warning(String message) {}
}
