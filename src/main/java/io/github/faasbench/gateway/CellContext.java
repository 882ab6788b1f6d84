package io.github.faasbench.gateway;

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
    String backend) {}
