package io.github.faasbench.cluster;

/**
 * A node's load.
 *
 * @param cpuPercent of the node's own limit: 100 is all it may use
 * @param ramPercent of the node's own limit, without reclaimable page cache
 * @param takenAtNanos on the loop's clock
 */
public record LoadReading(double cpuPercent, double ramPercent, long takenAtNanos) {}
