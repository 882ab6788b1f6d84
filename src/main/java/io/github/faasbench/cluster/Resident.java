package io.github.faasbench.cluster;

import java.util.List;

/**
 * How a container waits in which the function's own process takes the calls, one line each
 * (docs/resident.md).
 *
 * @param runtime the container's main process, as an argument vector
 * @param args what a call's line carries
 * @param paused whether the container is paused whenever no call is inside
 */
public record Resident(List<String> runtime, List<String> args, boolean paused) {}
