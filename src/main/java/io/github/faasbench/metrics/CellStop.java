package io.github.faasbench.metrics;

/** Decides whether a cell has enough invocations. */
public interface CellStop {

  /** Told each record of the cell that is not of its warm-up; true: enough. */
  boolean enough(Invocation invocation);
}
