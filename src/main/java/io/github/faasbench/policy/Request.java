package io.github.faasbench.policy;

/**
 * A call that needs a node.
 *
 * @param function the function's name
 * @param image what the function's containers are made of: its packages
 * @param inputSize the number with which the function's command ends; NaN when it is none
 * @param invocation its number in the cell, from 1
 * @param arrivedAtNanos when it was due, on the loop's clock
 */
public record Request(
    String function, String image, double inputSize, long invocation, long arrivedAtNanos) {}
