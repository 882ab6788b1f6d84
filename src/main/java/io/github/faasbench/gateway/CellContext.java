package io.github.faasbench.gateway;

import io.github.faasbench.metrics.ContainerLife;

/** What all records of a cell have in common; the components are columns of the CSV. */
public record CellContext(
    String experiment,
    String run,
    String cell,
    int repetition,
    String policy,
    String warming,
    String keepAlive,
    String workload,
    String backend) {

  ContainerLife.Cell ofLives() {
    return new ContainerLife.Cell(
        experiment, run, cell, repetition, policy, warming, keepAlive, workload);
  }
}
