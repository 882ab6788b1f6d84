package io.github.faasbench.policy;

/**
 * A call that needs a node.
 *
 * @param function the function's name
 * @param invocation its number in the cell, from 1
 * @param arrivedAtNanos when it was due, on the loop's clock
 */
public record Request(String function, long invocation, long arrivedAtNanos) {}
