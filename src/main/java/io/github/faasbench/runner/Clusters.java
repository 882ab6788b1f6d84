package io.github.faasbench.runner;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.plan.Cell;

/** Where cells run: all on the same nodes, or, in a simulation, each on new ones. */
public interface Clusters {

  /** The cell's cluster; asked once for each cell, before it begins. */
  Cluster of(Cell cell);
}
