package io.github.faasbench.experiment;

import java.util.List;
import java.util.Map;

/**
 * One line of {@code thresholds}: what must hold in every cell that it is about.
 *
 * @param check as written, such as {@code latency.p95 < 2s}
 * @param measure what is looked at, such as {@code latency.p95}
 * @param upper whether the limit is the most allowed; else it is the least
 * @param inclusive whether the limit itself is allowed
 * @param limit in seconds, per second, or as a share from 0 to 1, as the measure is
 * @param where factor to the values that are meant, as in the CSV; a factor that is not there: all
 */
public record ThresholdSpec(
    String check,
    String measure,
    boolean upper,
    boolean inclusive,
    double limit,
    Map<String, List<String>> where) {}
