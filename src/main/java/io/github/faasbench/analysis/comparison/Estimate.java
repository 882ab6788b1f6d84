package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.statistics.Interval;

/**
 * A figure and its 95 % interval.
 *
 * @param value NaN where it can't be told
 */
public record Estimate(double value, Interval interval) {}
