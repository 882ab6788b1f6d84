package io.github.faasbench.cluster;

import java.util.List;

/**
 * How a container waits in which the function's own process takes the calls, one line each
 * (docs/resident.md).
 *
 * @param runtime the container's main process, as an argument vector
 * @param args what a call's line carries
 * @param paused whether the container is paused when what was asked is done (it has started, or the
 *     call has ended) and no call is inside; one that is paused is unpaused for a call, whatever
 *     this says
 */
public record Resident(List<String> runtime, List<String> args, boolean paused) {}
