package io.github.faasbench.analysis.series;

/**
 * What the calls of a group are worth.
 *
 * @param calls how many there are
 * @param dependent whether calls are shown to depend on those before them
 * @param independent how many independent calls they are worth, at most as many as there are (the
 *     effective sample size of their mean)
 * @param lag1 correlation of batches with those before them; NaN where there are too few
 * @param batches how many batches that is of
 */
public record Worth(long calls, boolean dependent, double independent, double lag1, int batches) {}
