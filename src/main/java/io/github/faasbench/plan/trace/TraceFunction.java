package io.github.faasbench.plan.trace;

/**
 * A function of a trace.
 *
 * @param name unique and short, made from the trace's
 * @param calls how many of its calls the trace has
 * @param memoryBytes of one container; 0: the trace does not say
 * @param timed whether the trace says how long its calls run
 */
public record TraceFunction(String name, long calls, long memoryBytes, boolean timed) {}
