package io.github.faasbench.metrics;

import io.github.faasbench.metrics.Invocation.Outcome;

/**
 * One attempt of a call, of those that had more than one or did not succeed.
 *
 * @param number from 1, by call
 * @param mode as in {@code metrics.csv}
 * @param outcome {@code failed} also where the node failed before the function ran
 * @param error the cause in one line; empty where it succeeded
 * @param startedSeconds when the node was given it, since the call's arrival
 * @param endedSeconds when its end was seen, since the call's arrival
 */
public record Attempt(
    int number,
    String node,
    String mode,
    Outcome outcome,
    String error,
    double startedSeconds,
    double endedSeconds) {}
